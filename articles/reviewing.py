"""What happens between editor and clinician: sent, sent back, signed off, revoked."""

import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.days import newest_day
from articles.models import (
    Article,
    Contributor,
    Publication,
    ReviewEvent,
    Revision,
    SignOff,
)
from articles.models.review import SignOffQuerySet
from articles.publishing import END_FIELDS, cancel_planned, end
from directory.permissions import require

LONGEST_WHO = 200  # characters of ReviewEvent.who
REVOKED = "Its medical review was taken back."
RESTED = "It rests on a sign-off of revision"


def set_review_interval(*, article: Article, months: int, by: User | None) -> None:
    """Have a guide reviewed again so many months after each sign-off."""
    require(by, "articles.change_article")
    article.review_months = months
    article.save(update_fields=["review_months"])


@transaction.atomic
def send_for_review(
    *,
    revision: Revision,
    by: User | None,
    words: str = "",
    is_wording_only: bool = False,
) -> ReviewEvent:
    """Ask the medical reviewers for a sign-off of this text.

    A change of wording alone needs a reason and a signed text to compare with.
    """
    require(by, "articles.change_article")
    if is_wording_only and not words.strip():
        raise ValidationError("Say why the wording changed: the reviewer is told.")
    if is_wording_only and revision.sign_offs.valid().exists():
        raise ValidationError("This text is signed off: ask for a review of all of it.")
    before = signed_before(revision) if is_wording_only else None
    if is_wording_only and before is None:
        raise ValidationError("No earlier text was signed off: send the whole text.")
    if before and whole_review_of(before) is None:
        raise ValidationError(
            "Only a part of the earlier text was reviewed: send the whole text."
        )
    return _note(
        revision, ReviewEvent.Kind.SENT, by, words, is_wording_only=is_wording_only
    )


@transaction.atomic
def ask_for_changes(
    *, revision: Revision, words: str, by: User | None, who: str = ""
) -> ReviewEvent:
    """Give a text back to its editor with what should change.

    ``who`` names a reviewer without account.
    """
    require(by, "articles.review_article")
    if not words.strip():
        raise ValidationError("Say what should change.")
    return _note(revision, ReviewEvent.Kind.CHANGES_ASKED, by, words, who=who)


@transaction.atomic
def sign_off(
    *,
    revision: Revision,
    reviewer: Contributor,
    on: datetime.date,
    by: User | None,
    rests_on: SignOff | None = None,
    scope: str = SignOff.WHOLE_TEXT,
    way: SignOff.Way = SignOff.Way.DESK,
    words: str = "",
) -> SignOff:
    """Record that a clinician vouches for exactly this text.

    One signs in one's own name; what another said is recorded by those who may
    (``record_review``). Where only the wording is confirmed, ``rests_on`` is the
    medical review before: the next one is counted from its day. Where readers see
    this text already, they see a newer review at once; an older one, as of a letter
    that comes late, and one of a part of the text take nothing from them. The same
    again, as by a second click, is one sign-off. Raises ValidationError for a text of
    one's own.
    """
    own = by is not None and reviewer.user_id == by.pk
    require(by, "articles.review_article" if own else "articles.record_review")
    _check_reviewer(revision, reviewer, by)
    if on > newest_day():
        raise ValidationError("A review cannot be dated in the future.")
    Article.objects.select_for_update().get(pk=revision.article_id)
    if rests_on:
        _check_rests_on(rests_on, revision)
    said = {
        "reviewer": reviewer,
        "credential": reviewer.credential,
        "scope": scope,
        "signed_on": on,
        "earlier_review": rests_on,
        "rests_on": rests_on and rests_on.signed_on,
    }
    known = _said_before(revision, said)
    made = known or SignOff.objects.create(
        **_key_of(revision), **said, way=way, recorded_by=by
    )
    if known is None or not _was_last_said(revision, str(made), words):
        _note(revision, ReviewEvent.Kind.SIGNED_OFF, by, words, who=str(made))
    _renew(revision, by)
    return made


def _said_before(revision: Revision, said: dict[str, Any]) -> SignOff | None:
    """Return a sign-off that says the same; what was taken back asks for a new one."""
    if revision.taken_back_since():
        return None
    return revision.sign_offs.valid().filter(**said).first()


def _key_of(revision: Revision) -> dict[str, Any]:
    """Return what a sign-off repeats of its text: the database compares it."""
    names = ("digest", "author_key", "writer_key")
    return {"revision": revision} | {name: getattr(revision, name) for name in names}


def _was_last_said(revision: Revision, who: str, words: str) -> bool:
    """Whether the text's last step is this sign-off; one may answer a refusal, too."""
    last = revision.review_events.last()
    said = last and (last.kind, last.who, last.words)
    return said == (ReviewEvent.Kind.SIGNED_OFF, who[:LONGEST_WHO], words.strip())


def _check_reviewer(revision: Revision, reviewer: Contributor, by: User | None) -> None:
    """Refuse who wrote the text, by name or by login, and who lacks a credential."""
    author, writers = revision.author, writers_of(revision)
    own_text = (
        reviewer == author
        or reviewer.user_id in writers
        or (by is not None and by.pk in writers)
        or (by is not None and author is not None and author.user_id == by.pk)
    )
    if own_text:
        raise ValidationError("Nobody signs off their own text: ask a colleague.")
    if not reviewer.credential:
        raise ValidationError(
            f"{reviewer.name} has no credential here: it is named beside a sign-off."
        )
    if reviewer.is_demo and not revision.article.is_demo:
        raise ValidationError("A made-up person reviews demonstrations only.")


def _check_rests_on(review: SignOff, revision: Revision) -> None:
    """Refuse what a confirmation of wording cannot rest on, as one taken back since."""
    if review.reviewer_id == revision.author_id:
        raise ValidationError(
            "Who reviewed the earlier text is the author of this one: a colleague has "
            "to review all of it."
        )
    holds = SignOff.objects.valid().filter(
        pk=review.pk,
        scope=SignOff.WHOLE_TEXT,
        revision__article=revision.article_id,
        revision__number__lt=revision.number,
    )
    if not holds.exists():
        raise ValidationError(
            "No review of a whole earlier text holds any more: review this text."
        )


def writers_of(revision: Revision) -> set[int]:
    """Return who stored these very words, also where another restored them."""
    same = revision.article.revisions.filter(digest=revision.digest)
    return set(same.exclude(created_by=None).values_list("created_by", flat=True))


def _renew(revision: Revision, by: User | None) -> None:
    """Let readers of this very text see its widest sign-off: a publication follows.

    What is planned has had no readers yet, and only changes.
    """
    told = revision.widest_sign_off()
    planned = Publication.objects.scheduled().filter(revision=revision)
    planned.update(sign_off=told)
    old = Publication.objects.published().filter(revision=revision).first()
    if old is None or old.sign_off == told:
        return
    now = timezone.now()
    successor = Publication(
        article_id=old.article_id,
        kind=old.kind,
        revision=revision,
        digest=old.digest,
        sign_off=told,
        public_from=now,
        published_by=old.published_by,
    )
    for name in END_FIELDS:
        setattr(successor, name, getattr(old, name))
    end(old, Publication.Ending.REPLACED, at=now, by=by, hands_on=True)
    successor.save()


@transaction.atomic
def revoke(*, sign_off: SignOff, reason: str, by: User | None) -> None:
    """Take a sign-off back; readers lose the text at once and are told so.

    With a medical review go the confirmations of later wording that rest on it, and
    with one of these those that came after it.
    """
    require(by, "articles.review_article")
    if not reason.strip():
        raise ValidationError("Say why the sign-off is taken back.")
    Article.objects.select_for_update().get(pk=sign_off.revision.article_id)
    now = timezone.now()
    # who signed the same words twice takes back both, also where they were restored
    given = SignOff.objects.valid().filter(
        revision__article=sign_off.revision.article_id,
        digest=sign_off.digest,
        reviewer=sign_off.reviewer_id,
    )
    taken = list(given.select_related("revision"))
    resting = [each for each in _resting_on(taken) if each not in taken]
    for each in [*taken, *resting]:
        for publication in each.publications.all():
            _end_revoked(publication, now, by)
        each.revoked_at, each.revoked_by, each.revoked_because = now, by, reason
        each.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    for text in {sign_off.revision, *(each.revision for each in taken)}:
        _note(text, ReviewEvent.Kind.REVOKED, by, reason)
    for text in {each.revision for each in resting}:
        why = f"{RESTED} {sign_off.revision.number}, which was taken back: {reason}"
        _note(text, ReviewEvent.Kind.REVOKED, by, why)


def _resting_on(given: list[SignOff]) -> SignOffQuerySet:
    """Return confirmations of later wording that rest on sign-offs."""
    resting = Q(pk=None)
    for each in given:
        resting |= Q(
            earlier_review=each.review, revision__number__gt=each.revision.number
        )
    return SignOff.objects.valid().filter(resting).select_related("revision")


def _end_revoked(
    publication: Publication, now: datetime.datetime, by: User | None
) -> None:
    """End what is public, cancel what is planned, close what is under a notice."""
    ending = Publication.Ending
    if publication.ending == ending.CANCELLED:
        return  # what is planned now is another text's
    if publication.public_from > now:
        cancel_planned(article=publication.article, by=by)
    elif publication.public_until is None or publication.public_until > now:
        end(publication, ending.GONE, at=now, by=by, reason=REVOKED)
    elif publication.ending == ending.NOTICE:
        end(
            publication, ending.GONE, at=publication.public_until, by=by, reason=REVOKED
        )


def signed_before(revision: Revision) -> Revision | None:
    """Return the newest earlier text of the article with a valid sign-off."""
    earlier = Revision.objects.signed_off().filter(
        article=revision.article_id, number__lt=revision.number
    )
    return earlier.order_by("-number").first()


def whole_review_of(signed: Revision) -> SignOff | None:
    """Return the medical review of all of a signed text; None where only a part was.

    A confirmation that its wording alone has changed rests on that: one query.
    """
    widest = signed.widest_sign_off()
    return widest.review if widest and widest.is_whole else None


def _note(
    revision: Revision,
    kind: ReviewEvent.Kind,
    by: User | None,
    words: str,
    *,
    who: str = "",
    is_wording_only: bool = False,
) -> ReviewEvent:
    """Add a line to the history of a text."""
    return ReviewEvent.objects.create(
        revision=revision,
        kind=kind,
        by=by,
        who=(who or (str(by) if by else ""))[:LONGEST_WHO],
        words=words.strip(),
        is_wording_only=is_wording_only,
    )
