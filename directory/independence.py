"""Who works where somebody else works, as far as public files can tell. Pure.

Two sides, each a doctor or a hospital, are compared on four levels: address, group
practice, hospital (a unit counts as its hospital) and health system. On each level
they share something, differ, or it is unknown. "Differs" needs facts on both sides,
and of each what it is: a number without a name, or a hospital that left the file, ties
people together, but may be one of the others by now. "A different institution" needs
one level that differs, and more than the address, and none that is shared.

Two numbers may be one institution: organizations of one name, and hospitals whose names
begin alike, are perhaps the same. Most health systems name their hospitals so, and no
file may say which system has them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from directory.models import Location, Organization, Practitioner, SourceRelease
from directory.values.sort_keys import sort_key

Building = tuple[int, str, str]  # place, ZIP code and street line
Key = int | Building  # an organization's number, or a building

SMALL_WORDS = {"a", "and", "at", "for", "in", "of", "the"}
# What names of hospitals begin with, whoever has them: Memorial Hospital.
USUAL_WORDS = {"center", "community", "county", "general", "hospital"}
USUAL_WORDS |= {"medical", "memorial", "regional", "university"}

CANNOT_SHOW = [
    "who owns a practice, and contracts between institutions",
    "teaching posts, shared training and shared research",
    "friendships and family ties",
    "a move since the release of the files",
    "that two addresses are one, such as two entrances or two names of a building",
]


class Level(StrEnum):
    """Where two sides can meet, the closest first."""

    ADDRESS = "address"
    GROUP = "group practice"
    HOSPITAL = "hospital"
    SYSTEM = "health system"


class Verdict(StrEnum):
    """What the files say about two sides, on one level or on all."""

    SHARES = "shares"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fact:
    """One tie of a side; two facts are the same where their keys are equal."""

    key: Key
    name: str = field(compare=False)
    source: str = field(compare=False)  # dataset and release, empty where not known
    numbers: tuple[int, ...] = field(compare=False, default=())  # of a hospital
    building: Building | None = field(compare=False, default=None)  # of a hospital
    is_told_apart: bool = field(compare=False, default=True)  # from all others
    is_by_address: bool = field(compare=False, default=False)  # and by no link

    @property
    def shown(self) -> str:
        """The name, and of a hospital what makes it one with others, or a tie."""
        more = len(self.numbers)
        name = f"{self.name} ({more} CMS numbers, 1 address)" if more > 1 else self.name
        return f"{name}, by an address in its building" if self.is_by_address else name


@dataclass(frozen=True)
class Side:
    """A doctor or a hospital with its ties on the levels that apply to it.

    A level without facts is unknown. A level that is missing does not apply: a
    hospital is in no group practice.
    """

    facts: Mapping[Level, frozenset[Fact]]


@dataclass(frozen=True)
class LevelVerdict:
    """The verdict on one level, with the facts that it rests on, by name."""

    level: Level
    verdict: Verdict
    first: list[Fact]
    second: list[Fact]
    shared: list[Fact]

    @property
    def has_namesakes(self) -> bool:
        """Whether organizations of both sides have one name and two numbers."""
        names = {fact.name for fact in self.first} & {fact.name for fact in self.second}
        return bool(names) and self.level is not Level.ADDRESS

    @property
    def has_hospitals_alike(self) -> bool:
        """Whether names of hospitals of both sides begin with the same two words."""
        if self.level is not Level.HOSPITAL:
            return False
        first, second = (
            {name_beginning(fact.name) for fact in facts}
            for facts in (self.first, self.second)
        )
        return bool((first & second) - {""})

    @property
    def sources(self) -> list[str]:
        """The releases that the verdict rests on."""
        facts = (*self.first, *self.second)
        return sorted({fact.source for fact in facts if fact.source})


@dataclass(frozen=True)
class Independence:
    """Two sides compared on every level that applies to both."""

    levels: list[LevelVerdict]

    @property
    def verdict(self) -> Verdict:
        """Whether they share anything, or else differ on at least one level."""
        verdicts = {one.verdict for one in self.levels}
        for verdict in (Verdict.SHARES, Verdict.DIFFERS):
            if verdict in verdicts:
                return verdict
        return Verdict.UNKNOWN

    @property
    def shared(self) -> list[LevelVerdict]:
        """The levels on which they meet."""
        return [one for one in self.levels if one.verdict is Verdict.SHARES]

    @property
    def differing(self) -> list[LevelVerdict]:
        """The levels on which both sides are known and have nothing in common."""
        return [one for one in self.levels if one.verdict is Verdict.DIFFERS]

    @property
    def perhaps_shared(self) -> list[LevelVerdict]:
        """Of the differing levels those on which names do not tell the sides apart."""
        systems_differ = any(
            one.level is Level.SYSTEM and not one.has_namesakes
            for one in self.differing
        )
        return [
            one
            for one in self.differing
            if one.has_namesakes or (one.has_hospitals_alike and not systems_differ)
        ]

    @property
    def unknown(self) -> list[LevelVerdict]:
        """The levels on which the files are silent about one side or both."""
        return [one for one in self.levels if one.verdict is Verdict.UNKNOWN]

    @property
    def sources(self) -> list[str]:
        """Every release that this rests on."""
        return sorted({source for one in self.levels for source in one.sources})


def compare(first: Side, second: Side) -> Independence:
    """Compare two sides; the verdicts are the same whichever comes first."""
    levels = [level for level in Level if level in first.facts.keys() & second.facts]
    return Independence(
        [_on(level, first.facts[level], second.facts[level]) for level in levels]
    )


def _on(level: Level, first: frozenset[Fact], second: frozenset[Fact]) -> LevelVerdict:
    shared = _in_both(first, second)
    verdict = Verdict.UNKNOWN
    if shared:
        verdict = Verdict.SHARES
    elif first and second and all(fact.is_told_apart for fact in first | second):
        verdict = Verdict.DIFFERS
    return LevelVerdict(level, verdict, *map(_by_name, (first, second, shared)))


def _in_both(first: frozenset[Fact], second: frozenset[Fact]) -> frozenset[Fact]:
    """Return the facts of both sides; where one knows it by address, it says so."""
    facts = sorted((*first, *second), key=lambda fact: not fact.is_by_address)
    return frozenset(fact for fact in facts if fact in first and fact in second)


def name_beginning(name: str) -> str:
    """Return the first two words that say whose a hospital is, or an empty string.

    ``Memorial Hermann - Texas Medical Center`` -> ``memorial hermann``.
    """
    words = [word for word in sort_key(name).split() if word not in SMALL_WORDS][:2]
    return "" if USUAL_WORDS.issuperset(words) else " ".join(words)


def _by_name(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.name, repr(fact.key)))


type Facts = frozenset[Fact]
type Published = tuple[Organization, SourceRelease | None]


def side_of_doctor(doctor: Practitioner) -> Side:
    """Return the ties of a doctor who comes by ``bring_ties()``.

    A suite does not matter: the same street line is the same address. A practice
    without a group is unknown, not solo: some files leave it blank throughout. A
    hospital that is no longer listed still ties people together, and two numbers of one
    name at one address are one hospital.

    Who practises in a hospital's building is tied to whoever is linked to it. That
    alone tells nobody apart: the file of links may be silent about this doctor.
    """
    groups = [
        (practice.organization, practice.release)
        for practice in doctor.listed_practices
        if practice.organization is not None
    ]
    hospitals = [
        (affiliation.organization, affiliation.release)
        for affiliation in doctor.listed_affiliations
    ]
    return Side(
        {
            Level.ADDRESS: _addresses(
                (practice.location, practice.release)
                for practice in doctor.listed_practices
            ),
            Level.GROUP: frozenset(_organization(*one) for one in groups),
            Level.HOSPITAL: _hospitals(hospitals, doctor.hospitals_by_address),
            Level.SYSTEM: _systems(one for one, _ in (*groups, *hospitals)),
        },
    )


def side_of_hospital(hospital: Organization) -> Side:
    """Return a hospital's ties: itself, its address and its system.

    It comes by ``with_place()``, with its system, and ``with_twins()``.
    """
    address = [(hospital.location, hospital.last_release)] if hospital.location else []
    return Side(
        {
            Level.ADDRESS: _addresses(address),
            Level.HOSPITAL: frozenset({_hospital(hospital, hospital.last_release)}),
            Level.SYSTEM: _systems([hospital]),
        },
    )


def _addresses(
    found: Iterable[tuple[Location, SourceRelease | None]],
) -> frozenset[Fact]:
    """Return the addresses that have a street: a city alone is no building."""
    return frozenset(
        Fact(location.building, str(location), _source(release))
        for location, release in found
        if location.building_line
    )


def _organization(organization: Organization, release: SourceRelease | None) -> Fact:
    return Fact(organization.pk, organization.name, _source(release))


def _hospitals(linked: Iterable[Published], by_address: Iterable[Published]) -> Facts:
    """Return hospitals, those of links before the same ones by address."""
    facts = {_hospital(*one) for one in linked}
    is_told_apart = bool(facts)
    for one in by_address:
        fact = _hospital(*one)
        facts.add(
            replace(
                fact,
                is_told_apart=is_told_apart and fact.is_told_apart,
                is_by_address=True,
            )
        )
    return frozenset(facts)


def _hospital(hospital: Organization, release: SourceRelease | None) -> Fact:
    """Return a hospital, one fact whichever of its numbers a file has."""
    numbers = tuple(hospital.twins or [hospital.pk])
    there = hospital.location
    return Fact(
        numbers[0],
        hospital.name,
        _source(release),
        numbers,
        there.building if there and there.building_line else None,
        is_told_apart=not (hospital.is_stub or hospital.retired_at),
    )


def _systems(members: Iterable[Organization]) -> frozenset[Fact]:
    return frozenset(
        _organization(one.system, one.system.last_release)
        for one in members
        if one.system is not None
    )


def _source(release: SourceRelease | None) -> str:
    return "" if release is None else str(release)
