"""What a hospital's page shows, and the counts that lead to it."""

from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.urls import reverse

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


def states() -> list[Way]:
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
        Way(STATES[state], reverse("directory:hospitals_in_state", args=[state]), count)
        for state, count in rows
    ]
    return sorted(ways, key=lambda way: way.text)


def hospital_context(hospital: Organization) -> dict[str, Any]:
    """Return what the template needs: at most seven queries."""
    people = Practitioner.objects.listed().at_hospital(hospital.ccn)
    doctors = doctors_by_specialization(hospital)
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
        "crumbs": crumbs(hospital),
        "shows_demo": hospital.is_demo
        or any(guide.is_demo for guide in guides)
        or (has_clinicians and people.filter(is_demo=True).exists()),
    }


def doctors_by_specialization(hospital: Organization) -> list[Way]:
    """Return specializations with doctors linked to this hospital: two queries.

    A specialization's number holds its sub-specializations, as its list does.
    """
    counts = rung_counts(Practitioner.objects.listed().at_hospital(hospital.ccn))
    found = Specialization.objects.with_doctors().filter(pk__in=counts)
    return [
        Way(one.name, Search(one, hospital=hospital.ccn).url(), counts[one.pk])
        for one in found.order_by("name", "pk")
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


def crumbs(hospital: Organization) -> list[tuple[str, str]]:
    """Return the lists between the home page and this hospital."""
    found = [("Hospitals", reverse("directory:hospitals"))]
    if hospital.location:
        state = hospital.location.place.state
        address = reverse("directory:hospitals_in_state", args=[state])
        found.append((STATES[state], address))
    return found


def ways(hospital: Organization) -> list[tuple[str, str]]:
    """Return where to go from a hospital that is no longer listed."""
    return crumbs(hospital)[1:]
