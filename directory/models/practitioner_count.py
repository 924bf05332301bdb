"""How many practitioners there are, counted ahead."""

from typing import Self

from django.db import models
from django.db.models import Q

from directory.models.place import Place
from directory.models.specialization import Specialization


class PractitionerCountQuerySet(models.QuerySet["PractitionerCount"]):
    """Read after the model: ``PractitionerCount.objects.by_city("TX")``."""

    def in_country(self) -> Self:
        """Keep the row of the whole country."""
        return self.filter(state="", place=None)

    def by_state(self) -> Self:
        """Keep one row a state."""
        return self.filter(place=None).exclude(state="").order_by("state")

    def by_city(self, state: str) -> Self:
        """Keep one row a city of a state, with its place."""
        rows = self.filter(state=state, place__isnull=False)
        return rows.select_related("place").order_by("place__sort_key", "pk")


class PractitionerCount(models.Model):
    """How many listed practitioners a specialization has, with its lower rungs.

    One row for the whole country (no state), one a state, one a city; derived from
    the listing in one statement after every import.
    """

    specialization = models.ForeignKey(
        Specialization,
        models.CASCADE,
        db_constraint=False,
        related_name="practitioner_counts",
    )
    state = models.CharField(max_length=2, blank=True)
    place = models.ForeignKey(
        Place,
        models.CASCADE,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="+",
    )
    practitioners = models.PositiveIntegerField()
    physicians = models.PositiveIntegerField(default=0)
    with_telehealth = models.PositiveIntegerField(default=0)
    at_teaching_hospital = models.PositiveIntegerField(default=0)
    includes_demo = models.BooleanField(
        default=False, help_text="Whether a made-up person is counted."
    )

    objects = PractitionerCountQuerySet.as_manager()

    class Meta:
        ordering = ["specialization", "state", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["specialization", "state", "place"],
                nulls_distinct=False,
                name="practitioner_count_unique",
            ),
            models.CheckConstraint(
                condition=Q(place=None) | ~Q(state=""),
                name="practitioner_count_place_has_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["specialization"],
                condition=Q(state="", place=None),
                name="practitioner_count_country",
            )
        ]

    def __str__(self) -> str:
        area = self.place or self.state or "United States"
        return f"{self.specialization}, {area}: {self.practitioners}"
