"""The content rules asked about a text of this site: here alone facts are looked up."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence

from django.conf import settings

from articles import checks
from articles.checks.rule import (
    BrokenLink,
    Facts,
    People,
    Person,
    Review,
    SourceFact,
)
from articles.checks.verdict import Look, Verdict, judge
from articles.crosslinks import find_dead_links, look_up_again
from articles.external_links.addresses import target_of
from articles.images import is_stored
from articles.markdown import ExternalLink as FoundLink
from articles.markdown import Rendered, render
from articles.models import (
    Article,
    Contributor,
    ExternalLink,
    Revision,
    SignOff,
    Source,
)
from articles.review_dates import months_later
from articles.shown_links import ShownLink, as_shown, links_of


def digest_of(title: str, description: str, source: str) -> str:
    """Return what ``Revision.digest`` is for a stored text: SHA-256 in hexadecimal."""
    return hashlib.sha256(f"{title}\n{description}\n{source}".encode()).hexdigest()


def check_stored(
    revision: Revision,
    *,
    today: datetime.date,
    publishing_on: datetime.date | None = None,
) -> Verdict:
    """Ask the rules about a stored text."""
    now_found = as_shown(look_up_again(revision.cross_links.all()))
    by_position = {link.position: link for link in [*links_of(revision), *now_found]}
    return check(
        revision,
        render(revision.source),
        list(by_position.values()),
        revision.cited_sources(),
        revision.widest_sign_off(),
        today=today,
        publishing_on=publishing_on,
    )


def check(
    revision: Revision,
    rendered: Rendered,
    links: Iterable[ShownLink],
    sources: Sequence[Source],
    sign_off: SignOff | None,
    *,
    today: datetime.date,
    publishing_on: datetime.date | None = None,
) -> Verdict:
    """Ask the rules about a text, stored or not; what the editor types is not."""
    facts = Facts(
        sources=[SourceFact(each.key, each.year) for each in sources],
        people=People(person(revision.author), _reviewer(sign_off)),
        review=_review(sign_off, revision.article.review_months),
        today=today,
        publishing_on=publishing_on,
        dead_links=find_dead_links(links),
        broken_links=_broken_links(rendered.external_links, sources),
        missing_pictures=_missing_pictures(rendered),
    )
    report = checks.run(
        rendered,
        title=revision.title,
        description=revision.description,
        is_health=revision.article.kind == Article.Kind.HEALTH,
        facts=facts,
        off=settings.CONTENT_RULES_OFF,
    )
    digest = digest_of(revision.title, revision.description, revision.source)
    return judge(report, digest, _looks(revision.article, digest))


def person(contributor: Contributor | None) -> Person | None:
    """Return what the rules want to know of a contributor."""
    if contributor is None:
        return None
    return Person(
        contributor.name, contributor.credential, contributor.conflicts_of_interest
    )


def _reviewer(sign_off: SignOff | None) -> Person | None:
    """Return who signed, with the credential of that day."""
    if sign_off is None:
        return None
    disclosed = sign_off.reviewer.conflicts_of_interest
    return Person(sign_off.reviewer.name, sign_off.credential, disclosed)


def _review(sign_off: SignOff | None, months: int) -> Review:
    """Return the review that was signed, with the day on which it is due again."""
    if sign_off is None:
        return Review(None, None)
    return Review(sign_off.reviewed_on, months_later(sign_off.reviewed_on, months))


def _broken_links(
    links: Sequence[FoundLink], sources: Sequence[Source]
) -> list[BrokenLink]:
    """Return the links that failed twice when they were last asked: one query."""
    shown = [
        *((link.line, link.url) for link in links),
        *((None, source.link) for source in sources),
    ]
    asked = {url: str(target_of(url) or "") for _, url in shown}
    broken = ExternalLink.objects.broken().filter(url__in=set(asked.values()))
    answers = {row.url: row.answer_in_words for row in broken}
    return [
        BrokenLink(line, url, answers[asked[url]])
        for line, url in shown
        if asked[url] in answers
    ]


def _missing_pictures(rendered: Rendered) -> frozenset[str]:
    """Return the addresses at which readers would find no picture."""
    written = [child for token in rendered.tokens for child in token.children or ()]
    shown = {str(each.attrs["src"]) for each in written if each.type == "image"}
    return frozenset(address for address in shown if not is_stored(address))


def reasons_of(revision: Revision) -> dict[str, str]:
    """Return why rules' findings may stay in this very text, by rule: one query."""
    looks = revision.article.acknowledgements.filter(digest=revision.digest)
    return {each.rule: each.reason for each in looks if each.reason}


def _looks(article: Article, digest: str) -> dict[str, Look]:
    """Return who looked at which rule's findings in this very text: one query."""
    if not article.pk:
        return {}
    stored = article.acknowledgements.filter(digest=digest).select_related("looked_by")
    return {
        each.rule: Look(each.reason, str(each.looked_by or ""), each.looked_at)
        for each in stored
    }
