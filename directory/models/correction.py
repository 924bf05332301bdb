"""What the directory manager knows better than the files."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from directory.models.organization import Organization
from directory.models.place import Location
from directory.models.practitioner import Practice, Practitioner
from directory.values.sort_keys import sort_key
from directory.values.telephones import telephone


class Correction(models.Model):
    """A fact set by hand: it wins over every import and shows its own date.

    It is of a practitioner, of an organization, or, with a location, of a
    practitioner's practice there, for the organization if there is one.
    """

    class Field(models.TextChoices):
        FIRST_NAME = "first_name", "First name"
        MIDDLE_NAME = "middle_name", "Middle name"
        LAST_NAME = "last_name", "Last name"
        CREDENTIAL = "credential", "Credential"
        MEDICAL_SCHOOL = "medical_school", "Medical school"
        NAME = "name", "Name"
        PHONE = "phone", "Telephone"
        GONE = "gone", "No longer works there"

    NOT_NAMED = "Not named any more"  # what the files say of an address that is gone
    OF_PRACTICES = (Field.PHONE, Field.GONE)

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
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="+"
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
                    location=None,
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
                    location=None,
                    field__in=["name", "phone"],
                )
                | Q(
                    practitioner__isnull=False,
                    location__isnull=False,
                    field__in=["phone", "gone"],
                ),
                name="correction_field_fits_target",
            ),
            models.CheckConstraint(
                condition=~Q(field__in=["last_name", "name"]) | ~Q(value=""),
                name="correction_name_present",
            ),
            models.CheckConstraint(
                condition=~Q(field="gone") | Q(value=""),
                name="correction_gone_without_value",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "field"],
                condition=Q(practitioner__isnull=False, location=None),
                name="correction_practitioner_unique",
            ),
            models.UniqueConstraint(
                fields=["organization", "field"],
                condition=Q(organization__isnull=False, location=None),
                name="correction_organization_unique",
            ),
            models.UniqueConstraint(
                fields=["practitioner", "location", "organization", "field"],
                condition=Q(location__isnull=False),
                nulls_distinct=False,
                name="correction_practice_unique",
            ),
        ]

    def __str__(self) -> str:
        if self.field == self.Field.GONE:
            return f"{self.target}: no longer at {self.location}"
        where = f" at {self.location}" if self.location else ""
        value = self.value or "not known"
        return f"{self.get_field_display()} of {self.target}{where}: {value}"

    @property
    def target(self) -> Practitioner | Organization:
        """Whose fact it is."""
        target = self.practitioner or self.organization
        assert target is not None  # noqa: S101 (the database says so)
        return target

    @property
    def practice(self) -> dict[str, Any]:
        """What tells the practice that it is about from all others."""
        return {
            "practitioner": self.practitioner,
            "location": self.location,
            "organization": self.organization,
        }

    @property
    def longest_value(self) -> int:
        """How many characters fit."""
        target = Practice if self.location else type(self.target)
        return int(getattr(target._meta.get_field(self.field), "max_length", 0))

    def clean(self) -> None:
        """Say what the database would refuse, in words."""
        if not self.location and bool(self.practitioner) == bool(self.organization):
            raise ValidationError("Choose a clinician or an organization.")
        if not self.field:
            return
        self.clean_field()
        if self.field == self.Field.GONE:
            self.value = ""
        elif self.field == self.Field.PHONE:
            self.clean_telephone()
        elif len(self.value) > (longest := self.longest_value):
            raise ValidationError({"value": f"At most {longest} characters."})
        if self.field in {self.Field.NAME, self.Field.LAST_NAME}:
            if not self.value:
                raise ValidationError({"value": "A name cannot be blank."})
            if not sort_key(self.value):  # as an import has it
                raise ValidationError({"value": "The name has no letter."})

    def clean_telephone(self) -> None:
        """Write a number as readers see those of the files."""
        try:
            self.value = self.value and telephone(self.value)
        except ValueError as error:
            raise ValidationError({"value": str(error)}) from error

    def clean_field(self) -> None:
        """Say what the field can be a fact of, and that it is corrected once."""
        is_of_practice = self.field in self.OF_PRACTICES and bool(self.practitioner)
        if is_of_practice and not self.location:
            raise ValidationError({"field": "Choose at which address."})
        if self.location and not is_of_practice:
            raise ValidationError({"field": "This is no fact of one address."})
        is_organizations = self.field in {self.Field.NAME, self.Field.PHONE}
        if not self.location and is_organizations != bool(self.organization):
            raise ValidationError({"field": "This is a fact of the other kind."})
        others = Correction.objects.exclude(pk=self.pk).filter(**self.practice)
        if others.filter(field=self.field).exists():
            raise ValidationError({"field": "This fact is corrected already."})
