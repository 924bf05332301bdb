"""Taxonomy codes: what clinicians report of themselves, by the NPPES file."""

from django.db import models

from directory.models.practitioner import Practitioner


class PractitionerTaxonomy(models.Model):
    """A taxonomy code that a clinician reported of themselves."""

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, db_constraint=False, related_name="taxonomies"
    )
    code = models.CharField(max_length=10)
    is_primary = models.BooleanField()

    class Meta:
        ordering = ["practitioner", "-is_primary", "code", "pk"]
        verbose_name_plural = "practitioner taxonomies"

    def __str__(self) -> str:
        return self.code


class TaxonomyCode(models.Model):
    """A code of the NUCC list, in words that the operator has a licence for."""

    code = models.CharField(max_length=10, unique=True)
    display_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.display_name}"
