"""What the files said of somebody once and do not say any more."""

from django.db import models

from directory.models.organization import Organization
from directory.models.place import Location
from directory.models.practitioner import Practitioner
from directory.models.release import SourceRelease


class FormerPractice(models.Model):
    """An address that a practitioner left, or that was corrected away by hand."""

    practitioner = models.ForeignKey(
        Practitioner,
        models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="former_practices",
    )
    location = models.ForeignKey(Location, models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="+"
    )
    phone = models.CharField(max_length=20, blank=True)
    first_release = models.ForeignKey(
        SourceRelease, models.PROTECT, db_index=False, related_name="+"
    )
    last_release = models.ForeignKey(
        SourceRelease, models.PROTECT, db_index=False, related_name="+"
    )

    class Meta:
        ordering = ["practitioner", "location", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "location", "organization"],
                nulls_distinct=False,
                name="former_practice_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.location}"


class FormerAffiliation(models.Model):
    """A link to a hospital or another facility that the claims show no more."""

    practitioner = models.ForeignKey(
        Practitioner,
        models.CASCADE,
        db_constraint=False,
        db_index=False,
        related_name="former_affiliations",
    )
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+")
    through = models.CharField(max_length=60, blank=True)
    reported_ccn = models.CharField(max_length=6)
    first_release = models.ForeignKey(
        SourceRelease, models.PROTECT, db_index=False, related_name="+"
    )
    last_release = models.ForeignKey(
        SourceRelease, models.PROTECT, db_index=False, related_name="+"
    )

    class Meta:
        ordering = ["practitioner", "organization", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "organization", "reported_ccn"],
                name="former_affiliation_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.organization}"
