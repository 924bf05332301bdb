"""Review by a link: whom an editor asked, and every step taken with the link."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.people import Contributor, acting_user


class ReviewInvitationQuerySet(models.QuerySet["ReviewInvitation"]):
    """Read after the model: ``ReviewInvitation.objects.still_open()``."""

    def still_open(self) -> Self:
        """Keep links that can still be used."""
        return self.filter(
            used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
        )

    def ended(self, before: datetime.datetime) -> Self:
        """Keep links that were used, withdrawn or ran out before a moment."""
        return self.filter(
            Q(used_at__lt=before)
            | Q(withdrawn_at__lt=before)
            | Q(expires_at__lt=before)
        )


class ReviewInvitation(models.Model):
    """A link to one text for a clinician without an account.

    The link holds a secret of which only the hash is here: who reads the table cannot
    sign. So it is with the code that confirms the e-mail address.
    """

    class Use(models.TextChoices):
        SIGNED_OFF = "signed-off", "Signed off"
        CHANGES_ASKED = "changes-asked", "Changes asked for"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        EXPIRED = "expired", "Expired"
        USED = "used", "Used"
        WITHDRAWN = "withdrawn", "Withdrawn"

    revision = models.ForeignKey(
        "articles.Revision", models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(
        "e-mail", blank=True, help_text="Deleted some time after the link has ended."
    )
    name = models.CharField(max_length=120)
    credential = models.CharField(max_length=120)
    reviewer = models.ForeignKey(
        Contributor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        help_text="Who signs, where they are a contributor already.",
    )
    link_hash = models.CharField(max_length=64)
    created_by = acting_user()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    codes_sent = models.PositiveSmallIntegerField(default=0)
    code_tries = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_to = models.CharField(max_length=20, choices=Use, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(credential=""),
                name="reviewinvitation_words_present",
            ),
            models.CheckConstraint(
                condition=Q(link_hash__regex=r"^[0-9a-f]{64}$"),
                name="reviewinvitation_link_is_hashed",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="reviewinvitation_expires_later",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None, used_to="")
                | Q(
                    used_at__isnull=False,
                    used_to__in=["signed-off", "changes-asked"],
                ),
                name="reviewinvitation_use_paired",
            ),
            models.CheckConstraint(
                condition=~Q(used_to="signed-off") | Q(confirmed_at__isnull=False),
                name="reviewinvitation_signed_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None),
                name="reviewinvitation_used_or_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.credential}"

    @property
    def state(self) -> State:
        """What the link is good for now."""
        if self.used_at:
            return self.State.USED
        if self.withdrawn_at:
            return self.State.WITHDRAWN
        expired = self.expires_at <= timezone.now()
        return self.State.EXPIRED if expired else self.State.OPEN

    @property
    def state_in_words(self) -> str:
        """The state as the editors see it."""
        return self.get_used_to_display() if self.used_at else self.state.label

    def signed_before(self) -> Contributor | None:
        """Find who signed from this mailbox as the same: two links may be out."""
        return Contributor.objects.filter(
            invitations__email__iexact=self.email,
            invitations__used_to=self.Use.SIGNED_OFF,
            name__iexact=self.name,
            credential__iexact=self.credential,
            user=None,
            is_demo=self.revision.article.is_demo,
        ).first()


class ReviewLinkEvent(models.Model):
    """One step with a link; never changed afterwards."""

    class Kind(models.TextChoices):
        SENT = "sent", "Link sent"
        OPENED = "opened", "Opened"
        COMMENTED = "commented", "Comment"
        CODE_SENT = "code-sent", "Code sent"
        CODE_WRONG = "code-wrong", "Wrong code"
        SIGNED_OFF = "signed-off", "Signed off"
        CHANGES_ASKED = "changes-asked", "Changes asked for"
        WITHDRAWN = "withdrawn", "Link withdrawn"
        REFUSED = "refused", "Refused"

    invitation = models.ForeignKey(
        ReviewInvitation, models.CASCADE, related_name="events"
    )
    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField(default=timezone.now)
    quote = models.TextField(blank=True, help_text="The passage that is meant.")
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["invitation_id", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="commented") | ~Q(words=""),
                name="reviewlinkevent_comment_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitation}: {self.get_kind_display()}"
