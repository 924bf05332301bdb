"""From the parameters of a list to a search whose names are all looked up."""

from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from django.db.models import Q

from directory.finder.apart import apart_from
from directory.finder.filters import UNKNOWN_ZIP, Filters
from directory.finder.finding import Finder
from directory.finder.searching import NotThereError, Search
from directory.models import Organization, Place, PractitionerCount, Specialization
from directory.nearby import Circle, circle_around
from directory.sql import fetch_prepared, object_of

NUMBER = [field.attname for field in PractitionerCount._meta.concrete_fields]
PLACE = [field.attname for field in Place._meta.concrete_fields]
COUNTS = f"""
    SELECT {", ".join(f"number.{name}" for name in NUMBER)},
           {", ".join(f"place.{name}" for name in PLACE)}
    FROM directory_practitionercount AS number
    LEFT JOIN directory_place AS place ON place.id = number.place_id
    WHERE number.specialization_id = ANY(%s::bigint[]) AND number.state = %s AND {{}}
"""  # noqa: S608 (names of ours)
THE_STATE = "number.place_id IS NULL"
THE_CITY = """
    number.place_id = (SELECT id FROM directory_place WHERE state = %s AND slug = %s)
"""


@dataclass
class Asked:
    """A specialization with its rungs, where, the precomputed numbers, the filters."""

    finder: Finder
    filters: Filters
    rungs: list[Specialization] = field(default_factory=list)
    counts: dict[int, PractitionerCount] = field(default_factory=dict)


def look_up(
    specialization: Specialization,
    rungs: list[Specialization],
    state: str,
    city: str,
    filters: Filters,
) -> Asked:
    """Look up the city, the circle, the organizations and whom to stay apart from.

    At most eight queries. What a person typed and nobody has becomes an error beside
    its field; what a link named and is not there raises NotThereError.
    """
    search = Search(specialization, state, **filters.values)
    counts: dict[int, PractitionerCount] = {}
    if not search.near:
        counts = counts_in([specialization, *rungs], state, city)
        if city:
            row = next(iter(counts.values()), None)
            place = row.place if row and row.place else find_place(search, city)
            search = replace(search, place=place)
    circle = _circle(search, filters)
    apart = apart_from(search.apart_from, filters.errors)
    if apart is not None:
        search = replace(search, apart_from=apart.number)
    hospital, group = _organizations(search)
    if hospital is not None:
        search = replace(search, hospital=hospital.ccn)
    has_lower_rungs = bool(search.near) or any(one.pk in counts for one in rungs)
    finder = Finder(search, circle, hospital, group, apart, has_lower_rungs)
    return Asked(finder, filters, rungs, counts)


def counts_in(
    specializations: list[Specialization], state: str, city: str
) -> dict[int, PractitionerCount]:
    """Return specialization -> precomputed numbers of an area: one query."""
    keys = [one.pk for one in specializations]
    rows = fetch_prepared(
        COUNTS.format(THE_CITY if city else THE_STATE),
        [keys, state, *((state, city) if city else ())],
    )
    counts = {}
    for row in rows:
        pk, *_ = place = row[len(NUMBER) :]
        held = {"place": object_of(Place, PLACE, place) if pk else None}
        count = object_of(PractitionerCount, NUMBER, row[: len(NUMBER)], **held)
        counts[count.specialization_id] = count
    return counts


def find_place(search: Search, city: str) -> Place:
    """Return the city; NotThereError leads to those with nearly the same name."""
    place = Place.objects.listed().filter(state=search.state, slug=city).first()
    if place is None:
        ways = ways_to_cities(search, places_alike(city, search.state))
        raise NotThereError("no such city", ways)
    return place


def ways_to_cities(search: Search, alike: list[Place]) -> list[tuple[str, str]]:
    """Return the search in cities whose names are nearly so, then in the state."""
    titles = search.specialization.title_plural
    near = [
        (f"{titles} in {place}", search.narrowed(place.state, place).url())
        for place in alike
    ]
    return [*near, (f"{titles} in {search.area}", search.url())]


def places_alike(slug: str, state: str = "", *, cutoff: float = 0.75) -> list[Place]:
    """Return a few places whose names are nearly so: one query, or two.

    The first letter is taken to be right, which keeps the whole country's names few.
    """
    places = Place.objects.listed().filter(slug__startswith=slug[:1])
    if state:
        places = places.filter(state=state)
    names = list(places.values_list("slug", flat=True).order_by("slug").distinct())
    alike = get_close_matches(slug, names, n=3, cutoff=cutoff)
    if not alike:
        return []
    found = places.filter(slug__in=alike).order_by("sort_key", "state", "pk")
    return list(found[:12])


def _circle(search: Search, filters: Filters) -> Circle | None:
    if not search.near:
        return None
    circle = circle_around(search.near, search.within)
    if circle is None:
        filters.errors["near"] = UNKNOWN_ZIP
    return circle


def _organizations(search: Search) -> tuple[Organization | None, Organization | None]:
    """Return the hospital and the group of a search; NotThereError for one not there.

    One query, three for a number that was found to mean another hospital.
    """
    wanted = Q()
    if search.hospital:
        wanted |= Q(ccn=search.hospital)
    if search.group:
        wanted |= Q(pac_id=search.group)
    if not wanted:
        return None, None
    listed = Organization.objects.listed()
    found = {one.kind: one for one in listed.filter(wanted)}
    hospital = found.get(Organization.Kind.HOSPITAL)
    if hospital is not None and hospital.same_as_id:
        hospital = listed.numbered(search.hospital)
    group = found.get(Organization.Kind.GROUP)
    if (search.hospital and hospital is None) or (search.group and group is None):
        ways = _ways_without(search, hospital or group)
        raise NotThereError("no such hospital or group practice", ways)
    return hospital, group


def _ways_without(search: Search, left: Organization | None) -> list[tuple[str, str]]:
    """Return the search in the one of its organizations that is left, and in none."""
    wider = replace(search, hospital="", group="")
    ways = [(wider.title, wider.url())]
    if left is not None:
        there = replace(wider, hospital=left.ccn, group=left.pac_id)
        ways.insert(0, (f"{there.title}: {left.name}", there.url()))
    return ways
