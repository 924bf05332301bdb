"""The read model of the finder: one row for each place where somebody is found."""

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from directory.models.place import Place
from directory.models.practitioner import Practitioner
from directory.models.specialization import Specialization

LAST = "\U0010ffff"  # sorts behind every letter


def has_names(words: Iterable[str]) -> Q:
    """Return the condition that a name begins so, for each of the words."""
    found = Q()
    for word in words:
        found &= Q(sort_key__startswith=word) | Q(sort_key__contains=f" {word}")
    return found


class ListingQuerySet(models.QuerySet["Listing"]):
    """Read after the model: ``Listing.objects.listed().under(cardiology)``."""

    def listed(self) -> Self:
        """Keep what the public may see: all, retired people have no row."""
        return self.all()

    def under(self, specialization: Specialization) -> Self:
        """Keep the rows of a specialization, its lower rungs' people among them."""
        return self.filter(specialization=specialization)

    def in_area(self, state: str = "", place: Place | None = None) -> Self:
        """Keep one row a person in a city, a state, or the whole country."""
        if place is not None:
            return self.filter(place=place, first_in_place=True)
        if state:
            return self.filter(state=state, first_in_state=True)
        return self.filter(first_in_country=True)

    def in_zip_codes(self, zip_codes: list[str]) -> Self:
        """Keep one row a person for each of these ZIP codes.

        They are a table to the planner, which would weigh each of a thousand values.
        """
        some = RawSQL("SELECT unnest(%s::text[])", [zip_codes])
        return self.filter(zip_code__in=some, first_in_zip=True)

    def beginning(self, *words: str) -> Self:
        """Keep those whose last name begins with one of them: ranges of an index."""
        found = Q()
        for word in words:
            found |= Q(sort_key__gte=word, sort_key__lt=word + LAST)
        return self.filter(found)

    def named(self, words: Iterable[str]) -> Self:
        """Keep those with a name that begins so, for each of the words."""
        return self.filter(has_names(words))

    def tied_to(self, *ties: int) -> Self:
        """Keep those with one of these ties (directory/ties.py)."""
        return self.filter(ties__overlap=list(ties))

    def apart_from(self, ties: list[int]) -> Self:
        """Leave out whoever has one of these ties."""
        return self.exclude(ties__overlap=ties) if ties else self


class Listing(models.Model):
    """A listed practitioner under one specialization at one ZIP code of a city.

    Derived from the other tables after every import (directory/imports/listing.py). No
    constraint leads from here to other tables, so that a new one can take its place in
    a moment. A sub-specialization's people have rows for its specialization too, never
    for a family. Whoever has no address has one row without a place.

    Somebody with three addresses has three rows; the ``first_in_…`` flags pick one of
    them for an area of each kind. ``ties`` holds groups, hospitals, systems and
    buildings as numbers (directory/ties.py), so that neither leaving somebody out nor a
    hospital's list joins another table.
    """

    pk = models.CompositePrimaryKey("practitioner", "specialization", "number")
    practitioner = models.ForeignKey(
        Practitioner,
        models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    specialization = models.ForeignKey(
        Specialization,
        models.DO_NOTHING,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    number = models.SmallIntegerField()
    place = models.ForeignKey(
        Place,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    state = models.CharField(max_length=2, db_collation="C")
    zip_code = models.CharField(max_length=5, db_collation="C")
    sort_key = models.CharField(max_length=200, db_collation="C")
    npi = models.CharField(max_length=10, db_collation="C")
    is_own = models.BooleanField(
        help_text="The files name this specialization, not one below it."
    )
    is_demo = models.BooleanField()
    is_physician = models.BooleanField()
    has_telehealth = models.BooleanField(null=True)
    is_at_teaching_hospital = models.BooleanField(null=True)
    first_in_country = models.BooleanField()
    first_in_state = models.BooleanField()
    first_in_place = models.BooleanField()
    first_in_zip = models.BooleanField()
    ties = ArrayField(models.BigIntegerField())

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "npi", "pk"]
        indexes = [
            models.Index(
                fields=["specialization", "sort_key", "npi"],
                condition=Q(first_in_country=True),
                name="listing_country",
            ),
            models.Index(
                fields=["specialization", "state", "sort_key", "npi"],
                condition=Q(first_in_state=True),
                name="listing_state",
            ),
            models.Index(
                fields=["specialization", "place", "sort_key", "npi"],
                condition=Q(first_in_place=True),
                name="listing_place",
            ),
            models.Index(
                fields=["specialization", "zip_code", "sort_key", "npi"],
                condition=Q(first_in_zip=True),
                name="listing_zip",
            ),
            GinIndex(fields=["ties"], name="listing_ties", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.npi} under {self.specialization_id} at {self.zip_code}"
