"""Cities and street addresses."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from directory.slugs import SLUG_FORMAT
from directory.values.states import STATES
from directory.values.street_lines import building_of, street_behind


class PlaceQuerySet(models.QuerySet["Place"]):
    """Read after the model: ``Place.objects.listed()``."""

    def listed(self) -> Self:
        """Keep what the public may see: every place."""
        return self.all()


class Place(models.Model):
    """A city in a state. The same name in two states is two places."""

    name = models.CharField(max_length=100)
    state = models.CharField(max_length=2, choices=STATES)
    slug = models.SlugField(max_length=100)
    sort_key = models.CharField(
        max_length=100, help_text="Unaccented lower-case name: there is no collation."
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["state", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["state", "slug"], name="place_unique"),
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT), name="place_slug_format"
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(STATES)), name="place_state_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="place_coordinates_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"


class Location(models.Model):
    """A street address where somebody practises or a hospital stands."""

    place = models.ForeignKey(
        Place,
        models.PROTECT,
        db_constraint=False,
        db_index=False,  # location_unique begins with it
        related_name="locations",
    )
    line_1 = models.CharField(max_length=200)
    line_2 = models.CharField(max_length=200, blank=True)
    building_line = models.TextField(
        editable=False, help_text="What the street lines of a building have in common."
    )
    zip_code = models.CharField(max_length=5, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["place", "line_1", "line_2", "pk"]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="location_coordinates"),
            models.Index(
                fields=["place", "zip_code", "building_line"], name="location_building"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "zip_code", "line_1", "line_2"],
                name="location_unique",
            ),
            models.CheckConstraint(
                condition=Q(zip_code="") | Q(zip_code__regex=r"^\d{5}$"),
                name="location_zip_format",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="location_coordinates_paired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street}, {self.place}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the line to compare by, as imports do."""
        self.building_line = building_of(self.line_1, self.line_2)
        super().save(*args, **kwargs)

    @property
    def geo_uri(self) -> str:
        """The link to a map, as RFC 5870 has it; empty without coordinates.

        They are those of the ZIP code's middle, or of the city's: no file has the
        building's.
        """
        if self.latitude is None or self.longitude is None:
            return ""
        return f"geo:{self.latitude:.4f},{self.longitude:.4f}"

    @property
    def street(self) -> str:
        """The line that names the building: the second one behind a suite."""
        is_behind = self.line_2 and self.building_line == street_behind(self.line_2)
        return self.line_2 if self.building_line and is_behind else self.line_1

    @property
    def building(self) -> tuple[int, str, str]:
        """What two suites of one building have in common, however they are written."""
        return self.place_id, self.zip_code, self.building_line


class ZipCode(models.Model):
    """The middle of a ZIP code, to measure distances from.

    Some ZIP codes have no area of their own (post office boxes, single buildings):
    those that somebody's address has lie amid the addresses, as an estimate.
    """

    zip_code = models.CharField("ZIP code", max_length=5, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_estimate = models.BooleanField(default=False)

    class Meta:
        ordering = ["zip_code"]
        indexes = [
            models.Index(fields=["latitude", "longitude"], name="zip_code_coordinates")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(zip_code__regex=r"^\d{5}$"), name="zip_code_format"
            ),
        ]

    def __str__(self) -> str:
        return self.zip_code
