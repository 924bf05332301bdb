"""What one file says of somebody whom no other file has brought yet."""

from django.db import models

from directory.models.keys import LOOSE
from directory.models.release import SourceRelease


class WaitingAffiliation(models.Model):
    """A row of the affiliation file whose clinician no other file has brought yet."""

    npi = models.CharField("NPI", max_length=10, db_index=True)
    facility_type = models.CharField(max_length=60)
    ccn = models.CharField("CCN", max_length=6)
    hospital = models.CharField(
        max_length=6, help_text="The number of the parent, or the same."
    )
    release = models.ForeignKey(SourceRelease, models.CASCADE, **LOOSE)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["npi", "pk"]

    def __str__(self) -> str:
        return f"{self.npi} at {self.ccn}"
