"""Medical review: what happened to a text on the desk, and who signed it off.

A sign-off holds for one revision and, by composite foreign keys that the migrations
add, for exactly the words it had then.
"""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.people import Contributor, acting_user

# Who writes and who records, where nobody is known: no row has this key.
NOBODY = 0


class ReviewEvent(models.Model):
    """One step of a revision on its way to a sign-off; never changed afterwards."""

    class Kind(models.TextChoices):
        SENT = "sent", "Sent for review"
        CHANGES_ASKED = "changes-asked", "Changes asked for"
        SIGNED_OFF = "signed-off", "Signed off"
        REVOKED = "revoked", "Sign-off revoked"

    revision = models.ForeignKey(
        "articles.Revision", models.CASCADE, related_name="review_events"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    by = acting_user()
    who = models.CharField(
        max_length=200, blank=True, help_text="Who acted, as known at that time."
    )
    words = models.TextField(blank=True)
    is_wording_only = models.BooleanField(
        default=False, help_text="The meaning is the same as in the signed text."
    )

    class Meta:
        ordering = ["revision_id", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["sent", "changes-asked", "signed-off", "revoked"]
                ),
                name="reviewevent_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["changes-asked", "revoked"]) | ~Q(words=""),
                name="reviewevent_refusal_has_words",
            ),
            models.CheckConstraint(
                condition=Q(is_wording_only=False) | ~Q(words=""),
                name="reviewevent_wording_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_kind_display()}"


class SignOffQuerySet(models.QuerySet["SignOff"]):
    """Read after the model: ``revision.sign_offs.valid()``."""

    def valid(self) -> Self:
        """Keep what was not revoked; age alone ends no sign-off."""
        return self.filter(revoked_at=None)

    def telling_of(self, reviewer: Contributor, *, on: datetime.date) -> Self:
        """Keep a person's review of a day, and confirmations that rest on it."""
        own = Q(earlier_review=None, reviewer=reviewer, signed_on=on)
        rests = Q(earlier_review__reviewer=reviewer, earlier_review__signed_on=on)
        return self.filter(own | rests)

    def widest_first(self) -> Self:
        """Put what holds for the whole text before what holds for a part of it."""
        reviewed = Coalesce("earlier_review__scope", "scope")
        return (
            self.alias(reviewed=reviewed)
            .alias(holds_for_all=Q(reviewed=SignOff.WHOLE_TEXT))
            .order_by("-holds_for_all", "-reviewed_on", "-signed_on", "-pk")
        )


class SignOff(models.Model):
    """A clinician's word that one revision is medically right.

    ``author_key`` and ``writer_key`` repeat who wrote it, so that the database itself
    can refuse a sign-off of one's own text. The reviewer needs no account, and nobody
    has recorded what came by other ways than the desk.
    """

    class Way(models.TextChoices):
        DESK = "desk", "At the desk"
        LINK = "link", "By a link sent to the reviewer"
        FILE = "file", "From a file that the operator vouched for"

    WHOLE_TEXT = "Medical content of the whole text"

    revision = models.ForeignKey(
        "articles.Revision", models.CASCADE, related_name="sign_offs"
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text signed.")
    author_key = models.BigIntegerField()
    writer_key = models.BigIntegerField()
    reviewer = models.ForeignKey(Contributor, models.PROTECT, related_name="sign_offs")
    credential = models.CharField(
        max_length=120, help_text="What the reviewer was trained in on that day."
    )
    scope = models.CharField(max_length=200, default=WHOLE_TEXT)
    signed_on = models.DateField()
    earlier_review = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
        help_text="The medical review before, where this confirms the wording alone.",
    )
    rests_on = models.DateField(
        null=True, blank=True, help_text="The day of that earlier review."
    )
    reviewed_on = models.GeneratedField(
        expression=Coalesce("rests_on", "signed_on"),
        output_field=models.DateField(),
        db_persist=True,
        help_text="The day of the medical review: the next one is counted from there.",
    )
    way = models.CharField(max_length=10, choices=Way, default=Way.DESK)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = acting_user()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = acting_user()
    revoked_because = models.TextField(blank=True)
    is_revoked = models.GeneratedField(
        expression=Q(revoked_at__isnull=False),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["revision_id", "-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewer=F("author_key")),
                name="signoff_reviewer_is_not_author",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by=None) | ~Q(recorded_by=F("writer_key")),
                name="signoff_recorder_is_not_writer",
            ),
            models.CheckConstraint(
                condition=~Q(credential="") & ~Q(scope=""),
                name="signoff_words_present",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["desk", "link", "file"]), name="signoff_way_known"
            ),
            models.CheckConstraint(
                condition=Q(rests_on=None) | Q(rests_on__lte=F("signed_on")),
                name="signoff_rests_on_earlier_review",
            ),
            models.CheckConstraint(
                condition=Q(earlier_review=None, rests_on=None)
                | Q(earlier_review__isnull=False, rests_on__isnull=False),
                name="signoff_earlier_review_paired",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_because="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_because="")),
                name="signoff_revocation_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer.name}, {self.credential}"

    @property
    def is_confirmation(self) -> bool:
        """Whether it rests on an earlier medical review: the wording was confirmed."""
        return self.earlier_review_id is not None

    @property
    def review(self) -> "SignOff":
        """The medical review itself: this one, or what a confirmation rests on."""
        return self.earlier_review or self

    @property
    def is_whole(self) -> bool:
        """Whether it holds for all of the text, as ``widest_first()`` asks it."""
        return self.review.scope == self.WHOLE_TEXT

    @property
    def narrower_scope(self) -> str:
        """What was reviewed, where that is less than the whole text; else nothing."""
        return "" if self.scope == self.WHOLE_TEXT else self.scope
