"""Specialties of the files that nobody has found a place for yet."""

from django.db import models

from directory.models.practitioner import Practitioner


class UnmappedSpecialty(models.Model):
    """A specialty string without a specialization, and how many clinicians have it."""

    published = models.CharField("in the file", max_length=120, unique=True)
    clinicians = models.PositiveIntegerField()

    class Meta:
        ordering = ["-clinicians", "published"]
        verbose_name_plural = "unmapped specialties"

    def __str__(self) -> str:
        return self.published


class UnmappedPractitioner(models.Model):
    """A clinician whose file names an unmapped specialty."""

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, db_constraint=False, related_name="+"
    )
    specialty = models.ForeignKey(
        UnmappedSpecialty, models.CASCADE, related_name="practitioners"
    )
    is_primary = models.BooleanField()

    class Meta:
        ordering = ["specialty", "practitioner", "pk"]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.specialty}"
