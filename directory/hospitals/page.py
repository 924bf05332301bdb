"""What a hospital's page shows, and the counts that lead to it."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.urls import reverse

from directory.along import NOTHING, Along
from directory.finder.searching import Search, Way
from directory.guides import guides_about
from directory.hospitals.around import siblings_and_neighbors
from directory.hospitals.measure_chart import WIDTH, measure_groups
from directory.hospitals.words import (
    RATING_MEANING,
    ownership_words,
    stars,
    type_words,
)
from directory.models import (
    Correction,
    Organization,
    Practitioner,
    PractitionerSpecialization,
    Specialization,
)
from directory.models.practitioner import PractitionerQuerySet
from directory.values.states import STATES


def states(along: Along = NOTHING) -> list[Way]:
    """Return the states with hospitals: one query."""
    rows = (
        Organization.objects.listed()
        .hospitals()
        .exclude(location=None)
        .values_list("location__place__state")
        .annotate(Count("pk"))
        .order_by("location__place__state")
    )
    ways = [
        Way(STATES[state], _in_state(state) + along.query, count)
        for state, count in rows
    ]
    return sorted(ways, key=lambda way: way.text)


def _in_state(state: str) -> str:
    return reverse("directory:hospitals_in_state", args=[state])


def hospital_context(hospital: Organization, along: Along) -> dict[str, Any]:
    """Return what the template needs: at most seven queries."""
    people = Practitioner.objects.listed().at_hospital(hospital.ccn)
    is_left_out = along.apart_from == hospital.ccn
    here = replace(along, apart_from="") if is_left_out else along
    doctors = doctors_by_specialization(hospital, here)
    has_clinicians = bool(doctors) or people.exists()  # some are of no specialization
    guides = guides_about(hospital)
    corrections = list(hospital.corrections.all())
    return {
        "hospital": hospital,
        "corrections": corrections,
        "corrects_phone": any(
            one.field == Correction.Field.PHONE for one in corrections
        ),
        "type_words": type_words(hospital.hospital_type),
        "ownership_words": ownership_words(hospital.ownership),
        "stars": stars(hospital.rating) if hospital.rating else "",
        "rating_meaning": RATING_MEANING,
        "measures": measure_groups(hospital.measures),
        "bar_width": WIDTH,
        "around": siblings_and_neighbors(hospital),
        "doctors": doctors,
        "has_clinicians": has_clinicians,
        "guides": guides,
        "along": along,
        "is_left_out": is_left_out,
        "same_state_url": same_state_url(hospital, here),
        "leave_out_url": along.leaving_out(hospital.ccn),
        "crumbs": crumbs(hospital, along),
        "shows_demo": hospital.is_demo
        or any(guide.is_demo for guide in guides)
        or (has_clinicians and people.filter(is_demo=True).exists()),
    }


def same_state_url(hospital: Organization, along: Along) -> str:
    """Return the finder that looks in the state of a hospital."""
    if hospital.location is None:
        return along.finder_url
    query = {"state": hospital.location.place.state} | along.parameters
    return reverse("directory:finder", query=query)


def doctors_by_specialization(hospital: Organization, along: Along) -> list[Way]:
    """Return specializations with doctors linked to this hospital: two queries.

    A specialization's number holds its sub-specializations, as its list does. Where
    some are left out of that, nobody has counted the rest.
    """
    counts = rung_counts(Practitioner.objects.listed().at_hospital(hospital.ccn))
    found = Specialization.objects.with_doctors().filter(pk__in=counts)
    searches = [
        Search(
            one,
            hospital=hospital.ccn,
            apart_from=along.apart_from,
            compare=along.compare,
        )
        for one in found.order_by("name", "pk")
    ]
    if along.apart_from:
        counts = {}
    return [
        Way(one.specialization.name, one.url(), counts.get(one.specialization.pk, 0))
        for one in searches
    ]


def rung_counts(practitioners: PractitionerQuerySet) -> dict[int, int]:
    """Return specialization -> how many of ``practitioners`` it has: one query.

    A sub-specialization's people count for its specialization too, once each.
    """
    rows = PractitionerSpecialization.objects.filter(
        practitioner__in=practitioners
    ).values_list(
        "practitioner",
        "specialization",
        "specialization__level",
        "specialization__parent",
    )
    people: dict[int, set[int]] = defaultdict(set)
    for practitioner, specialization, level, parent in rows.order_by():
        people[specialization].add(practitioner)
        if parent and level == Specialization.Level.SUB_SPECIALIZATION:
            people[parent].add(practitioner)
    return {specialization: len(found) for specialization, found in people.items()}


def crumbs(hospital: Organization, along: Along) -> list[tuple[str, str]]:
    """Return the lists between the home page and this hospital."""
    found = [("Hospitals", reverse("directory:hospitals") + along.query)]
    if hospital.location:
        state = hospital.location.place.state
        found.append((STATES[state], _in_state(state) + along.query))
    return found


def ways(hospital: Organization, along: Along) -> list[tuple[str, str]]:
    """Return where to go from a hospital that is no longer listed."""
    return crumbs(hospital, along)[1:]
