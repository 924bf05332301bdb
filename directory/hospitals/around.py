"""Other hospitals to think of: of the same health system, and the nearest ones."""

from dataclasses import dataclass, field
from math import cos, radians

from django.db.models import Q

from directory.models import Organization
from directory.nearby import MILES_A_DEGREE, distance_between, spot_of

FARTHEST = 60  # miles
MOST_NEIGHBORS = 6
MOST_SIBLINGS = 12


@dataclass
class Around:
    """Siblings with how many more there are, and neighbors with their distance."""

    siblings: list[Organization] = field(default_factory=list)
    more_siblings: int = 0
    neighbors: list[tuple[Organization, str]] = field(default_factory=list)


def siblings_and_neighbors(hospital: Organization) -> Around:
    """Return what is around a hospital that comes by ``with_place()``: one query.

    Each condition is a query of its own inside it, so that an index leads to its rows.
    """
    wanted = [one for one in (_of_system(hospital), _in_box(hospital)) if one]
    if not wanted:
        return Around()
    hospitals = Organization.objects.listed().hospitals().filter(is_stub=False)
    keys = [hospitals.filter(one).values("pk").order_by() for one in wanted]
    found = list(
        hospitals.filter(pk__in=keys[0].union(*keys[1:]))
        .exclude(pk=hospital.pk)
        .select_related("location__place")
        .defer("measures")
        .order_by("sort_key", "pk")
    )
    system = hospital.system_id
    siblings = [one for one in found if system and one.system_id == system]
    return Around(
        siblings[:MOST_SIBLINGS],
        max(0, len(siblings) - MOST_SIBLINGS),
        nearest(hospital, found),
    )


def nearest(
    hospital: Organization, others: list[Organization]
) -> list[tuple[Organization, str]]:
    """Return the nearest of some hospitals within reach, with the distance in words."""
    here = spot_of(hospital.location)
    if here is None:
        return []
    spots = ((other, spot_of(other.location)) for other in others)
    found = ((other, distance_between(here, spot)) for other, spot in spots if spot)
    near = [
        (round(known[0]), other.sort_key, other.pk, other, known[1])
        for other, known in found
        if known and known[0] <= FARTHEST
    ]
    return [(other, words) for *_, other, words in sorted(near)[:MOST_NEIGHBORS]]


def _of_system(hospital: Organization) -> Q:
    return Q(system=hospital.system_id) if hospital.system_id else Q()


def _in_box(hospital: Organization) -> Q:
    """Return the square that holds the circle of what is within reach."""
    here = spot_of(hospital.location)
    if here is None:
        return Q()
    latitude, longitude = here.point
    high = FARTHEST / MILES_A_DEGREE
    wide = high / max(0.01, cos(radians(abs(latitude) + high)))
    return Q(
        location__latitude__range=(latitude - high, latitude + high),
        location__longitude__range=(longitude - wide, longitude + wide),
    )
