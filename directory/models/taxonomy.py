"""What the NPPES file adds: taxonomy codes, and numbers that replace others."""

from django.db import models
from django.db.models import F, Q

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


class ReplacedNpi(models.Model):
    """An NPI that another one replaces: its address leads there."""

    npi = models.CharField("NPI", max_length=10, unique=True)
    replacement = models.CharField(max_length=10)

    class Meta:
        ordering = ["npi"]
        verbose_name = "replaced NPI"
        constraints = [
            models.CheckConstraint(
                condition=~Q(npi=F("replacement")), name="replaced_npi_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.npi}: {self.replacement}"


class TaxonomyCode(models.Model):
    """A code of the NUCC list, in words that the operator has a licence for."""

    code = models.CharField(max_length=10, unique=True)
    display_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.display_name}"
