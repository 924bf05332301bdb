"""Where a guide stands: what readers see, what is planned, what the text awaits."""

from dataclasses import dataclass

from django.db.models import Model, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models import (
    Article,
    Publication,
    ReviewEvent,
    ReviewLinkEvent,
    Revision,
    SignOff,
)
from articles.models.revision import RevisionQuerySet


@dataclass(frozen=True)
class Standing:
    """What an article's rows and the clock say."""

    article: Article
    latest: Revision | None  # with its state
    current: Publication | None  # what readers see now, with its sign-off
    planned: Publication | None  # what they will see later
    last: Publication | None  # what they saw last, where they see nothing now

    @property
    def withdrawal(self) -> Publication | None:
        """The publication whose end, come or planned, is a withdrawal."""
        found = self.current or self.last
        return found if found and found.is_withdrawn else None

    @property
    def decided(self) -> str:
        """Return what changes with each decision on what readers see, or will see."""
        rows = [each for each in (self.current or self.last, self.planned) if each]
        return " ".join(
            f"{each.pk} {each.ended_at} {each.sign_off_is_revoked}" for each in rows
        )

    @cached_property
    def leads_nowhere(self) -> bool:
        """Whether that withdrawal leads to what readers cannot open then."""
        if self.withdrawal is None or self.withdrawal.successor_id is None:
            return False
        rows = Publication.objects.leading_nowhere()
        return rows.filter(pk=self.withdrawal.pk).exists()

    @cached_property
    def asked(self) -> ReviewEvent | None:
        """Return what the text was given back with and not signed since."""
        return asked_of(self.latest) if self.latest else None

    @property
    def is_overdue(self) -> bool:
        """Whether the public text should have been reviewed again."""
        today = timezone.localdate()
        return self.current is not None and self.current.is_overdue(today)

    @property
    def read(self) -> Publication | None:
        """What readers can read now, public or under a notice."""
        under_notice = self.last if self.last and self.last.is_readable_after else None
        return self.current or under_notice

    @cached_property
    def revocable(self) -> list[SignOff]:
        """Sign-offs that hold, one for each text: what readers can read comes first.

        After it what is planned, and the newest text that was signed; at last the
        reviews that confirmations among them rest on.
        """
        valid = SignOff.objects.valid().filter(revision__article=self.article)
        newest = valid.order_by("-revision__number", "-signed_on", "-pk")
        used = [each.sign_off for each in (self.read, self.planned) if each]
        people = ("reviewer", "revision", "earlier_review__reviewer")
        found = [
            each for each in [*used, newest.select_related(*people).first()] if each
        ]
        by_text: dict[int, SignOff] = {}
        for each in [*found, *(each.review for each in found)]:
            by_text.setdefault(each.revision_id, each)
        return list(by_text.values())

    @cached_property
    def publishable(self) -> Revision | None:
        """Return the newest text that may become public and is not.

        That of a health guide needs a sign-off.
        """
        texts = self.article.revisions.all()
        if self.article.kind == Article.Kind.HEALTH:
            texts = texts.signed_off()
        newest = texts.order_by("-number").first()
        shown = self.current and self.current.revision
        return newest if newest != shown else None


def standing_of(article: Article) -> Standing:
    """Ask where an article stands: four queries."""
    publications = article.publications.for_page()
    current = publications.published().first()
    return Standing(
        article=article,
        latest=article.revisions.with_state()
        .select_related("created_by", "author")
        .order_by("-number")
        .first(),
        current=current,
        planned=publications.scheduled().first(),
        last=None if current else publications.begun().first(),
    )


def leading_to(article: Article) -> list[str]:
    """Name in words what leads to an article, or is planned to: one query."""
    rows = Publication.objects.leading_to(article).select_related("revision")
    return [
        f"“{each.revision.title}” leads here "
        f"{'since' if each.has_ended(timezone.now()) else 'from'} "
        f"{timezone.localtime(each.public_until):%B %-d, %Y, %H:%M} UTC."
        for each in rows
    ]


def asked_of(newest: Revision) -> ReviewEvent | None:
    """Return what a text was given back with, until one is sent anew or signed.

    It may be a text before the newest: whoever mends one wish after the other stores
    several. Of two reviewers the second may give back what the first has signed, and
    of two sign-offs one may be taken back.
    """
    refusals = [ReviewEvent.Kind.CHANGES_ASKED, ReviewEvent.Kind.REVOKED]
    last = _events(newest).first()
    return last if last and last.kind in refusals else None


def comments_on(newest: Revision) -> QuerySet[ReviewLinkEvent]:
    """Return what reviewers by link said of passages of what was sent last, or since.

    Two queries.
    """
    said = ReviewLinkEvent.objects.filter(kind=ReviewLinkEvent.Kind.COMMENTED)
    sent = _events(newest).filter(kind=ReviewEvent.Kind.SENT).first()
    if sent is None:
        return said.none()
    of_it = Q(invitation__revision=sent.revision) | Q(at__gte=sent.at)
    of_guide = said.filter(of_it, invitation__revision__article=newest.article_id)
    return _about(of_guide, "invitation__revision")


def _events(text: Revision) -> QuerySet[ReviewEvent]:
    """Return the steps of all texts of the same guide, newest first."""
    events = ReviewEvent.objects.filter(revision__article=text.article_id)
    return _about(events, "revision").order_by("-at", "-pk")


def _about[Row: Model](rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """Join which text a row is about, without its words."""
    long = (f"{text}__{name}" for name in Revision.LONG_FIELDS)
    return rows.select_related(text).defer(*long)


def history_of(article: Article) -> RevisionQuerySet:
    """Return all texts with state, events and publications: three queries.

    Every one can be compared and restored from there; their words stay where they are.
    """
    texts = article.revisions.with_state().select_related("created_by")
    publications = Publication.objects.select_related("published_by", "ended_by")
    return (
        texts.prefetch_related("review_events", Prefetch("publications", publications))
        .defer(*Revision.LONG_FIELDS)
        .order_by("-number")
    )
