"""Doctors side by side: what differs first, then what is the same. Pure.

The doctors come by ``with_titles()`` and ``bring_ties()``; the first of them is whom
the others are compared with. A cell without lines means that the files do not say.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from directory.hospitals.words import rating_words
from directory.independence import (
    Independence,
    Level,
    LevelVerdict,
    Side,
    Verdict,
    compare,
    side_of_doctor,
)
from directory.models import Organization, Practice, Practitioner
from directory.nearby import SAME_CITY, Spot, distance_between, spot_of

MOST_LINES = 3  # of a cell, so that four doctors fit on one sheet


@dataclass(frozen=True)
class Line:
    """One thing in a cell: a text, perhaps with a link, perhaps with words about it.

    ``key`` tells organizations of the same name apart.
    """

    text: str
    url: str = ""
    note: str = ""
    key: int = 0


@dataclass(frozen=True)
class Cell:
    """What is known of one doctor; for the rest there is no room."""

    lines: tuple[Line, ...] = ()
    rest: tuple[Line, ...] = ()

    @property
    def more(self) -> int:
        """How many things are not shown."""
        return len(self.rest)


@dataclass(frozen=True)
class Row:
    """One kind of fact, a cell for each doctor in their order."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether not all doctors are alike here; silence is unlike a fact."""
        return len(set(self.cells)) > 1


@dataclass(frozen=True)
class Comparison:
    """The rows of a comparison in three groups."""

    independence: list[Row]
    differing: list[Row]
    same: list[Row]


def compare_doctors(
    doctors: Sequence[Practitioner], start: Spot | None = None
) -> Comparison:
    """Compare one to four doctors; distances are from the middle of a ZIP code.

    Without one they are from the first doctor's nearest address.
    """
    rows = [Row(label, tuple(map(cell_of, map(of, doctors)))) for label, of in FACTS]
    if start is not None or len(doctors) > 1:
        rows.append(distance_row(doctors, start))
    return Comparison(
        independence_rows(doctors) if len(doctors) > 1 else [],
        [row for row in rows if row.differs],
        [row for row in rows if not row.differs],
    )


def cell_of(lines: Iterable[Line]) -> Cell:
    """Return the first few of some lines, each once, and the rest behind them."""
    found = tuple(dict.fromkeys(lines))
    return Cell(found[:MOST_LINES], found[MOST_LINES:])


FIRST = "The first, with whom the others are compared"
LEFT_OUT = "The doctor whose colleagues you leave out"


def independence_rows(doctors: Sequence[Practitioner]) -> list[Row]:
    """Return whether each works where the first one works: altogether, then by level.

    What is compared stands in the rows of facts.
    """
    first, *others = map(side_of_doctor, doctors)
    found = [compare(first, other) for other in others]
    whole = [Cell((_whole_line(one),)) for one in found]
    rows = [Row("Altogether", (Cell((Line(FIRST),)), *whole))]
    for level in Level:
        own = Line("Known, see below" if first.facts[level] else "Not known")
        lines = [own, *(_level_line(one, level) for one in found)]
        rows.append(Row(f"Same {level}?", tuple(Cell((line,)) for line in lines)))
    return rows


def apart_row(
    subject: Practitioner | Organization, side: Side, doctors: Sequence[Practitioner]
) -> Row:
    """Return whether each works where somebody works whose colleagues are left out."""
    lines = [
        Line(LEFT_OUT) if doctor == subject else _apart_line(side, doctor)
        for doctor in doctors
    ]
    return Row("Altogether", tuple(Cell((line,)) for line in lines))


def _apart_line(side: Side, doctor: Practitioner) -> Line:
    """Return what all levels say together, with what is shared."""
    found = compare(side, side_of_doctor(doctor))
    if not found.shared:
        return _whole_line(found)
    return Line("Not independent", note="; ".join(map(_shared_words, found.shared)))


def _shared_words(one: LevelVerdict) -> str:
    names = ", ".join(fact.shown for fact in one.shared)
    return f"The same {one.level}: {names}"


WHOLE = {
    Verdict.SHARES: "Not independent: they share what is named below",
    Verdict.DIFFERS: "A different institution, as far as the files show",
    Verdict.UNKNOWN: "Not known",
}

MAY_BE_ONE = "a number without a name, or gone from the file, may mean the same"


def _whole_line(found: Independence) -> Line:
    """Return what all levels say together, and which of them say nothing.

    One institution has many addresses: another address is no other institution.
    """
    text = WHOLE[found.verdict]
    if found.verdict is not Verdict.DIFFERS:
        return Line(text)
    if found.perhaps_shared:
        text = "Perhaps the same institution: the names are alike"
    elif [one.level for one in found.differing] == [Level.ADDRESS]:
        text = "Another address; whether another institution, the files do not say"
    unknown = ", ".join(one.level for one in found.unknown)
    return Line(text, note=f"Not known: {unknown}" if unknown else "")


def _level_line(found: Independence, level: Level) -> Line:
    """Return the verdict on one level, with what is shared."""
    one = next(one for one in found.levels if one.level is level)
    if one.verdict is Verdict.SHARES:
        return Line("Shares", note="; ".join(fact.shown for fact in one.shared))
    if one.verdict is Verdict.UNKNOWN:
        return Line("Not known", note=MAY_BE_ONE if one.first and one.second else "")
    if one in found.perhaps_shared:
        return Line("Perhaps", note="names alike")
    return Line("Differs")


def distance_row(doctors: Sequence[Practitioner], start: Spot | None) -> Row:
    """Return how far each one's nearest address is, in miles as the crow flies."""
    first, *others = doctors
    if start is not None:
        cells = [_distance_cell([start], doctor) for doctor in doctors]
        return Row(f"Distance from ZIP code {start.zip_code}", tuple(cells))
    starts = spots_of(first)
    own = Cell((Line("Measured from here"),)) if starts else Cell()
    cells = [_distance_cell(starts, other) for other in others]
    return Row("Distance from the first doctor", (own, *cells))


def _distance_cell(starts: list[Spot], doctor: Practitioner) -> Cell:
    pairs = [distance_between(a, b) for a in starts for b in spots_of(doctor)]
    known = sorted(
        (miles, words == SAME_CITY, words) for miles, words in filter(None, pairs)
    )
    return Cell((Line(known[0][-1]),)) if known else Cell()


def spots_of(doctor: Practitioner) -> list[Spot]:
    """Return where somebody's addresses lie, as far as known."""
    found = (spot_of(one.location) for one in doctor.listed_practices)
    return sorted({spot for spot in found if spot})


def _titles(doctor: Practitioner) -> Iterable[Line]:
    return map(Line, doctor.titles)


def _addresses(doctor: Practitioner) -> list[Line]:
    return sorted(map(_address, doctor.listed_practices), key=lambda line: line.text)


def _address(practice: Practice) -> Line:
    where = practice.location
    parts = [where.line_1, where.line_2, f"{where.place} {where.zip_code}".strip()]
    text = ", ".join(part for part in parts if part)
    return Line(text, note=practice.phone or "no telephone number")


def _groups(doctor: Practitioner) -> list[Line]:
    return _named(
        one.organization for one in doctor.listed_practices if one.organization
    )


def _hospitals(doctor: Practitioner) -> list[Line]:
    linked = [one.organization for one in doctor.listed_affiliations]
    around = [one for one, _ in doctor.hospitals_by_address if one not in linked]
    lines = {_hospital(one) for one in linked}
    lines |= {
        replace(line, note=f"{line.note} By an address in its building.")
        for line in map(_hospital, around)
    }
    return sorted(lines, key=lambda line: (line.text, line.key))


def _hospital(hospital: Organization) -> Line:
    if hospital.retired_at:
        note = "No longer in the hospital file."
        return Line(hospital.name, note=note, key=hospital.pk)
    note = rating_words(hospital.rating, hospital.rating_note)
    return Line(hospital.name, hospital.get_absolute_url(), note, hospital.pk)


def _systems(doctor: Practitioner) -> list[Line]:
    members = [one.organization for one in doctor.listed_affiliations]
    members += [one.organization for one in doctor.listed_practices if one.organization]
    return _named(one.system for one in members if one.system)


def _named(organizations: Iterable[Organization]) -> list[Line]:
    lines = {Line(one.name, key=one.pk) for one in organizations}
    return sorted(lines, key=lambda line: (line.text, line.key))


def _telehealth(doctor: Practitioner) -> list[Line]:
    if doctor.has_telehealth is None:
        return []
    return [Line("Yes" if doctor.has_telehealth else "No")]


def _graduation(doctor: Practitioner) -> list[Line]:
    return [Line(str(doctor.graduation_year))] if doctor.graduation_year else []


FACTS: list[tuple[str, Callable[[Practitioner], Iterable[Line]]]] = [
    ("Specialization", _titles),
    ("Credential", lambda one: [Line(one.credential)] if one.credential else []),
    ("School", lambda one: [Line(one.medical_school)] if one.medical_school else []),
    ("Graduated", _graduation),
    ("Visits by video or phone", _telehealth),
    ("Addresses", _addresses),
    ("Group practice", _groups),
    ("Hospitals and their rating", _hospitals),
    ("Health system", _systems),
]
