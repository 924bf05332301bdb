"""Review by a link, for a clinician without an account.

Who has the link may read one text and comment on it; signing also asks for a code sent
to the invited address. Link and code are stored as hashes. Whoever calls
``sign_by_link`` and ``ask_by_link`` proves nothing else, so these look at the row
again, locked.
"""

import datetime
import hashlib
import logging
import secrets

from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import slugify

from articles.models import (
    Article,
    Contributor,
    ReviewEvent,
    ReviewInvitation,
    ReviewLinkEvent,
    Revision,
    SignOff,
)
from articles.models.invitation import ReviewInvitationQuerySet
from articles.recipients import NOT_SENT, why_not_sent
from articles.reviewing import (
    ask_for_changes,
    send_for_review,
    sign_off,
    writers_of,
)
from directory.permissions import require

logger = logging.getLogger(__name__)

SALT = "articles.review-link"
DAYS_AT_MOST = 60
CODE_LASTS = datetime.timedelta(minutes=15)
CODE_PAUSE = datetime.timedelta(minutes=1)
CODES_AT_MOST = 10
TRIES_AT_MOST = 5
OUTSIDE_REVIEWER = "Reviews texts for this site on request."

Kind = ReviewLinkEvent.Kind
State = ReviewInvitation.State


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def find_invitation(token: str) -> ReviewInvitation | None:
    """Return the invitation that a link belongs to, open or not; None if altered."""
    try:
        pk, secret = signing.Signer(sep=".", salt=SALT).unsign(token).split("-", 1)
    except signing.BadSignature:
        logger.warning("A review link was refused: altered, or not one of this site.")
        return None
    found = ReviewInvitation.objects.select_related(
        "revision__article", "revision__author", "revision__created_by", "reviewer"
    ).filter(pk=pk)
    invitation = found.first()
    if invitation and constant_time_compare(_hash(secret), invitation.link_hash):
        return invitation
    logger.warning("A review link was refused: its invitation is gone.")
    return None


def note(
    invitation: ReviewInvitation, kind: Kind, words: str = "", quote: str = ""
) -> None:
    """Add a line to what happened with a link."""
    ReviewLinkEvent.objects.create(
        invitation=invitation, kind=kind, words=words.strip(), quote=quote
    )


@transaction.atomic
def invite(
    *,
    revision: Revision,
    email: str,
    name: str,
    credential: str,
    days: int,
    by: User | None,
    origin: str,
    words: str = "",
    reviewer: Contributor | None = None,
    is_wording_only: bool = False,
) -> ReviewInvitation:
    """Mail a clinician a link to one text; ``origin`` is like ``https://site.org``.

    Who invites vouches for who reads that mailbox, so they need what recording
    another's review needs, and did not write the text. Nothing is stored where the
    mail cannot be sent. Raises ValidationError.
    """
    require(by, "articles.record_review")
    _check_inviter(revision, by)
    _check_asked(days, words, is_wording_only=is_wording_only)
    if reviewer:
        name, credential = reviewer.name, reviewer.credential
    _check_outsider(revision, email, name, reviewer)
    _check_new(revision, email)
    secret = secrets.token_urlsafe(24)
    invitation = ReviewInvitation.objects.create(
        revision=revision,
        email=email,
        name=name,
        credential=credential,
        reviewer=reviewer,
        link_hash=_hash(secret),
        created_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=days),
    )
    said = f"By link to {name}. {words}"
    send_for_review(
        revision=revision, by=by, words=said, is_wording_only=is_wording_only
    )
    note(invitation, Kind.SENT, words)
    _mail_link(invitation, secret, origin, words)
    return invitation


def _mail_link(
    invitation: ReviewInvitation, secret: str, origin: str, words: str
) -> None:
    token = signing.Signer(sep=".", salt=SALT).sign(f"{invitation.pk}-{secret}")
    link = origin.rstrip("/") + reverse("articles:review", args=[token])
    context = {"invitation": invitation, "link": link, "words": words.strip()}
    _mail(invitation, "Please review a health text", "invitation", context)


def _check_asked(days: int, words: str, *, is_wording_only: bool) -> None:
    """Refuse a link that holds too long, or a change of wording without a reason."""
    if not 1 <= days <= DAYS_AT_MOST:
        raise ValidationError(f"A link holds from 1 to {DAYS_AT_MOST} days.")
    if is_wording_only and not words.strip():
        raise ValidationError("Say why the wording changed: the reviewer is told.")


def _check_inviter(revision: Revision, by: User | None) -> None:
    """Refuse who wrote the text: a second mailbox of theirs would sign it."""
    if by is None:
        return
    author = revision.author
    if by.pk in writers_of(revision) or (author and author.user_id == by.pk):
        logger.warning(
            "A review link was refused: user %s wrote revision %s.", by.pk, revision.pk
        )
        raise ValidationError(
            "You wrote this text: a colleague has to send the link to its reviewer."
        )


def _check_outsider(
    revision: Revision, email: str, name: str, reviewer: Contributor | None
) -> None:
    """Refuse who wrote the text, by row, name or address, and who has an account."""
    author = revision.author
    writers = User.objects.filter(pk__in=writers_of(revision)).exclude(email="")
    addresses = {writer.email.casefold() for writer in writers}
    if author and author.user and author.user.email:
        addresses.add(author.user.email.casefold())
    own_name = author is not None and author.name.casefold() == name.strip().casefold()
    own_row = reviewer is not None and reviewer == author
    if own_row or own_name or email.casefold() in addresses:
        raise ValidationError("Nobody signs off their own text: ask a colleague.")
    has_account = User.objects.filter(email__iexact=email).exists()
    if has_account or (reviewer and reviewer.user_id):
        raise ValidationError("Who has an account here reviews at the desk.")
    if reviewer and reviewer.is_demo and not revision.article.is_demo:
        raise ValidationError("A made-up person reviews demonstrations only.")


def _check_new(revision: Revision, email: str) -> None:
    """Refuse a second link to the same mailbox, as by a second click."""
    Revision.objects.select_for_update(no_key=True).get(pk=revision.pk)
    links = ReviewInvitation.objects.still_open().filter(revision=revision)
    if links.filter(email__iexact=email).exists():
        raise ValidationError(
            "A link to this text was mailed there and is open: withdraw it first if "
            "it did not arrive."
        )


def _mail(
    invitation: ReviewInvitation, subject: str, name: str, context: dict[str, object]
) -> None:
    """Send mail to the invited address."""
    body = render_to_string(f"articles/review/{name}.txt", context)
    try:
        send_mail(subject, body, None, [invitation.email])
    except NOT_SENT as error:
        # the server's words, without the address: logs may stay longer than it may
        why = repr(error).replace(invitation.email, "…")
        logger.error("Mail to a reviewer was not sent: %s", why)  # noqa: TRY400
        raise ValidationError(why_not_sent(error)) from error


def invitations_to(article: Article) -> ReviewInvitationQuerySet:
    """Return the links to an article's texts with their events: two queries."""
    found = ReviewInvitation.objects.filter(revision__article=article)
    return found.select_related("revision", "created_by").prefetch_related("events")


def withdraw_link(*, invitation: ReviewInvitation, by: User | None) -> None:
    """End a link before it was used."""
    require(by, "articles.change_article")
    now = timezone.now()
    opened = ReviewInvitation.objects.still_open().filter(pk=invitation.pk)
    if not opened.update(withdrawn_at=now):
        raise ValidationError("This link is not open any more.")
    note(invitation, Kind.WITHDRAWN, str(by or ""))


def mark_opened(invitation: ReviewInvitation) -> None:
    """Keep when the link was first opened."""
    unopened = ReviewInvitation.objects.filter(pk=invitation.pk, opened_at=None)
    if unopened.update(opened_at=timezone.now()):
        note(invitation, Kind.OPENED)


def is_replaced(invitation: ReviewInvitation) -> bool:
    """Whether a newer text took the place of the one that was sent."""
    revision = invitation.revision
    newer = revision.article.revisions.filter(number__gt=revision.number)
    return newer.exists()


def _code_hash(invitation: ReviewInvitation, code: str) -> str:
    value = f"{invitation.pk}-{code}"
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


def _locked(invitation: ReviewInvitation) -> ReviewInvitation:
    """Return the row, locked and usable; raise ValidationError otherwise."""
    row = ReviewInvitation.objects.select_for_update().get(pk=invitation.pk)
    if row.state != State.OPEN:
        raise ValidationError(f"This link does not work any more: {row.state.label}.")
    return row


@transaction.atomic
def send_code(*, invitation: ReviewInvitation) -> None:
    """Mail a code of six digits to the invited address; it lasts 15 minutes."""
    row = _locked(invitation)
    now = timezone.now()
    if row.code_sent_at and now - row.code_sent_at < CODE_PAUSE:
        raise ValidationError("A code was sent just now. Look into your mail first.")
    if row.codes_sent >= CODES_AT_MOST:
        raise ValidationError("Too many codes were sent: ask for a new link.")
    code = f"{secrets.randbelow(1_000_000):06d}"
    row.code_hash = _code_hash(row, code)
    row.code_sent_at = now
    row.codes_sent += 1
    row.code_tries = 0
    row.save()
    note(row, Kind.CODE_SENT)
    _mail(row, "Your code to sign off", "code", {"code": code, "invitation": row})


def is_code_alive(invitation: ReviewInvitation) -> bool:
    """Whether a code was sent that can still be used."""
    return (
        invitation.code_sent_at is not None
        and timezone.now() - invitation.code_sent_at < CODE_LASTS
        and invitation.code_tries < TRIES_AT_MOST
    )


def is_code_right(*, invitation: ReviewInvitation, code: str) -> bool:
    """Compare a code and count the try; five wrong ones end it."""
    with transaction.atomic():
        row = _locked(invitation)
        hashed = _code_hash(row, "".join(code.split()))
        if is_code_alive(row) and constant_time_compare(hashed, row.code_hash):
            row.confirmed_at = timezone.now()
            row.save(update_fields=["confirmed_at"])
            return True
        row.code_tries = min(row.code_tries + 1, TRIES_AT_MOST)
        row.save(update_fields=["code_tries"])
        note(row, Kind.CODE_WRONG)
        return False


@transaction.atomic
def comment_by_link(*, invitation: ReviewInvitation, words: str, quote: str) -> None:
    """Keep what a reviewer says about a passage."""
    note(_locked(invitation), Kind.COMMENTED, words, quote)


@transaction.atomic
def ask_by_link(*, invitation: ReviewInvitation, words: str) -> ReviewEvent:
    """Give the text back to its editors; the link is used with that."""
    row = _locked(invitation)
    made = ask_for_changes(
        revision=row.revision, words=words, by=None, who=f"{row}, by link"
    )
    _use(row, ReviewInvitation.Use.CHANGES_ASKED)
    note(row, Kind.CHANGES_ASKED, words)
    return made


@transaction.atomic
def sign_by_link(
    *,
    invitation: ReviewInvitation,
    name: str,
    credential: str,
    conflicts: str,
    scope: str,
    code: str,
    rests_on: SignOff | None = None,
) -> SignOff:
    """Sign the invited text off, once the code proved the address.

    ``rests_on`` as ``sign_off()`` has it, where only the wording is confirmed.

    Check the code with ``is_code_right`` first: that outlives a refusal here.
    """
    # the guide first, as the desk does: both would wait for one another otherwise
    Article.objects.select_for_update().get(pk=invitation.revision.article_id)
    row = _locked(invitation)
    if row.confirmed_at is None or not constant_time_compare(
        _code_hash(row, "".join(code.split())), row.code_hash
    ):
        raise ValidationError("Your e-mail address is not confirmed yet.")
    if is_replaced(row):
        raise ValidationError(
            "A newer text took the place of this one: ask for a link to it."
        )
    if row.reviewer:
        name, credential = row.reviewer.name, row.reviewer.credential
    row.name, row.credential = name, credential
    _check_outsider(row.revision, row.email, row.name, row.reviewer)
    row.reviewer = _contributor(row, conflicts)
    made = sign_off(
        revision=row.revision,
        reviewer=row.reviewer,
        on=timezone.localdate(),
        by=None,
        rests_on=rests_on,
        scope=scope,
        way=SignOff.Way.LINK,
        words=f"Conflicts of interest: {conflicts}",
    )
    _use(row, ReviewInvitation.Use.SIGNED_OFF)
    note(row, Kind.SIGNED_OFF, f"{made}. {scope}")
    return made


def _contributor(row: ReviewInvitation, conflicts: str) -> Contributor:
    """Return who signs, with the statement readers see; make one where none is."""
    today = timezone.localdate()
    known = row.reviewer or row.signed_before()
    if known:
        known.conflicts_of_interest = conflicts
        known.conflicts_declared_on = today
        known.save(update_fields=["conflicts_of_interest", "conflicts_declared_on"])
        return known
    name = slugify(row.name.replace("_", " "))[:60].strip("-")
    slug = f"{name or 'reviewer'}-{row.pk}"
    return Contributor.objects.create(
        slug=slug,
        name=row.name,
        credential=row.credential,
        role="reviewer",
        bio=OUTSIDE_REVIEWER,
        conflicts_of_interest=conflicts,
        conflicts_declared_on=today,
        is_demo=row.revision.article.is_demo,
    )


def _use(row: ReviewInvitation, use: ReviewInvitation.Use) -> None:
    row.used_at = timezone.now()
    row.used_to = use
    row.save()
