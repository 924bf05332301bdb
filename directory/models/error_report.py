"""What readers say is wrong about a doctor or a hospital."""

import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from directory.models.organization import Organization
from directory.models.practitioner import Practitioner

# The privacy page promises the same for all that readers report.
KEPT_AT_MOST = datetime.timedelta(days=365)
KEPT_ONCE_SETTLED = datetime.timedelta(days=90)


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    """Read after the model: ``ErrorReport.objects.stale()``."""

    def about(self, target: Practitioner | Organization) -> Self:
        """Keep what was said of a doctor or a hospital."""
        if isinstance(target, Practitioner):
            return self.filter(practitioner=target)
        return self.filter(organization=target)

    def same(self, kind: str, words: str, *, since: datetime.datetime) -> Self:
        """Keep what was said since then in the very same words."""
        return self.filter(kind=kind, words=words, reported_at__gte=since)

    def stale(self) -> Self:
        """Keep what is old enough to be deleted: the privacy page says when."""
        now = timezone.now()
        return self.filter(
            Q(reported_at__lt=now - KEPT_AT_MOST)
            | Q(settled_at__lt=now - KEPT_ONCE_SETTLED)
        )


class ErrorReport(models.Model):
    """A reader's word, from nobody: no name, no address, no account is kept."""

    class Kind(models.TextChoices):
        ADDRESS = "address", "The address"
        PHONE = "phone", "The telephone number"
        GONE = "gone", "No longer there"
        HOSPITAL = "hospital", "The hospital"
        SPECIALIZATION = "specialization", "The specialization"
        RETIRED = "retired", "Retired or died"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        NEW = "new", "New"
        DEALT_WITH = "dealt-with", "Dealt with"
        REFUSED = "refused", "Refused"

    practitioner = models.ForeignKey(
        Practitioner,
        models.CASCADE,
        null=True,
        blank=True,
        db_constraint=False,  # an import puts a new table in its place
        related_name="+",
    )
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("what is wrong", max_length=20, choices=Kind)
    words = models.TextField("in the reader’s words", max_length=1000, blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    note = models.TextField(
        max_length=1000, blank=True, help_text="What was done, or why nothing was."
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = [F("settled_at").desc(nulls_first=True), "-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, organization=None)
                | Q(practitioner=None, organization__isnull=False),
                name="error_report_one_target",
            ),
            models.CheckConstraint(
                condition=Q(state="new", settled_at=None)
                | (~Q(state="new") & Q(settled_at__isnull=False)),
                name="error_report_settled_with_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(note=""),
                name="error_report_refused_with_note",
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(words=""),
                name="error_report_other_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.get_kind_display()}"

    @property
    def target(self) -> Practitioner | Organization:
        """Who or what it is about."""
        target = self.practitioner or self.organization
        assert target is not None  # noqa: S101 (the database says so)
        return target

    @property
    def number(self) -> str:
        """The NPI or the CCN of the target."""
        target = self.target
        return target.npi if isinstance(target, Practitioner) else target.ccn

    def clean(self) -> None:
        """Say what the database would refuse, in words."""
        if self.state == self.State.REFUSED and not self.note:
            raise ValidationError({"note": "Say why nothing is done."})
