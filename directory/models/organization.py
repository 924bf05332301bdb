"""Hospitals, group practices and health systems."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.db.models.expressions import RawSQL

from directory.addresses import hospital_address, hospital_slug, telephone_address
from directory.models.keys import LOOSE
from directory.models.place import Location
from directory.models.release import SourceRelease

# A hospital's primary keys: CMS keeps the old number of a hospital that got a new one.
# Both have one name and one building. In order; none where its address is not known.
# Few have one name: a join could begin with all addresses of a ZIP code instead.
BUILDING = """
    SELECT ROW(place_id, zip_code, building_line) FROM directory_location
    WHERE building_line <> '' AND id =
"""
TWINS = f"""
    ARRAY(
        SELECT twin.id FROM directory_organization AS twin
        WHERE twin.kind = 'hospital' AND twin.sort_key = {{hospital}}.sort_key
          AND ({BUILDING} twin.location_id) = ({BUILDING} {{hospital}}.location_id)
        ORDER BY twin.id
    )
"""  # noqa: S608 (expressions of ours)


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Read after the model: ``Organization.objects.listed().hospitals()``."""

    def listed(self) -> Self:
        """Keep what the newest release still has."""
        return self.filter(retired_at=None)

    def hospitals(self) -> Self:
        """Keep hospitals."""
        return self.filter(kind=Organization.Kind.HOSPITAL)

    def orphans(self) -> Self:
        """Keep numbers without a name that somebody is linked to, or that are mapped.

        Annotates ``link_count``, most first.
        """
        stubs = self.hospitals().filter(is_stub=True)
        counted = stubs.annotate(link_count=Count("affiliations"))
        shown = counted.filter(Q(link_count__gt=0) | Q(same_as__isnull=False))
        return shown.order_by("-link_count", "pk")

    def numbered(self, ccn: str) -> "Organization | None":
        """Return the one with a CCN, or the one that this number was found to mean.

        One query, two for a number that means another hospital.
        """
        found = self.filter(ccn=ccn).first()
        if found is not None and found.same_as_id:
            return self.filter(pk=found.same_as_id).first()
        return found

    def with_place(self) -> Self:
        """Bring address, city, system and releases along."""
        return self.select_related(
            "location__place", "system__last_release", "first_release", "last_release"
        )

    def with_twins(self) -> Self:
        """Annotate ``twins``: the primary keys under which a hospital stands."""
        numbers = ArrayField(models.BigIntegerField())
        text = TWINS.format(hospital="directory_organization")
        return self.annotate(twins=RawSQL(text, [], output_field=numbers))  # noqa: S611 (ours)

    def in_state(self, state: str) -> Self:
        """Keep those in a state, by city and name, with their places."""
        found = self.filter(location__place__state=state)
        order = ["location__place__sort_key", "location__place", "sort_key", "pk"]
        return found.select_related("location__place").order_by(*order)


class Organization(models.Model):
    """A hospital or other facility (by CCN), a group practice (by PAC ID), a system."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", "Hospital"
        GROUP = "group", "Group practice"
        SYSTEM = "system", "Health system"
        FACILITY = "facility", "Another facility"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=200, help_text="In reading case.")
    published_name = models.CharField(
        max_length=200, blank=True, help_text="As the file writes it."
    )
    sort_key = models.CharField(max_length=200)
    ccn = models.CharField(
        "CCN", max_length=6, blank=True, help_text="CMS certification number, as text."
    )
    pac_id = models.CharField("PAC ID", max_length=10, blank=True)
    ahrq_id = models.CharField(
        "AHRQ id", max_length=20, blank=True, default="", db_default=""
    )
    system = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="members"
    )
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="organizations"
    )
    phone = models.CharField(max_length=20, blank=True)
    hospital_type = models.CharField(max_length=60, blank=True)
    ownership = models.CharField(max_length=60, blank=True)
    has_emergency_service = models.BooleanField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    rating_note = models.TextField(
        blank=True, help_text="Why there is no rating, or what limits it."
    )
    measures = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
        help_text="The counts behind the rating, by group.",
    )
    is_teaching = models.BooleanField(
        null=True, blank=True, help_text="A major teaching hospital; blank: not known."
    )
    is_stub = models.BooleanField(
        "only a number",
        default=False,
        db_default=False,
        help_text="Clinicians are linked to it, but no file says what it is.",
    )
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="former_numbers",
        help_text="The hospital that this number stands for, set by hand.",
    )
    is_demo = models.BooleanField(default=False)
    first_release = models.ForeignKey(
        SourceRelease, models.PROTECT, null=True, blank=True, **LOOSE
    )
    last_release = models.ForeignKey(
        SourceRelease, models.PROTECT, null=True, blank=True, **LOOSE
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    twins: list[int]  # by with_twins(), or by directory.people_ties

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(
                fields=["sort_key"],
                condition=Q(kind="hospital"),
                name="organization_hospitals_by_name",
            ),
            models.Index(
                fields=["location"],
                condition=Q(kind="hospital", retired_at=None),
                name="organization_listed_hospitals",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ccn"], condition=~Q(ccn=""), name="organization_ccn_unique"
            ),
            models.UniqueConstraint(
                fields=["pac_id"],
                condition=~Q(pac_id=""),
                name="organization_pac_id_unique",
            ),
            models.UniqueConstraint(
                fields=["ahrq_id"],
                condition=~Q(ahrq_id=""),
                name="organization_ahrq_id_unique",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["hospital", "facility"],
                    pac_id="",
                    ccn__regex=r"^[0-9A-Z]{6}$",
                )
                | Q(kind="group", ccn="", pac_id__regex=r"^\d{10}$")
                | Q(kind="system", ccn="", pac_id="", system=None),
                name="organization_identifier_fits_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="hospital")
                | Q(rating=None, rating_note="", has_emergency_service=None),
                name="organization_rating_is_a_hospitals",
            ),
            models.CheckConstraint(
                condition=Q(kind="hospital") | Q(measures={}),
                name="organization_measures_are_a_hospitals",
            ),
            models.CheckConstraint(
                condition=Q(kind="hospital") | Q(is_teaching=None),
                name="organization_teaching_is_a_hospitals",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5)),
                name="organization_rating_range",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="organization_name_present"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return a hospital's page; groups and systems have none."""
        return hospital_address(self.ccn, self.name)

    @property
    def phone_uri(self) -> str:
        """The link that calls the number."""
        return telephone_address(self.phone)

    @property
    def name_slug(self) -> str:
        """The readable, never decisive part of the address."""
        return hospital_slug(self.name)


class OrphanHospital(Organization):
    """A hospital of which the files have only the number; for its list in the admin."""

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return self.ccn
