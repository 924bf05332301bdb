"""What the directory manager knows better than the files."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from directory.models.organization import Organization
from directory.models.practitioner import Practitioner


class Correction(models.Model):
    """A fact set by hand: it wins over every import and shows its own date."""

    class Field(models.TextChoices):
        FIRST_NAME = "first_name", "First name"
        MIDDLE_NAME = "middle_name", "Middle name"
        LAST_NAME = "last_name", "Last name"
        CREDENTIAL = "credential", "Credential"
        MEDICAL_SCHOOL = "medical_school", "Medical school"
        NAME = "name", "Name"
        PHONE = "phone", "Telephone"

    practitioner = models.ForeignKey(
        Practitioner,
        models.CASCADE,
        null=True,
        blank=True,
        db_constraint=False,  # an import puts a new table in its place
        related_name="corrections",
    )
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="corrections",
    )
    field = models.CharField(max_length=20, choices=Field)
    value = models.CharField(max_length=200, blank=True)
    published = models.CharField(
        "in the files", max_length=200, blank=True, help_text="What it stands before."
    )
    corrected_on = models.DateField()
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-corrected_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    practitioner__isnull=False,
                    organization=None,
                    field__in=[
                        "first_name",
                        "middle_name",
                        "last_name",
                        "credential",
                        "medical_school",
                    ],
                )
                | Q(
                    practitioner=None,
                    organization__isnull=False,
                    field__in=["name", "phone"],
                ),
                name="correction_field_fits_target",
            ),
            models.CheckConstraint(
                condition=~Q(field__in=["last_name", "name"]) | ~Q(value=""),
                name="correction_name_present",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "field"],
                condition=Q(practitioner__isnull=False),
                name="correction_practitioner_unique",
            ),
            models.UniqueConstraint(
                fields=["organization", "field"],
                condition=Q(organization__isnull=False),
                name="correction_organization_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.target}: {self.value}"

    @property
    def target(self) -> Practitioner | Organization:
        """Whose fact it is."""
        target = self.practitioner or self.organization
        assert target is not None  # noqa: S101 (the database says so)
        return target

    def clean(self) -> None:
        """Say what the database would refuse, in words."""
        if bool(self.practitioner) == bool(self.organization):
            raise ValidationError("Choose a clinician or an organization.")
        is_organizations = self.field in {self.Field.NAME, self.Field.PHONE}
        if self.field and is_organizations != bool(self.organization):
            raise ValidationError({"field": "This is a fact of the other kind."})
        if self.field in {self.Field.NAME, self.Field.LAST_NAME} and not self.value:
            raise ValidationError({"value": "A name cannot be blank."})
        if not self.field:
            return
        same = {"practitioner": self.practitioner, "organization": self.organization}
        others = Correction.objects.exclude(pk=self.pk).filter(field=self.field, **same)
        if others.exists():
            raise ValidationError({"field": "This fact is corrected already."})
        field = self.target._meta.get_field(self.field)
        longest = int(getattr(field, "max_length", 0))
        if len(self.value) > longest:
            raise ValidationError({"value": f"At most {longest} characters."})
