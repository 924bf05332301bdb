"""From the kinds of doctors that a search found to lists of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from directory.finder.cities_around import cities_around, how_far
from directory.finder.searching import Search
from directory.finder.sought import Sought
from directory.models import Place, Specialization

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
        links += _links_around(kind, sought.place)
    if sought.place and kind.in_state:
        search = Search(kind, sought.place.state)
        links.append((f"{kind.counted(kind.in_state)}{search.where}", search.url()))
    return Led(kind, links or [everywhere], sought.area)


def _links_around(kind: Specialization, place: Place) -> list[Link]:
    searches = [
        (Search(kind, city.state, city), number, how_far(place, city))
        for city, number in cities_around(kind, place)
    ]
    return [
        (f"{kind.counted(number)}{search.where}{far}", search.url())
        for search, number, far in searches
    ]
