"""The nearest cities with doctors of a kind, by the numbers counted ahead."""

from math import cos, radians

from django.db.models import F

from directory.models import Place, PractitionerCount, Specialization
from directory.nearby import MILES_A_DEGREE, Spot, distance_between

MOST_CITIES = 3
WITHIN = 50  # miles


def cities_around(
    kind: Specialization, place: Place, most: int = MOST_CITIES
) -> list[tuple[Place, int]]:
    """Return the nearest other cities with the number of such doctors: one query.

    None, and no query, where nobody knows where the place is.
    """
    if place.latitude is None or place.longitude is None:
        return []
    narrow = cos(radians(place.latitude))  # a degree of longitude is so much shorter
    high = WITHIN / MILES_A_DEGREE
    wide = high / narrow
    north = F("place__latitude") - place.latitude
    east = (F("place__longitude") - place.longitude) * narrow
    near = (
        PractitionerCount.objects.filter(
            specialization=kind,
            place__latitude__range=(place.latitude - high, place.latitude + high),
            place__longitude__range=(place.longitude - wide, place.longitude + wide),
        )
        .exclude(place=place)
        .alias(apart=north * north + east * east)
        .filter(apart__lte=high * high)
        .select_related("place")
        .order_by("apart", "pk")
    )
    return [(row.place, row.practitioners) for row in near[:most] if row.place]


def how_far(place: Place, city: Place) -> str:
    """Return the distance behind a comma; empty where both lie amid one wider area."""
    here, there = [
        Spot((one.latitude or 0, one.longitude or 0), "", one.pk)
        for one in (place, city)
    ]
    found = distance_between(here, there)
    return f", {found[1][:1].lower()}{found[1][1:]}" if found else ""
