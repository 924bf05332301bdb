"""The page that compares doctors: who was chosen, what is said about the rest."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from directory import parameters
from directory.along import MOST, Along, read_choice
from directory.comparison import Cell, Comparison, Row, apart_row, compare_doctors
from directory.finder.apart import Apart, apart_from
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
    """Return what the template needs: at most ten queries, and two for who is left out.

    Raises BadRequest for what nobody types.
    """
    typed, near = read_choice(query), parameters.typed(query, "near")
    circle, near_error = read_start(near)
    numbers = [one for one in typed if any(map(str.isdigit, one))]
    others = [one for one in typed if one not in numbers]
    words = [one for one in others if one.strip("().:").lower() not in LABEL]
    chosen = find_chosen(numbers)
    name = " ".join(words)[: parameters.LONGEST]
    along = Along.read(query, near=circle.zip_code if circle else "", compare="")
    along, apart = taken_along(chosen, along)
    columns = columns_of(chosen, along)
    comparison = None
    if chosen.doctors:
        spot = Spot(circle.middle, circle.zip_code) if circle else None
        comparison = compare_doctors(chosen.doctors, spot)
    return {
        "columns": columns,
        "npis": chosen.npis,
        "notes": notes_of(chosen, name, along),
        "groups": groups_of(comparison, columns, apart) if comparison else [],
        "sources": sources_of(chosen.doctors, apart),
        "corrections": corrections_of(chosen.doctors),
        "is_compared": len(chosen.doctors) > 1,
        "has_distances": circle is not None or len(chosen.doctors) > 1,
        "cannot_show": CANNOT_SHOW,
        "along": along,
        "apart": apart,
        "everybody_url": replace(along, apart_from="").comparison(chosen.npis),
        "near": near,
        "near_error": near_error,
        "estimated": circle.zip_code if circle and not circle.is_exact else "",
        "has_room": len(chosen.doctors) < MOST,
        "ways": ways_to_more(chosen.doctors, along, apart),
        "crumbs": [],
        "shows_demo": any(doctor.is_demo for doctor in chosen.doctors)
        or bool(apart and apart.subject.is_demo),
    }


def taken_along(chosen: Chosen, along: Along) -> tuple[Along, Apart | None]:
    """Return what goes along, and whose colleagues are left out: at most two queries.

    Nobody, where the others are compared with that doctor as it is. A number that
    nobody has goes no further, and a note says so.
    """
    errors: dict[str, str] = {}
    apart = apart_from(along.apart_from, errors)
    chosen.notes += [
        f"Your lists leave out nobody. {along.apart_from}: {error}"
        for error in errors.values()
    ]
    along = replace(along, apart_from=apart.number if apart else "")
    along = along.comparing(doctor.npi for doctor in chosen.doctors)
    is_first = bool(apart) and along.npis[:1] == [along.apart_from]
    return along, None if is_first else apart


def notes_of(chosen: Chosen, name: str, along: Along) -> list[Note]:
    """Return what there is to say; ``name`` was typed for a number, or is empty."""
    notes = list(map(Note, chosen.notes))
    for doctor in chosen.gone:
        text = (
            f"{doctor.full_name} is no longer listed in the public files, so nothing "
            "can be compared."
        )
        url = doctor.get_absolute_url() + along.query
        notes.append(Note(text, url, f"Find somebody instead of {doctor.name}"))
    if name:
        text = f"“{name}” is no NPI, which has ten digits."
        url = along.by_name("directory:finder", name)
        notes.append(Note(text, url, f"Find doctors named “{name}”"))
    return notes


def groups_of(
    comparison: Comparison, columns: list[Column], apart: Apart | None
) -> list[tuple[str, list[tuple[str, list[tuple[Column, Cell]]]]]]:
    """Return (heading, rows); a row is (label, cells), a cell (column, what it has)."""
    same = "What is the same, or known of nobody"
    groups = [
        (f"Who works apart from {columns[0].name}", comparison.independence),
        ("What differs", comparison.differing),
        (same if len(columns) > 1 else "What the public files say", comparison.same),
    ]

    if apart:
        doctors = [column.doctor for column in columns]
        row = apart_row(apart.subject, apart.side, doctors)
        which = "whom" if apart.is_doctor else "which"
        heading = f"Who works apart from {apart.subject.name}, {which} you leave out"
        groups.insert(0, (heading, [row]))

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


def sources_of(doctors: list[Practitioner], apart: Apart | None) -> list[str]:
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
    return sorted({*map(str, releases), *(apart.sources if apart else ())})


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


def columns_of(chosen: Chosen, along: Along) -> list[Column]:
    """Return the doctors with links that remove each, or compare with each.

    Who is waiting takes the place of one who is removed.
    """
    columns = []
    npis = chosen.npis
    for doctor, name in zip(chosen.doctors, told_apart(chosen.doctors), strict=True):
        url = doctor.get_absolute_url() + along.query
        others = [npi for npi in npis if npi != doctor.npi]
        is_first = doctor.npi == npis[0]
        first_url = "" if is_first else along.comparison([doctor.npi, *others])
        remove_url = along.comparison(others)
        columns.append(Column(doctor, name, url, remove_url, first_url))
    return columns


def ways_to_more(
    doctors: list[Practitioner], along: Along, apart: Apart | None
) -> list[Way]:
    """Return lists of the first doctor's kind, near and independent: one query.

    Near the ZIP code that distances are from, or else in the doctor's city; who is left
    out stays left out. None where nobody more has room.
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
    search = Search(kind, apart_from=along.apart_from, compare=along.compare)
    if along.near:
        search = replace(search, near=along.near)
    elif first.listed_practices:
        place = first.listed_practices[0].location.place
        search = search.narrowed(place.state, place)
    works = apart.works if apart else f"{first.name} works"
    left_out = f"{search.title}, without whoever works where {works}"
    if search.apart_from:
        return [Way(left_out, search.url())]
    apart_url = replace(search, apart_from=first.npi).url()
    return [Way(search.title, search.url()), Way(left_out, apart_url)]
