"""What a reviewer compares in a second round: a text beside the one given back."""

from dataclasses import dataclass

from django.db.models import Q

from articles.differences import SKIPPED, Line, compare
from articles.models import ReviewEvent, ReviewInvitation, ReviewLinkEvent, Revision
from articles.signed_text import whole


@dataclass(frozen=True)
class GivenBack:
    """The text that was given back, with which words, and what changed since."""

    text: Revision
    asked: str
    lines: list[Line]


def given_back(revision: Revision, signed: Revision | None) -> GivenBack | None:
    """Find the newest text of the guide that any reviewer gave back: three queries.

    Give the text that was ``signed`` before: what led to that one is settled.
    """
    asked = ReviewEvent.objects.filter(
        kind=ReviewEvent.Kind.CHANGES_ASKED,
        revision__article=revision.article_id,
        revision__number__lte=revision.number,
    ).select_related("revision")
    last = asked.order_by("-revision__number", "-at", "-pk").first()
    if last is None:
        return None
    return _compared(last.revision, last.words, revision, signed)


def given_back_by(
    invitation: ReviewInvitation, signed: Revision | None
) -> GivenBack | None:
    """Find what the holder of a link gave back by an earlier one: three queries.

    What others gave back, and with which words, is not for them.
    """
    revision = invitation.revision
    holder = Q(invitation__email__iexact=invitation.email)
    if invitation.reviewer_id:
        holder |= Q(invitation__reviewer=invitation.reviewer_id)
    asked = ReviewLinkEvent.objects.filter(
        holder,
        kind=ReviewLinkEvent.Kind.CHANGES_ASKED,
        invitation__revision__article=revision.article_id,
        invitation__revision__number__lte=revision.number,
    ).select_related("invitation__revision")
    last = asked.order_by("-invitation__revision__number", "-at", "-pk").first()
    if last is None:
        return None
    return _compared(last.invitation.revision, last.words, revision, signed)


def _compared(
    text: Revision, asked: str, revision: Revision, signed: Revision | None
) -> GivenBack | None:
    """Compare with a text that was given back, unless a later one was signed."""
    if signed and signed.number >= text.number:
        return None
    lines = compare(whole(text), whole(revision))
    sources = compare(_sources_of(text), _sources_of(revision))
    between = [SKIPPED] if lines and sources else []
    return GivenBack(text, asked, [*lines, *between, *sources])


def _sources_of(revision: Revision) -> str:
    """Return a line for each source: one is what a reviewer often asks for."""
    return "\n".join(
        f"Source: {each.title}. {each.publisher}, {each.year}."
        for each in revision.cited_sources()
    )
