"""What the list of a specialization's doctors shows: at most eight queries a page."""

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.urls import reverse

from directory.models import Organization, Place, PractitionerCount, Specialization
from directory.pagination import Page, page_of
from directory.searching import (
    Found,
    Search,
    Way,
    cities_of,
    count_at_hospital,
    hospitals_of,
    states_of,
    ways_on,
)
from directory.states import STATES


def find_search(
    specialization: Specialization, state: str, city: str, hospital: str
) -> tuple[Search, Found]:
    """Return the search and what it finds; Http404 for a city that is not there.

    Without a hospital all numbers are precomputed: one query, and one more for a city
    without such doctors. With one they are counted.
    """
    search = Search(specialization, state, hospital=hospital)
    if hospital:
        if city:
            search = replace(search, place=find_place(state, city))
        return search, count_at_hospital(search)
    rows = PractitionerCount.objects.filter(
        Q(specialization=specialization) | Q(specialization__parent=specialization),
        state=state,
    ).select_related("place", "specialization")
    rows = rows.filter(place__slug=city) if city else rows.filter(place=None)
    total, rungs, counts_demo, place = 0, [], False, None
    for row in rows.order_by("specialization__name", "pk"):
        if row.specialization_id == specialization.pk:
            total, counts_demo = row.practitioners, row.includes_demo
            place = row.place
        else:
            rungs.append((row.specialization, row.practitioners))
    if city:
        search = replace(search, place=place or find_place(state, city))
    return search, Found(total, rungs, counts_demo)


def find_place(state: str, city: str) -> Place:
    """Return the city or raise Http404."""
    place = Place.objects.listed().filter(state=state, slug=city).first()
    if place is None:
        raise Http404("no such city")
    return place


def find_hospital(ccn: str) -> Organization:
    """Return the hospital or raise Http404."""
    hospital = Organization.objects.listed().hospitals().filter(ccn=ccn).first()
    if hospital is None:
        raise Http404("no such hospital")
    return hospital


def list_context(
    search: Search, found: Found, *, after: str, before: str
) -> dict[str, Any]:
    """Return what the template of a list needs; Http404 for a page past the end."""
    page = Page([])
    if found.total:
        people = search.practitioners.for_list()
        page = page_of(people, after=after, before=before)
    if not page.practitioners and (found.total or after or before):
        raise Http404("no such page")
    for person in page.practitioners:
        in_area = [one for one in person.listed_practices if _is_in(search, one)]
        person.listed_practices = in_area or person.listed_practices
    filters = narrower(search, found)
    return {
        "search": search,
        "specialization": search.specialization,
        "total": found.total,
        "counted": search.specialization.counted(found.total),
        "page": page,
        "is_first_page": not (after or before),
        "previous_address": search.url(before=page.before) if page.before else "",
        "next_address": search.url(after=page.after) if page.after else "",
        "all_hospitals_url": replace(search, hospital="").url(),
        "rungs": rungs_of(search, found),
        "crumbs": crumbs_of(search),
        "shows_demo": found.counts_demo
        or any(way.counts_demo for way in filters["ways"]),
        **filters,
    }


def _is_in(search: Search, practice: Any) -> bool:
    place = practice.location.place
    if search.place:
        return bool(place.pk == search.place.pk)
    return not search.state or place.state == search.state


def narrower(search: Search, found: Found) -> dict[str, Any]:
    """Return the filters that lead somewhere: one query.

    States, then cities, then hospitals; where nobody fits, the ways on instead.
    """
    none: dict[str, Any] = {
        "states": [],
        "cities": [],
        "hospitals": [],
        "chosen_hospital": None,
        "ways": [],
    }
    if not found.total:
        hospital = find_hospital(search.hospital) if search.hospital else None
        return none | {"ways": ways_on(search), "chosen_hospital": hospital}
    if search.place or search.hospital:
        hospitals = hospitals_of(search)
        chosen = [one for one in hospitals if one.ccn == search.hospital]
        shown = hospitals if search.place else chosen
        return none | {
            "hospitals": shown,
            "chosen_hospital": chosen[0] if chosen else None,
        }
    if search.state:
        return none | {"cities": cities_of(search)}
    return none | {"states": states_of(search)}


def rungs_of(search: Search, found: Found) -> list[Way]:
    """Return the sub-specializations that somebody here has, each its own address."""
    return [
        Way(child.title_plural, replace(search, specialization=child).url(), count)
        for child, count in found.rungs
    ]


def crumbs_of(search: Search) -> list[tuple[str, str]]:
    """Return the way from the home page to this list."""
    plain = replace(search, hospital="")
    crumbs = [
        ("Home", reverse("home")),
        ("Find a doctor", reverse("directory:finder")),
        (search.specialization.name, search.specialization.get_absolute_url()),
        (
            search.specialization.title_plural,
            replace(plain, state="", place=None).url(),
        ),
    ]
    if search.state:
        crumbs.append((STATES[search.state], replace(plain, place=None).url()))
    if search.place:
        crumbs.append((search.place.name, plain.url()))
    if not search.hospital:
        crumbs[-1] = (crumbs[-1][0], "")
    else:
        crumbs.append(("One hospital", ""))
    return crumbs
