"""People who treat patients, where they practise and what they do."""

import datetime
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.expressions import RawSQL

from directory.addresses import doctor_address, doctor_slug, telephone_address
from directory.models.keys import LOOSE
from directory.models.organization import Organization
from directory.models.place import Location
from directory.models.release import SourceRelease
from directory.models.specialization import Specialization

# Further words of a last name, and whether there can be any.
OTHER_NAMES = Func(
    F("last_name"),
    Value(""),
    function="directory_other_names",
    output_field=SearchVectorField(),
)
HAS_OTHER_NAMES = Q(last_name__regex="[^[:alpha:]]")
# Numbers with those that replace them, and those that replace these, up to the first
# that somebody listed has.
REPLACEMENTS = """
    WITH RECURSIVE chain (asked, npi) AS (
        SELECT asked, asked FROM unnest(%s::varchar[]) AS asked
        UNION
        SELECT chain.asked, replaced.replacement
        FROM chain JOIN directory_replacednpi AS replaced ON replaced.npi = chain.npi
        WHERE NOT EXISTS (SELECT FROM directory_practitioner AS listed
                          WHERE listed.npi = chain.npi AND listed.retired_at IS NULL)
    )
"""

# Whoever has a number, or the one that replaces it.
MEANT = f"npi = ANY(ARRAY({REPLACEMENTS} SELECT npi FROM chain))"  # noqa: S608 (ours)
TITLES = """
    ARRAY(SELECT does.title
          FROM directory_practitionerspecialization AS link
          JOIN directory_specialization AS does ON does.id = link.specialization_id
          WHERE link.practitioner_id = directory_practitioner.id
          ORDER BY link.is_primary DESC, link.id)
"""


class PractitionerQuerySet(models.QuerySet["Practitioner"]):
    """Read after the model: ``Practitioner.objects.listed()``."""

    def listed(self) -> Self:
        """Keep those whom the newest release still has."""
        return self.filter(retired_at=None)

    def replacing(self, npi: str) -> "Practitioner | None":
        """Return the listed practitioner of this NPI, or of its replacement, if any."""
        is_meant = RawSQL(MEANT, [[npi]], output_field=models.BooleanField())  # noqa: S611 (ours)
        return self.listed().filter(is_meant).first()

    def at_hospital(self, ccn: str) -> Self:
        """Keep those whom the affiliation file links to a hospital."""
        affiliations = Affiliation.objects.filter(
            practitioner=OuterRef("pk"),
            organization__ccn=ccn,
            organization__retired_at=None,
        )
        return self.filter(Exists(affiliations))

    def with_titles(self) -> Self:
        """Annotate ``titles``: what each of them is, primary first."""
        return self.annotate(titles=RawSQL(TITLES, []))  # noqa: S611 (ours)


class Practitioner(models.Model):
    """A clinician, known by NPI. Blank means that the files do not say."""

    npi = models.CharField("NPI", max_length=10, unique=True)
    first_name = models.CharField(max_length=60, blank=True)
    middle_name = models.CharField(max_length=60, blank=True)
    last_name = models.CharField(max_length=60)
    suffix = models.CharField(max_length=10, blank=True)
    credential = models.CharField(max_length=20, blank=True)
    sort_key = models.CharField(
        max_length=200,
        db_collation="C",
        help_text="Unaccented lower-case last, first, middle name.",
    )
    medical_school = models.CharField(max_length=120, blank=True)
    graduation_year = models.PositiveSmallIntegerField(null=True, blank=True)
    has_telehealth = models.BooleanField(null=True, blank=True)
    specializations = models.ManyToManyField(
        Specialization,
        through="PractitionerSpecialization",
        related_name="practitioners",
    )
    is_demo = models.BooleanField(
        default=False, help_text="A made-up person, marked as such on every page."
    )
    first_release = models.ForeignKey(SourceRelease, models.PROTECT, **LOOSE)
    last_release = models.ForeignKey(SourceRelease, models.PROTECT, **LOOSE)
    retired_at = models.DateTimeField(null=True, blank=True)

    titles: list[str]  # by with_titles()
    listed_practices: list["Practice"]  # these three by directory.people_ties
    listed_affiliations: list["Affiliation"]
    hospitals_by_address: list[tuple["Organization", SourceRelease | None]]
    standing: Any  # by directory.finder.finding

    objects = PractitionerQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "npi"]
        indexes = [
            models.Index(
                fields=["sort_key", "npi"],
                condition=Q(retired_at=None),
                name="practitioner_listed_order",
            ),
            GinIndex(
                OTHER_NAMES,
                condition=HAS_OTHER_NAMES & Q(retired_at=None),
                name="practitioner_other_names",
                fastupdate=False,
            ),
            models.Index(
                fields=["npi"], condition=Q(is_demo=True), name="practitioner_demo"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(npi__regex=r"^([12]\d{9}|99\d{8})$"),
                name="practitioner_npi_format",
            ),
            models.CheckConstraint(
                condition=Q(is_demo=False) | Q(npi__startswith="99"),
                name="practitioner_demo_npi_never_assigned",
            ),
            models.CheckConstraint(
                condition=~Q(last_name="") & ~Q(sort_key=""),
                name="practitioner_name_present",
            ),
            models.CheckConstraint(
                condition=Q(graduation_year=None)
                | Q(graduation_year__range=(1900, 2100)),
                name="practitioner_graduation_year_range",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        """Return the address of the profile."""
        return doctor_address(self.npi, self.first_name, self.last_name)

    @property
    def name(self) -> str:
        """First, middle and last name with suffix."""
        parts = (self.first_name, self.middle_name, self.last_name, self.suffix)
        return " ".join(part for part in parts if part)

    @property
    def listed_hospitals(self) -> list[Organization]:
        """The hospitals of bring_ties() that the newest file still has, each once."""
        hospitals = [one.organization for one in self.listed_affiliations]
        return list(dict.fromkeys(one for one in hospitals if one.retired_at is None))

    @property
    def full_name(self) -> str:
        """The name with the credential: Ada M. Example, MD."""
        return f"{self.name}, {self.credential}" if self.credential else self.name

    @property
    def name_slug(self) -> str:
        """The readable, never decisive part of the address."""
        return doctor_slug(self.first_name, self.last_name)


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


# No foreign key leads to practitioners, nor to or from the three tables that follow: an
# import builds new ones beside them and swaps them in, which such keys do not allow.


class PractitionerSpecialization(models.Model):
    """One thing a practitioner does, primary or not, as the file says."""

    practitioner = models.ForeignKey(Practitioner, models.CASCADE, **LOOSE)
    specialization = models.ForeignKey(
        Specialization, models.PROTECT, db_constraint=False, related_name="+"
    )
    is_primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_primary", "pk"]
        indexes = [
            models.Index(
                fields=["practitioner", "specialization"],
                name="practitioner_specialization",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.specialization}"


class Practice(models.Model):
    """A practitioner at an address, for a group practice where one is known."""

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, db_constraint=False, related_name="practices"
    )
    location = models.ForeignKey(
        Location, models.PROTECT, db_constraint=False, related_name="practices"
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        db_constraint=False,
        related_name="practices",
    )
    phone = models.CharField(max_length=20, blank=True)
    release = models.ForeignKey(SourceRelease, models.PROTECT, **LOOSE)
    first_release = models.ForeignKey(
        SourceRelease, models.PROTECT, null=True, blank=True, **LOOSE
    )

    phone_corrected_on: datetime.date | None  # these two by directory.doctor_page
    hospitals: list[Organization]

    class Meta:
        ordering = ["practitioner", "location", "pk"]

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.location}"

    @property
    def phone_uri(self) -> str:
        """The link that calls the number."""
        return telephone_address(self.phone)

    @property
    def first_listed(self) -> str:
        """The earlier release that said so first; empty where there is none."""
        return self.release.first_before(self.first_release)


class Affiliation(models.Model):
    """A practitioner's link to a hospital, derived by CMS from claims."""

    practitioner = models.ForeignKey(
        Practitioner, models.CASCADE, db_constraint=False, related_name="affiliations"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, db_constraint=False, related_name="affiliations"
    )
    through = models.CharField(
        max_length=60,
        blank=True,
        help_text="The unit that the row names: Nursing home. Blank: the hospital.",
    )
    reported_ccn = models.CharField(
        max_length=6, help_text="As in the file; a unit's own, or the hospital's."
    )
    release = models.ForeignKey(SourceRelease, models.PROTECT, **LOOSE)
    first_release = models.ForeignKey(
        SourceRelease, models.PROTECT, null=True, blank=True, **LOOSE
    )

    class Meta:
        ordering = ["practitioner", "organization", "pk"]

    def __str__(self) -> str:
        return f"{self.practitioner} at {self.organization}"

    @property
    def source(self) -> str:
        """The release in a reader's words: the link was derived from claims."""
        return str(self.release).replace(
            self.release.get_dataset_display(), "CMS claims file"
        )

    @property
    def first_listed(self) -> str:
        """The earlier release that said so first; empty where there is none."""
        return self.release.first_before(self.first_release)
