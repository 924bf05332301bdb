"""What is wrong with guides, or soon will be."""

import datetime

from django.contrib.auth.models import User
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from articles.checks.reading import GOOD_GRADE
from articles.dashboard.section import (
    FETCHED,
    Row,
    Section,
    guides_of,
    may_any,
)
from articles.external_links.checking import describe
from articles.models import (
    Article,
    Citation,
    CrossLink,
    ExternalLink,
    ExternalLinkUse,
    HelpfulAnswer,
    MistakeReport,
    ReviewReminder,
    Revision,
)
from articles.models.article import desk_address
from articles.models.revision import RevisionQuerySet
from articles.reminders import SAID
from articles.review_dates import FIRST_NOTICE, stage_of


def due(user: User) -> list[Section]:
    """Return guides that are overdue or due within 60 days: one query."""
    today = timezone.localdate()
    until = today + datetime.timedelta(days=FIRST_NOTICE)
    found = guides_of(user).due_for_review(until).with_current().without_text()
    return [
        Section(
            "due",
            "Medical review due",
            "No guide is due for review within 60 days.",
            [_due(guide, today) for guide in found[:FETCHED]],
        )
    ]


def _due(guide: Article, today: datetime.date) -> Row:
    day = guide.review_due_on
    stage, _ = stage_of(day, today) or (ReviewReminder.Stage.SIXTY_DAYS, day)
    said = "overdue since" if day < today else f"{SAID[stage]}:"
    words = f"{said} {day:%B %-d, %Y}"
    return Row(
        guide.title, desk_address(guide.pk), words[0].upper() + words[1:], day < today
    )


def readers_words(user: User) -> list[Section]:
    """Return reported mistakes, and guides that did not help: two queries."""
    guides = guides_of(user)
    reports = MistakeReport.objects.waiting().filter(article__in=guides)
    counts = HelpfulAnswer.objects.waiting().filter(article__in=guides).per_guide()
    rows = [
        Row(
            Truncator(each.words).chars(100),
            reverse("admin:articles_mistakereport_change", args=[each.pk]),
            f"Mistake reported in {each.article}",
            is_urgent=True,
        )
        for each in reports.select_related("article")[:FETCHED]
    ]
    answers = reverse("admin:articles_helpfulanswer_changelist")
    rows += [
        Row(
            each["article__slug"],
            f"{answers}?state=new&q={each['article__slug']}",
            f"Helpful: {each['yes']} yes, {each['no']} no",
        )
        for each in counts.filter(no__gt=0)[:FETCHED]
    ]
    return [
        Section(
            "readers",
            "What readers say",
            "No reader reported a mistake, and none said that a guide did not help.",
            rows[:FETCHED],
        )
    ]


def broken_links(user: User) -> list[Section]:
    """Return links that failed twice, each at the guide that has it: two queries."""
    texts = Revision.objects.newest_or_public().filter(article__in=guides_of(user))
    uses = ExternalLinkUse.objects.broken().filter(revision__in=texts)
    place_of = ("link__url", "revision__article_id")
    found = uses.order_by(*place_of, "-revision__number", "pk").distinct(*place_of)
    text = [f"revision__{name}" for name in Revision.LONG_FIELDS]
    rows = [
        Row(
            each.link.url,
            desk_address(each.revision.article_id),
            f"in {each.revision.title}, line {each.line}: {each.link.answer_in_words}",
        )
        for each in found.select_related("revision").defer(*text)[:FETCHED]
    ]
    rows += _broken_sources(texts)
    empty = "No external link is known to be broken."
    more = reverse("admin:articles_externallink_changelist") + "?broken=1"
    may = may_any(user, "view_externallink")
    return [Section("broken", "Broken links", empty, rows, more if may else "")]


def _broken_sources(texts: RevisionQuerySet) -> list[Row]:
    broken = ExternalLink.objects.broken()
    cited = Citation.objects.filter(
        revision__in=texts, source__external_link__in=broken
    )
    once = ("source__key", "revision__article_id")
    found = cited.order_by(*once, "-revision__number").distinct(*once)
    link = ("source__external_link__url", "source__external_link__answer")
    rows = found.values_list(*link, *once, "revision__title")
    return [
        Row(url, desk_address(article), f"source {key} of {title}: {describe(answer)}")
        for url, answer, key, article, title in rows[:FETCHED]
    ]


def doubtful_sources(user: User) -> list[Section]:
    """Return guides that cite what was withdrawn or superseded: one query."""
    found = guides_of(user).citing_doubtful_sources().for_cards().with_desk_title()
    rows = [
        Row(guide.desk_title or guide.slug, desk_address(guide.pk))
        for guide in found[:FETCHED]
    ]
    empty = "No guide cites a source that was withdrawn or superseded."
    return [Section("doubtful", "Sources that no longer hold", empty, rows)]


def without_sources(user: User) -> list[Section]:
    """Return public guides with no source in their list: one query."""
    found = guides_of(user).published().guides().without_sources().for_cards()
    rows = [Row(guide.title, desk_address(guide.pk)) for guide in found[:FETCHED]]
    empty = "Every public guide names its sources."
    return [Section("unsourced", "Guides without sources", empty, rows)]


def hard_to_read(user: User) -> list[Section]:
    """Return public guides with the worst reading grades: one query."""
    hard = Q(grade__gt=GOOD_GRADE, article__kind=Article.Kind.HEALTH)
    texts = Revision.objects.published().filter(hard, article__in=guides_of(user))
    found = texts.order_by("-grade", "pk").defer(*Revision.LONG_FIELDS)[:FETCHED]
    rows = [
        Row(each.title, desk_address(each.article_id), f"Grade {each.grade:.1f}")
        for each in found
    ]
    empty = f"Every public guide reads at grade {GOOD_GRADE:.0f} or lower."
    return [Section("hard", "Hardest to read", empty, rows)]


def wanted(_user: User) -> list[Section]:
    """Return guides that texts link to and nobody wrote: one query."""
    add = reverse("admin:articles_article_add")
    rows = [
        Row(each["key"], f"{add}?slug={each['key']}", _asking(each["asking"]))
        for each in CrossLink.objects.wanted()[:FETCHED]
    ]
    empty = "Every guide that a text links to is there."
    more = reverse("admin:articles_article_wanted")
    return [Section("wanted", "Wanted guides", empty, rows, more)]


def _asking(count: int) -> str:
    return "1 text links to it" if count == 1 else f"{count} texts link to it"
