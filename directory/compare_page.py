"""The page that compares doctors: who was chosen, what is said about the rest."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse

from directory import parameters
from directory.comparison import Cell, Comparison, Row, compare_doctors
from directory.finder.filters import UNKNOWN_ZIP, read_zip
from directory.finder.searching import Search, Way
from directory.independence import CANNOT_SHOW
from directory.models import (
    Affiliation,
    Correction,
    Practice,
    Practitioner,
    PractitionerSpecialization,
    SourceRelease,
    Specialization,
)
from directory.models.practitioner import REPLACEMENTS
from directory.nearby import Circle, Spot, circle_around
from directory.people_ties import bring_ties
from directory.shortlist import MOST, carrying, comparison_url, joined, read_choice
from directory.sql import fetch_rows
from directory.values.npi import is_npi

# What stands beside the number on a doctor's page, and is copied along.
LABEL = frozenset({"npi", "national", "provider", "identifier"})


@dataclass
class Chosen:
    """Up to four doctors in the order chosen, and a sentence for each one missing.

    Whoever had no room is ``waiting`` until another one is removed; whoever is
    ``gone`` has a page that leads on.
    """

    doctors: list[Practitioner] = field(default_factory=list)
    waiting: list[Practitioner] = field(default_factory=list)
    gone: list[Practitioner] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def npis(self) -> list[str]:
        """The numbers of those shown, then of those waiting."""
        return [doctor.npi for doctor in (*self.doctors, *self.waiting)]


@dataclass(frozen=True)
class Note:
    """A sentence about the choice, perhaps with a link that leads on."""

    text: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Column:
    """A doctor of the comparison and what can be done with them."""

    doctor: Practitioner
    name: str  # as told_apart() has it
    url: str  # of their page, which takes the comparison along
    remove_url: str
    first_url: str  # empty for the first


def find_chosen(numbers: list[str]) -> Chosen:
    """Return whom the numbers mean: two queries, five where somebody has moved on."""
    known = {one.npi: one for one in _people(numbers)}
    lost = [
        number
        for number in numbers
        if number not in known or known[number].retired_at is not None
    ]
    moved = _replacements(lost)
    chosen = Chosen()
    for number in numbers:
        doctor = moved.get(number) or known.get(number)
        if doctor is None:
            chosen.notes.append(_unknown(number))
        elif doctor.retired_at:
            chosen.gone.append(doctor)
        elif doctor in (*chosen.doctors, *chosen.waiting):
            chosen.notes.append(f"{number} is {doctor.full_name} as well.")
        elif len(chosen.doctors) == MOST:
            chosen.waiting.append(doctor)
            chosen.notes.append(
                f"{doctor.full_name} had no room: {MOST} doctors can be compared. "
                "Remove one to make room."
            )
        else:
            chosen.doctors.append(doctor)
            if number in moved:
                text = f"{number} is now {doctor.npi}, {doctor.full_name}."
                chosen.notes.append(text)
    return chosen


def _people(numbers: list[str]) -> list[Practitioner]:
    wanted = [number for number in numbers if parameters.NPI.fullmatch(number)]
    if not wanted:
        return []
    return bring_ties(Practitioner.objects.filter(npi__in=wanted).with_titles())


def _replacements(numbers: list[str]) -> dict[str, Practitioner]:
    """Return old number -> the listed person who has another one now."""
    if not numbers:
        return {}
    chain = fetch_rows(
        f"{REPLACEMENTS} SELECT asked, npi FROM chain WHERE npi <> asked",  # noqa: S608 (ours)
        [numbers],
    )
    found = {one.npi: one for one in _people([new for _, new in chain])}
    return {
        old: found[new]
        for old, new in chain
        if new in found and not found[new].retired_at
    }


def _unknown(number: str) -> str:
    if is_npi(number):
        return f"Nobody in the public files has the number {number}."
    return (
        f"“{number}” is no NPI. An NPI has ten digits and stands on a doctor’s page: "
        "check the digits."
    )


def compare_context(query: QueryDict) -> dict[str, Any]:
    """Return what the template needs: at most ten queries.

    Raises BadRequest for what nobody types.
    """
    typed, near = read_choice(query), parameters.typed(query, "near")
    circle, near_error = read_start(near)
    numbers = [one for one in typed if any(map(str.isdigit, one))]
    others = [one for one in typed if one not in numbers]
    words = [one for one in others if one.strip("().:").lower() not in LABEL]
    chosen = find_chosen(numbers)
    name = " ".join(words)[: parameters.LONGEST]
    start = circle.zip_code if circle else ""  # goes along to other pages
    columns = columns_of(chosen.npis, chosen.doctors, near, start)
    comparison = None
    if chosen.doctors:
        spot = Spot(circle.middle, circle.zip_code) if circle else None
        comparison = compare_doctors(chosen.doctors, spot)
    return {
        "columns": columns,
        "npis": chosen.npis,
        "notes": notes_of(chosen, name),
        "groups": groups_of(comparison, columns) if comparison else [],
        "sources": sources_of(chosen.doctors),
        "corrections": corrections_of(chosen.doctors),
        "is_compared": len(chosen.doctors) > 1,
        "has_distances": circle is not None or len(chosen.doctors) > 1,
        "cannot_show": CANNOT_SHOW,
        "near": near,
        "near_error": near_error,
        "estimated": circle.zip_code if circle and not circle.is_exact else "",
        "has_room": len(chosen.doctors) < MOST,
        "ways": ways_to_more(chosen.doctors, start),
        "finder_url": finder_url(chosen.npis, start),
        "crumbs": [],
        "shows_demo": any(doctor.is_demo for doctor in chosen.doctors),
    }


def notes_of(chosen: Chosen, name: str) -> list[Note]:
    """Return what there is to say; ``name`` was typed for a number, or is empty."""
    npis = [doctor.npi for doctor in chosen.doctors]
    notes = list(map(Note, chosen.notes))
    for doctor in chosen.gone:
        text = (
            f"{doctor.full_name} is no longer listed in the public files, so nothing "
            "can be compared."
        )
        url = carrying(doctor.get_absolute_url(), joined(npis))
        notes.append(Note(text, url, f"Find somebody instead of {doctor.name}"))
    if name:
        text = f"“{name}” is no NPI, which has ten digits."
        url = by_name_url(name, npis)
        notes.append(Note(text, url, f"Find doctors named “{name}”"))
    return notes


def groups_of(
    comparison: Comparison, columns: list[Column]
) -> list[tuple[str, list[tuple[str, list[tuple[Column, Cell]]]]]]:
    """Return (heading, rows); a row is (label, cells), a cell (column, what it has)."""
    same = "What is the same, or known of nobody"
    groups = [
        (f"Who works apart from {columns[0].name}", comparison.independence),
        ("What differs", comparison.differing),
        (same if len(columns) > 1 else "What the public files say", comparison.same),
    ]

    def shown(row: Row) -> tuple[str, list[tuple[Column, Cell]]]:
        return row.label, list(zip(columns, row.cells, strict=True))

    return [(heading, list(map(shown, rows))) for heading, rows in groups if rows]


def told_apart(doctors: list[Practitioner]) -> list[str]:
    """Return their names, with the NPI where two are called alike."""
    names = [doctor.name for doctor in doctors]
    return [
        f"{name} ({doctor.npi})" if names.count(name) > 1 else name
        for name, doctor in zip(names, doctors, strict=True)
    ]


def sources_of(doctors: list[Practitioner]) -> list[str]:
    """Return the releases of all that is compared, ratings too: one query."""
    keys = {doctor.last_release_id for doctor in doctors}
    for doctor in doctors:
        links: list[Practice | Affiliation] = [
            *doctor.listed_practices,
            *doctor.listed_affiliations,
        ]
        keys |= {one.release_id for one in links}
        places = [one.organization for one in links if one.organization]
        places += [one.system for one in places if one.system]
        keys |= {one.last_release_id for one in places if one.last_release_id}
    releases = SourceRelease.objects.filter(pk__in=keys)
    return sorted(map(str, releases))


def corrections_of(doctors: list[Practitioner]) -> list[Correction]:
    """Return what was set by hand of all that is compared: one query."""
    organizations: set[int | None] = set()
    for doctor in doctors:
        organizations |= {one.organization_id for one in doctor.listed_practices}
        organizations |= {one.organization_id for one in doctor.listed_affiliations}
    of_organizations = Q(practitioner=None, organization__in=organizations - {None})
    found = Correction.objects.filter(Q(practitioner__in=doctors) | of_organizations)
    return list(
        found.exclude(field=Correction.Field.GONE).select_related(
            "practitioner", "organization", "location__place"
        )
    )


def read_start(near: str) -> tuple[Circle | None, str]:
    """Return the ZIP code that distances are from, and what is wrong: one query."""
    if not near:
        return None, ""
    try:
        circle = circle_around(read_zip(near), 0)
    except ValueError as error:
        return None, str(error)
    return circle, "" if circle else UNKNOWN_ZIP


def columns_of(
    npis: list[str], doctors: list[Practitioner], near: str, start: str
) -> list[Column]:
    """Return the doctors with links that remove each, or compare with each.

    ``npis`` may have more, who take the place of one who is removed. ``near`` is the
    ZIP code as typed, ``start`` as known.
    """
    columns = []
    compare = joined([doctor.npi for doctor in doctors])
    for doctor, name in zip(doctors, told_apart(doctors), strict=True):
        url = carrying(doctor.get_absolute_url(), compare, start)
        others = [npi for npi in npis if npi != doctor.npi]
        is_first = doctor.npi == npis[0]
        first_url = "" if is_first else comparison_url([doctor.npi, *others], near)
        remove_url = comparison_url(others, near)
        columns.append(Column(doctor, name, url, remove_url, first_url))
    return columns


def finder_url(npis: list[str], start: str) -> str:
    """Return the finder, which takes the comparison along and asks where."""
    along = {"compare": joined(npis), "where": start}
    query = {name: value for name, value in along.items() if value}
    return reverse("directory:finder", query=query)


def by_name_url(name: str, npis: list[str]) -> str:
    """Return the finder's people of a name that was typed for a number."""
    carried = {"compare": joined(npis)} if npis else {}
    return reverse("directory:finder", query={"name": name} | carried) + "#by-name"


def ways_to_more(doctors: list[Practitioner], start: str) -> list[Way]:
    """Return lists of the first doctor's kind, near and independent: one query.

    Near the ZIP code that distances are from, or else in the doctor's city. None where
    nobody more has room.
    """
    if not 0 < len(doctors) < MOST:
        return []
    first = doctors[0]
    kinds = Specialization.objects.filter(
        pk__in=PractitionerSpecialization.objects.filter(
            practitioner=first, is_primary=True
        ).values("specialization")
    )
    kind = kinds.order_by("pk").first()
    if kind is None:
        return []
    search = Search(kind, compare=joined([doctor.npi for doctor in doctors]))
    if start:
        search = replace(search, near=start)
    elif first.listed_practices:
        place = first.listed_practices[0].location.place
        search = search.narrowed(place.state, place)
    apart = replace(search, apart_from=first.npi)
    return [
        Way(search.title, search.url()),
        Way(
            f"{search.title}, without whoever works where {first.name} works",
            apart.url(),
        ),
    ]
