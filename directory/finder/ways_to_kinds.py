"""From the kinds of doctors that a search found to lists of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.db.models import F
from django.urls import reverse

from directory.finder.searching import Search
from directory.finder.sought import Sought
from directory.models import Place, PractitionerCount, Specialization
from directory.nearby import MILES_A_DEGREE, Spot, distance_between

MOST_CITIES = 3
WITHIN = 50  # miles

Link = tuple[str, str]  # text, address


@dataclass(frozen=True)
class Led:
    """A kind of doctors with links to lists, each of which has somebody.

    ``none_in`` is where nobody is known, for a sentence: "in Houston, Texas".
    """

    kind: Specialization
    links: list[Link]
    none_in: str = ""


def led_to(kinds: Iterable[Any], sought: Sought, *, looks_around: bool) -> list[Led]:
    """Return the kinds with links to where they were sought, or near: a query, or none.

    ``kinds`` are as kinds_named() annotates them. A city without the first kind leads
    to the nearest cities that have it if ``looks_around``; one without any kind to its
    state.
    """
    return [
        _led(one, sought, looks_around=looks_around and not at)
        for at, one in enumerate(kinds)
    ]


def _led(kind: Any, sought: Sought, *, looks_around: bool) -> Led:
    titles = kind.titles_in_sentence
    if kind.is_there and sought.what:
        query = {"specialization": kind.slug, "where": sought.where}
        address = reverse("directory:finder", query=query)
        return Led(kind, [(f"Find {titles} {sought.area}", address)])
    if not kind.doctors:
        return Led(kind, [])
    everywhere = (f"Find {titles}", Search(kind).url())
    if not (sought.where and sought.what):
        return Led(kind, [everywhere])
    links: list[Link] = []
    if sought.place and looks_around:
        links += _cities_around(kind, sought.place)
    if sought.place and kind.in_state:
        search = Search(kind, sought.place.state)
        links.append((f"{kind.counted(kind.in_state)}{search.where}", search.url()))
    return Led(kind, links or [everywhere], sought.area)


def _cities_around(kind: Specialization, place: Place) -> list[Link]:
    """Return links to the nearest cities by the numbers counted ahead."""
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
        .alias(apart=north * north + east * east)
        .filter(apart__lte=high * high)
        .select_related("place")
        .order_by("apart", "pk")
    )
    return [
        _link_to(kind, row, place, row.place) for row in near[:MOST_CITIES] if row.place
    ]


def _link_to(
    kind: Specialization, row: PractitionerCount, place: Place, city: Place
) -> Link:
    search = Search(kind, city.state, city)
    text = f"{kind.counted(row.practitioners)}{search.where}{_how_far(place, city)}"
    return text, search.url()


def _how_far(place: Place, city: Place) -> str:
    """Return the distance behind a comma; empty where both lie amid one wider area."""
    here, there = [
        Spot((one.latitude or 0, one.longitude or 0), "", one.pk)
        for one in (place, city)
    ]
    found = distance_between(here, there)
    return f", {found[1][:1].lower()}{found[1][1:]}" if found else ""
