"""Where facts come from."""

from django.db import models


class SourceRelease(models.Model):
    """One published file as it was imported; every fact carries its release."""

    class Dataset(models.TextChoices):
        ZIP_CODES = "zip-codes", "Census ZIP code areas"
        SPECIALIZATIONS = "specializations", "Our tree of specializations"
        HOSPITALS = "hospitals", "CMS Hospital General Information"
        DOCTORS = "doctors", "CMS Doctors and Clinicians"
        AFFILIATIONS = "affiliations", "CMS Facility Affiliation"
        NPPES = "nppes", "NPPES provider file"
        SYSTEMS = "systems", "AHRQ Compendium hospital linkage"
        TAXONOMY = "taxonomy", "Provider taxonomy codes"

    dataset = models.CharField(max_length=20, choices=Dataset)
    version = models.CharField(
        max_length=20, help_text="As CMS names it: 2026 or 2026-02."
    )
    sha256 = models.CharField(max_length=64, blank=True)
    code_version = models.PositiveSmallIntegerField(
        default=1, help_text="Which reading of the file: a new one is loaded again."
    )
    row_count = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(
        default=False, help_text="Made-up rows that show how the directory works."
    )
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-imported_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "version", "is_demo"], name="release_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(version__regex=r"^\d{4}(-\d{2})?$"),
                name="release_version_format",
            ),
        ]

    def __str__(self) -> str:
        demo = " (demonstration)" if self.is_demo else ""
        name = self.Dataset(self.dataset).label
        return f"{name}, release {self.version}{demo}"

    def first_before(self, first: "SourceRelease | None") -> str:
        """Return the version of the first release of a fact, unless it is this one."""
        return "" if first is None or first == self else first.version
