"""What a list can be narrowed by: only what leads to somebody.

Where nothing but the area narrows a list, the choices and their numbers are
precomputed. Elsewhere one query tries each state, city and rung until it meets one
person; switches, hospitals and groups are taken from the first people found and have
numbers only when those are all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from directory.finder.finding import Finder
from directory.finder.numbers import TOTAL, Numbers, fetch_parts, left_out_sql
from directory.finder.rows import Sql
from directory.finder.searching import EXACT_UP_TO, SWITCHES, Search, Way, beginnings_of
from directory.finder.ties import SHIFT
from directory.models import Place, PractitionerCount, Specialization
from directory.values.states import STATES

MOST_CITIES = 60
MOST_ORGANIZATIONS = 60


@dataclass(frozen=True)
class Option:
    """A value of a select; its text has a number where it is exact."""

    value: str
    text: str
    is_chosen: bool


@dataclass
class Choices:
    """Links and options, each of which leads to somebody."""

    states: list[Way] = field(default_factory=list)
    cities: list[Way] = field(default_factory=list)
    rungs: list[Way] = field(default_factory=list)
    hospitals: list[Option] = field(default_factory=list)
    groups: list[Option] = field(default_factory=list)
    switches: set[str] = field(default_factory=set)

    def keep_what_is_on(self, finder: Finder) -> None:
        """Let what is chosen stand among the choices, or sending the form drops it."""
        search = finder.search
        self.switches |= {name for name in SWITCHES if getattr(search, name)}
        for options, one, key in (
            (self.hospitals, finder.hospital, search.hospital),
            (self.groups, finder.group, search.group),
        ):
            if one is not None and not any(each.is_chosen for each in options):
                options.insert(0, Option(key, one.name, is_chosen=True))


def look_around(
    finder: Finder,
    rungs: Iterable[Specialization],
    counts: dict[int, PractitionerCount],
) -> tuple[Numbers, Choices]:
    """Return how many fit and what narrows the list further: at most one query.

    ``counts`` are the precomputed numbers of the area, of the specialization and of its
    rungs; a circle has none.
    """
    search = finder.search
    numbers, found = Numbers(), Choices()
    parts: list[Sql | None] = []
    if search.is_filtered:
        parts = [(TOTAL, []), (SWITCHES_ON_OFFER, []), left_out_sql(finder)]
        parts += _rungs(finder, rungs)
        if finder.circle is None and search.place is None:
            parts.append(_areas(finder))
    elif row := counts.get(search.specialization.pk):
        numbers = Numbers(row.practitioners, row.includes_demo)
        found = precomputed(search, rungs, counts, row)
    if search.near or (search.place and (parts or numbers.total)):
        parts += _organizations(finder)
    if parts:
        asked = [part for part in parts if part is not None]
        rows = fetch_parts(finder.somebody_sql(), asked)
        _add(found, numbers, search, rows, {rung.pk: rung for rung in rungs})
    return numbers, found


def precomputed(
    search: Search,
    rungs: Iterable[Specialization],
    counts: dict[int, PractitionerCount],
    row: PractitionerCount,
) -> Choices:
    """Return the choices of an area that nothing narrows: at most one query."""
    numbers = {
        "telehealth": row.with_telehealth,
        "physicians": row.physicians,
        "teaching": row.at_teaching_hospital,
    }
    return Choices(
        states=[] if search.state else states_of(search),
        cities=cities_of(search) if search.state and not search.place else [],
        rungs=[
            Way(
                rung.title_plural,
                replace(search, specialization=rung).url(),
                counts[rung.pk].practitioners,
            )
            for rung in rungs
            if rung.pk in counts
        ],
        switches={name for name, one in numbers.items() if 0 < one < row.practitioners},
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
        )
        for row in rows
        if row.place
    ]


# A switch that leaves some people in, and physicians only where some are not.
SWITCHES_ON_OFFER = """
    SELECT 'switch', name, '', '', 0
    FROM (SELECT bool_or(has_telehealth) AS telehealth,
                 bool_or(is_physician) AND NOT bool_and(is_physician) AS physicians,
                 bool_or(is_at_teaching_hospital) AS teaching
          FROM somebody) AS found,
         LATERAL (VALUES ('telehealth', telehealth), ('physicians', physicians),
                         ('teaching', teaching)) AS each (name, is_there)
    WHERE is_there
"""


def _rungs(finder: Finder, rungs: Iterable[Specialization]) -> list[Sql]:
    """Return a query for each rung: its key, if somebody is on it."""
    tries: list[Sql] = []
    for rung in rungs:
        lower = replace(finder, search=replace(finder.search, specialization=rung))
        if not lower.is_hopeless:
            text, parameters = lower.anybody_sql()
            tries.append((RUNG.format(text), [str(rung.pk), *parameters]))
    return tries


RUNG = "SELECT 'rung', %s, '', '', 0 FROM ({}) AS one"


def _areas(finder: Finder) -> Sql:
    """Return a query of the states, or of the largest cities, where somebody is.

    A hospital's or a group's people are few: they are grouped. Others are many: each
    area is tried until one of them is met.
    """
    search = finder.search
    rows = finder.rows()
    words = beginnings_of(search.name)
    if search.state:
        column, text, key = "place_id", CITIES, "place_id"
        rows = rows.where("state = %s AND first_in_place", search.state)
    else:
        column, text, key = "state", STATES_WITH, 'state COLLATE "C"'  # as the listing
        rows = rows.where("first_in_state")
    if search.hospital or search.group:
        some, parameters = rows.beginning_anywhere(*words).select(
            [f"DISTINCT {column}"]
        )
        return text.format(f"({some}) AS area (key)"), parameters
    known = CANDIDATES.format(key, "NOT" if search.state else "")
    tried = rows.beginning(*words).where(f"{column} = area.key")
    somebody, parameters = tried.first(1, ["npi"])
    found = f"SELECT key FROM ({known}) AS area CROSS JOIN LATERAL ({somebody}) AS one"
    parameters = [search.specialization.pk, search.state, *parameters]
    if words:  # those of a double name are few as well
        later, theirs = rows.beginning_later(*words).select([column])
        found, parameters = f"{found} UNION {later}", [*parameters, *theirs]
    return text.format(f"({found}) AS area (key)"), parameters


CANDIDATES = f"""
    SELECT {{}} AS key FROM directory_practitionercount
    WHERE specialization_id = %s AND state <> '' AND %s IN (state, '')
      AND place_id IS {{}} NULL
    ORDER BY practitioners DESC LIMIT {MOST_CITIES}
"""
STATES_WITH = "SELECT 'state', area.key::text, '', '', 0 FROM {}"
CITIES = """
    SELECT 'city', place.id::text, place.name::text, place.slug::text, 0
    FROM {} JOIN directory_place AS place ON place.id = area.key
"""


def _organizations(finder: Finder) -> list[Sql]:
    """Return queries of hospitals and of groups of the first people who fit.

    A chosen hospital narrows the groups, and a chosen group the hospitals, as the form
    sends both; neither narrows its own choices. The number is 0 where there may be
    more people than were looked at.
    """
    search = finder.search
    everybody: Sql = ("SELECT * FROM somebody", [])
    if not (search.hospital or search.group):
        return [(ORGANIZATIONS.format(everybody[0]), [["hospital", "group"], ""])]
    found: list[Sql] = []
    for kind, chosen, wider in (
        ("hospital", search.hospital, replace(finder, hospital=None)),
        ("group", search.group, replace(finder, group=None)),
    ):
        text, parameters = wider.somebody_sql() if chosen else everybody
        found.append((ORGANIZATIONS.format(text), [*parameters, [kind], chosen]))
    return found


ORGANIZATIONS = f"""
    WITH person AS MATERIALIZED ({{}}),
    tied AS (
        SELECT tie & ((1::bigint << {SHIFT}) - 1) AS id, count(*) AS number
        FROM (SELECT unnest(ties) AS tie FROM person) AS every_tie
        WHERE tie > 0
        GROUP BY tie
        HAVING count(*) > 1 OR (SELECT count(*) FROM person) <= {EXACT_UP_TO}
    ), ranked AS (
        SELECT organization.kind, organization.ccn || organization.pac_id AS key,
               organization.name, tied.number,
               row_number() OVER (PARTITION BY organization.kind ORDER BY
                   tied.number DESC, organization.sort_key, organization.id) AS rank
        FROM tied
        JOIN directory_organization AS organization ON organization.id = tied.id
        WHERE organization.kind = ANY(%s)
          AND organization.retired_at IS NULL
    )
    SELECT kind::text, key, name::text, '',
           CASE WHEN (SELECT count(*) FROM person) <= {EXACT_UP_TO}
                THEN number ELSE 0 END
    FROM ranked WHERE rank <= {MOST_ORGANIZATIONS} OR key = %s
"""


def _add(
    found: Choices,
    numbers: Numbers,
    search: Search,
    rows: Iterable[tuple[Any, ...]],
    rungs: dict[int, Specialization],
) -> None:
    """Sort what the parts found into choices and numbers."""
    for kind, key, label, slug, number in rows:
        if kind in {"total", "left out"}:
            numbers.add(kind, key, number)
        elif kind == "switch":
            found.switches.add(key)
        elif kind == "rung":
            rung = rungs[int(key)]
            url = replace(search, specialization=rung).url()
            found.rungs.append(Way(rung.title_plural, url))
        elif kind == "state":
            found.states.append(Way(STATES[key], search.narrowed(key).url()))
        elif kind == "city":
            place = Place(pk=int(key), name=label, slug=slug, state=search.state)
            url = search.narrowed(search.state, place).url()
            found.cities.append(Way(label, url))
        else:
            options = found.hospitals if kind == "hospital" else found.groups
            text = f"{label} ({number:,})" if number else label
            options.append(Option(key, text, key in (search.hospital, search.group)))
    found.states.sort(key=lambda way: way.text)
    found.cities.sort(key=lambda way: way.text)
    found.hospitals.sort(key=lambda one: (one.text, one.value))
    found.groups.sort(key=lambda one: (one.text, one.value))
