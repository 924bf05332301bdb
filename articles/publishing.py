"""What editors and publishers do with a text: store it, check it, make it public.

Whoever acts is checked here and not only in forms; ``by=None`` is the operator's
command line. Nobody, the command line included, makes a health guide public without a
sign-off: the database refuses that too.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles.checking import check_stored
from articles.checks.evidence import NO_REVIEWER
from articles.checks.verdict import Verdict
from articles.crosslinks import adopt, build_links, look_up_again
from articles.days import refuse_to_come
from articles.external_links.stored import store_external_links
from articles.grading import grade_of
from articles.markdown import RENDERER_VERSION, Rendered, render
from articles.models import (
    Article,
    Citation,
    Contributor,
    CrossLink,
    FormerSlug,
    Publication,
    Revision,
    Source,
)
from articles.models.crosslink import TARGETS
from directory.permissions import require


@dataclass(frozen=True)
class Draft:
    """What an editor or a file gives for a new revision."""

    title: str
    source: str
    updated_on: datetime.date
    description: str = ""
    author: Contributor | None = None
    sources: Sequence[Source] = field(default_factory=tuple)
    note: str = ""


class NotPublishableError(Exception):
    """A text has faults that keep it from readers; ``messages`` names each."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__("; ".join(messages))


@transaction.atomic
def create_article(*, article: Article, by: User | None) -> Article:
    """Store a new article and point the links that waited for it at it.

    An address that another article had before leads there until this is published.
    """
    require(by, "articles.add_article")
    article.save()
    adopt(article)
    return article


@transaction.atomic
def save_revision(*, article: Article, draft: Draft, by: User | None) -> Revision:
    """Store a text as the article's next revision, with its links and sources.

    Raises SourceTooLong for a text above the cap, ValidationError for a day of
    updating that has not come yet, PermissionDenied.
    """
    require(by, "articles.change_article")
    refuse_to_come(updated_on=draft.updated_on)
    rendered = render(draft.source)
    Article.objects.select_for_update().get(pk=article.pk)
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        article=article,
        number=last + 1,
        title=draft.title,
        description=draft.description,
        source=draft.source,
        author=draft.author,
        updated_on=draft.updated_on,
        note=draft.note,
        created_by=by,
        **cache_of(rendered),
    )
    store_links(revision, build_links(rendered.references))
    store_external_links(revision, rendered.external_links)
    Citation.objects.bulk_create(
        Citation(revision=revision, source=source, position=position)
        for position, source in enumerate(draft.sources, start=1)
    )
    return revision


def cache_of(rendered: Rendered) -> dict[str, Any]:
    """Return the fields of a revision that the renderer gives."""
    return {
        "html": rendered.html,
        "contents": [vars(heading) for heading in rendered.contents],
        "text": rendered.text,
        "reading_minutes": rendered.reading_minutes,
        "renderer_version": RENDERER_VERSION,
        "grade": grade_of(rendered),
    }


def store_links(revision: Revision, links: list[CrossLink]) -> None:
    """Store the links of a revision that has none yet."""
    for link in links:
        link.revision = revision
    CrossLink.objects.bulk_create(links)


def inspect(revision: Revision, *, on: datetime.date | None = None) -> Verdict:
    """Ask the content rules about a text that is to be published, today or ``on``."""
    today = timezone.localdate()
    return check_stored(revision, today=today, publishing_on=on or today)


UNSIGNED = (
    "No clinician has signed off exactly this text. Send it for review; a changed text "
    "needs its own sign-off."
)


TAKEN_BACK = (
    "A sign-off of this text was taken back after the review that readers would be "
    "told of. Have it reviewed again, or mend it. The reason was:"
)

LOOK = "Look at this, and tick it"
ASK_AN_EDITOR = "An editor has to look at this, and tick it on the guide’s page"


def faults_of(
    revision: Revision, *, by: User | None, on: datetime.date | None = None
) -> list[str]:
    """Say in words what keeps a text from readers; nothing if it may be published.

    What an editor has to look at keeps nothing from the command line, which tells of
    it instead.
    """
    verdict = inspect(revision, on=on)
    faults = verdict.faults
    if by is not None:
        may_tick = by.has_perm("articles.change_article")
        ask = LOOK if may_tick else ASK_AN_EDITOR
        faults += [f"{ask}: {each}" for each in verdict.notices]
    if revision.article.kind != Article.Kind.HEALTH:
        return faults
    if not revision.sign_offs.valid().exists():
        return [*(fault for fault in faults if fault != NO_REVIEWER), UNSIGNED]
    if taken_back := revision.taken_back_since():
        faults.append(f"{TAKEN_BACK} {taken_back.revoked_because}")
    return faults


@transaction.atomic
def publish(
    *,
    revision: Revision,
    by: User | None,
    at: datetime.datetime | None = None,
    change_note: str = "",
    is_correction: bool = False,
) -> Publication:
    """Make a revision the one that readers see, now or from a later moment on.

    What is public ends at that moment, and what was planned is cancelled. Only the
    command line may name a moment that has passed: when a file says so. Raises
    NotPublishableError, ValidationError, PermissionDenied.
    """
    require(by, "articles.publish_article")
    now = timezone.now()
    if by is not None and at is not None and at < now:
        raise ValidationError("That moment has passed: choose a later one.")
    if is_correction and not change_note:
        raise ValidationError("Say what was corrected: readers are told.")
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    on = timezone.localdate(at) if at else None
    if faults := faults_of(revision, by=by, on=on):
        raise NotPublishableError(faults)
    found = look_up_again(revision.cross_links.all())
    CrossLink.objects.bulk_update(found, [*TARGETS, "target_state"])
    make_room(article=article, at=at or now, by=by)
    if at is None or at <= now:
        FormerSlug.objects.of_articles().filter(slug=article.slug).delete()
    return Publication.objects.create(
        article=article,
        kind=article.kind,
        revision=revision,
        digest=revision.digest,
        sign_off=revision.widest_sign_off(),
        public_from=at or now,
        change_note=change_note,
        is_correction=is_correction,
        published_by=by,
    )


def make_room(*, article: Article, at: datetime.datetime, by: User | None) -> None:
    """Cancel what is planned for an article, and end what is public at that moment."""
    cancel_planned(article=article, by=by)
    current = article.publications.published().first()
    if current and (current.public_until is None or current.public_until > at):
        end(current, Publication.Ending.REPLACED, at=at, by=by)


def cancel_planned(*, article: Article, by: User | None) -> None:
    """Take back what readers have not seen yet; what it would replace stays on."""
    ending = Publication.Ending
    for planned in article.publications.scheduled():
        end(planned, ending.CANCELLED, at=planned.public_from, by=by)
    current = article.publications.published().first()
    if current and current.ending == ending.REPLACED:
        end(current, ending.OPEN, at=None, by=by)


END_FIELDS = (
    "ending",
    "public_until",
    "reason",
    "successor",
    "ended_at",
    "ended_by",
)


def end(
    publication: Publication,
    ending: Publication.Ending,
    *,
    at: datetime.datetime | None,
    by: User | None,
    reason: str = "",
    successor: Article | None = None,
    hands_on: bool = False,
) -> None:
    """Store when a publication ends and what comes after; OPEN takes an end back.

    A withdrawal that this writes over, come or planned, stays in the guide's history,
    unless another publication has it now.
    """
    if publication.is_withdrawn and not hands_on:
        _keep_withdrawal(publication, by)
    is_open = ending == Publication.Ending.OPEN
    publication.ending = ending
    publication.public_until = at
    publication.reason = reason
    publication.successor = successor
    publication.ended_at = None if is_open else timezone.now()
    publication.ended_by = None if is_open else by
    publication.save(update_fields=END_FIELDS)


KEPT_FIELDS = (
    "article_id",
    "kind",
    "revision_id",
    "digest",
    "sign_off_id",
    "sign_off_is_revoked",
    "public_until",
    "reason",
)


def _keep_withdrawal(current: Publication, by: User | None) -> None:
    """Keep why, by whom, and who decided otherwise: a row without any time."""
    kept: dict[str, Any] = {name: getattr(current, name) for name in KEPT_FIELDS}
    kept |= {"public_from": current.public_until, "published_at": current.ended_at}
    Publication.objects.create(
        **kept,
        published_by=current.ended_by,
        ending=Publication.Ending.CANCELLED,
        ended_at=timezone.now(),
        ended_by=by,
    )
