"""One search of the directory: a specialization, narrowed by place and hospital."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from django.db.models import Count, Q

from directory.addresses import address
from directory.models import (
    Organization,
    Place,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
    Specialization,
)
from directory.models.practitioner import PractitionerQuerySet
from directory.states import STATES


@dataclass(frozen=True)
class Way:
    """A link that leads somewhere, with how many people wait there."""

    text: str
    url: str
    count: int = 0
    counts_demo: bool = False

    @property
    def number(self) -> str:
        """The count as a reader reads it."""
        return f"{self.count:,}"


@dataclass(frozen=True)
class Search:
    """What is asked for; ``state`` is an abbreviation, ``hospital`` a number."""

    specialization: Specialization
    state: str = ""
    place: Place | None = None
    hospital: str = ""

    @property
    def practitioners(self) -> PractitionerQuerySet:
        """Everybody who fits, without an order of their own."""
        found = Practitioner.objects.listed().doing(self.specialization)
        if self.state:
            found = found.practising_in(self.state, self.place)
        return found.at_hospital(self.hospital) if self.hospital else found

    @property
    def area(self) -> str:
        """Where, behind "in": Houston, Texas; empty for the whole country."""
        state = STATES.get(self.state, "")
        return f"{self.place.name}, {state}" if self.place else state

    def url(self, **parameters: str) -> str:
        """Return the address of this search; a cursor is among ``parameters``."""
        args = [self.specialization.slug]
        if self.state:
            args.append(self.state.lower())
        if self.place:
            args.append(self.place.slug)
        if self.hospital:
            parameters = {"hospital": self.hospital} | parameters
        query = f"?{urlencode(parameters)}" if parameters else ""
        return address("directory:doctors", *args) + query

    def narrowed(self, state: str, place: Place | None = None) -> Self:
        """Return the same search in a state or a city."""
        return replace(self, state=state, place=place)

    def widened(self) -> list[Self]:
        """Return the same search further and further out, hospital aside."""
        wider = []
        if self.hospital:
            wider.append(replace(self, hospital=""))
        if self.place:
            wider.append(replace(self, hospital="", place=None))
        if self.state:
            wider.append(replace(self, hospital="", place=None, state=""))
        return wider

    def one_rung_up(self) -> Self | None:
        """Return the search for the wider specialization, or None at the top."""
        parent = self.specialization.parent
        if parent is None or parent.is_family:
            return None
        return replace(self, specialization=parent, hospital="")


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


@dataclass(frozen=True)
class Found:
    """How many fit, the lower rungs with how many each, whether one is made up."""

    total: int = 0
    rungs: list[tuple[Specialization, int]] = field(default_factory=list)
    counts_demo: bool = False


def count_at_hospital(search: Search) -> Found:
    """Count who fits, on each rung: one query.

    The specializations carry what a link needs and nothing else.
    """
    rows = PractitionerSpecialization.objects.filter(
        Q(specialization=search.specialization)
        | Q(specialization__parent=search.specialization),
        practitioner__in=search.practitioners,
    ).values_list(
        "practitioner",
        "specialization",
        "specialization__slug",
        "specialization__title_plural",
        "practitioner__is_demo",
    )
    counts_demo = False
    people: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    for person, pk, slug, title, demo in rows.order_by("specialization__name", "pk"):
        people[pk, slug, title].add(person)
        counts_demo = counts_demo or demo
    rungs = [
        (Specialization(pk=pk, slug=slug, title_plural=title), len(found))
        for (pk, slug, title), found in people.items()
        if pk != search.specialization.pk
    ]
    return Found(len(set().union(*people.values())), rungs, counts_demo)


def hospitals_of(search: Search) -> list[Organization]:
    """Return the hospitals that those found are linked to, by name: one query.

    Each has ``doctors``, how many of them; a chosen hospital does not narrow it.
    """
    found = replace(search, hospital="").practitioners
    hospitals = Organization.objects.listed().hospitals()
    return list(
        hospitals.filter(affiliations__practitioner__in=found)
        .annotate(doctors=Count("affiliations__practitioner", distinct=True))
        .order_by("sort_key", "pk")
    )


def states_of(search: Search) -> list[Way]:
    """Return the states with such people: one query."""
    rows = PractitionerCount.objects.by_state().filter(
        specialization=search.specialization
    )
    ways = [
        Way(
            STATES[row.state],
            search.narrowed(row.state).url(),
            row.practitioners,
            row.includes_demo,
        )
        for row in rows
    ]
    return sorted(ways, key=lambda way: way.text)


def cities_of(search: Search) -> list[Way]:
    """Return the cities of the search's state with such people: one query."""
    rows = PractitionerCount.objects.by_city(search.state).filter(
        specialization=search.specialization
    )
    return [
        Way(
            row.place.name,
            search.narrowed(search.state, row.place).url(),
            row.practitioners,
            row.includes_demo,
        )
        for row in rows
        if row.place
    ]


def ways_on(search: Search) -> list[Way]:
    """Return wider searches that find somebody, with their counts: one query."""
    wider = search.widened()
    up = search.one_rung_up()
    if up is not None:
        wider += [up, *up.widened()]
    rows = PractitionerCount.objects.filter(
        Q(place=None) | Q(place=search.place),
        specialization__in=[one.specialization for one in wider],
        state__in=["", search.state],
    )
    counts = {(row.specialization_id, row.state, row.place_id): row for row in rows}
    ways = []
    for one in wider:
        place = one.place.pk if one.place else None
        count = counts.get((one.specialization.pk, one.state, place))
        if count is not None:
            where = f"in {one.area}" if one.area else "in the whole country"
            text = f"{one.specialization.title_plural} {where}"
            ways.append(Way(text, one.url(), count.practitioners, count.includes_demo))
    return ways
