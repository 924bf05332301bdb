"""The read model of the finder: one row for each place where somebody is found."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from directory.models.keys import LOOSE
from directory.models.place import Place
from directory.models.practitioner import Practitioner
from directory.models.specialization import Specialization


class Listing(models.Model):
    """A listed practitioner under one specialization at one ZIP code of a city.

    Derived from the other tables after every import (directory/imports/listing.py). No
    constraint leads from here to other tables, so that a new one can take its place in
    a moment. A sub-specialization's people have rows for its specialization too, never
    for a family. Whoever has no address has one row without a place, who is retired
    none. Pages read it by ``Rows.listed_under()`` (directory/finder/rows.py).

    Somebody with three addresses has three rows; the ``first_in_…`` flags pick one of
    them for an area of each kind. ``ties`` holds groups, hospitals, systems and
    buildings as numbers (directory/finder/ties.py), so that neither leaving somebody
    out nor a hospital's list joins another table.
    """

    pk = models.CompositePrimaryKey("practitioner", "specialization", "number")
    practitioner = models.ForeignKey(Practitioner, models.DO_NOTHING, **LOOSE)
    specialization = models.ForeignKey(Specialization, models.DO_NOTHING, **LOOSE)
    number = models.SmallIntegerField()
    place = models.ForeignKey(Place, models.DO_NOTHING, null=True, **LOOSE)
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
    other_names = SearchVectorField(
        null=True,
        help_text="Further words of the last name, each behind the specialization.",
    )

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
            GinIndex(
                fields=["other_names"],
                condition=Q(other_names__isnull=False),
                name="listing_other_names",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.npi} under {self.specialization_id} at {self.zip_code}"
