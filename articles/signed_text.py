"""What a reviewer compares: a text beside the last one that was signed off."""

import datetime
from dataclasses import dataclass

from django.utils.functional import cached_property

from articles.differences import Line, compare
from articles.models import ReviewEvent, Revision, SignOff
from articles.reviewing import signed_before, whole_review_of


@dataclass(frozen=True)
class Comparison:
    """The signed text before, what differs from it, and what the editor says."""

    before: Revision | None
    lines: list[Line]
    sent: ReviewEvent | None

    @property
    def is_wording_only(self) -> bool:
        """Whether a confirmation of the wording alone was asked for, and can hold."""
        is_asked = self.sent is not None and self.sent.is_wording_only
        return is_asked and self.rests_on is not None

    @cached_property
    def rests_on(self) -> SignOff | None:
        """Ask for the medical review that a confirmation rests on."""
        return whole_review_of(self.before) if self.before else None

    @property
    def scope(self) -> str:
        """What a confirmation vouches for."""
        return f"Wording, compared with revision {self.before and self.before.number}"


def compared_with_signed(
    revision: Revision, since: datetime.datetime | None = None
) -> Comparison:
    """Compare a text with the newest earlier one that has a sign-off: three queries.

    What was asked for is what was asked last. Who was asked by a link gives when,
    ``since``: a confirmation that others are asked for later makes theirs no smaller,
    and a text that was signed before they were asked is reviewed again as it stands.
    """
    sent = revision.review_events.filter(kind=ReviewEvent.Kind.SENT)
    if since and revision.sign_offs.valid().filter(recorded_at__lt=since).exists():
        return Comparison(revision, [], sent.filter(at__gte=since).first())
    before = signed_before(revision)
    lines = compare(whole(before), whole(revision)) if before else []
    if since is None:
        return Comparison(before, lines, sent.last())
    asked = sent.filter(at__gte=since).order_by("is_wording_only", "pk")
    return Comparison(before, lines, asked.first())


def whole(revision: Revision) -> str:
    """Return what a sign-off is for: title, description and text."""
    return f"{revision.title}\n{revision.description}\n\n{revision.source}"
