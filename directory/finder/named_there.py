"""Whom a name with more beside it means: "Dr. Patel Dallas", "Lee heart surgeon"."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from directory.finder.cities_meant import words_of_kind
from directory.finder.finding import Finder
from directory.finder.named import branches_of
from directory.finder.people import people_of
from directory.finder.rows import LAST, Rows, Sql, all_of
from directory.finder.searching import TITLES, Search, beginnings_of, words_of
from directory.finder.sought import ANYBODY, BEFORE_NAMES, Sought
from directory.models import Practitioner
from directory.sql import fetch_rows
from directory.values.sort_keys import sort_key

# An index leads to who has a name in a place for one kind of doctors: each is asked. A
# walk through all who have it would be long where nobody of a frequent name is there.
# OFFSET 0 keeps the planner from joining them in another way.
HAS_NAME_THERE = """
    id = ANY(ARRAY(
        SELECT practitioner_id FROM directory_specialization AS kind
        CROSS JOIN LATERAL (
            SELECT there.practitioner_id FROM directory_listing AS there
            WHERE there.specialization_id = kind.id AND {}
              AND there.sort_key >= %s AND there.sort_key < %s OFFSET 0
        ) AS found))
"""
# Few have a name as a further one.
IS_THERE = """
    (SELECT true FROM directory_listing AS there
     WHERE there.practitioner_id = directory_practitioner.id AND {} LIMIT 1)
"""
WHOLE, THERE, ELSEWHERE, OF_KIND = range(4)


@dataclass
class PeopleMeant:
    """People of a name: of the whole, or those who ``are_there``, in the place.

    ``are_elsewhere`` is whether others have it, and nobody there. ``of_kind`` are
    searches for the name among a kind of doctors, each with somebody.
    """

    found: list[Practitioner] = field(default_factory=list)
    has_more: bool = False
    are_there: bool = False
    are_elsewhere: bool = False
    of_kind: list[Search] = field(default_factory=list)


def name_in(text: str, kind: Any = None) -> str:
    """Return the name in "doctor Patel", or beside a kind of doctors."""
    known = TITLES.union(BEFORE_NAMES, ANYBODY.split())
    known |= words_of_kind(kind) if kind else set()
    words = [one for one in text.split() if not known.issuperset(sort_key(one).split())]
    return " ".join(words).strip(",")


def people_meant(
    whole: str, name: str, sought: Sought, kind: Any, *, most: int
) -> PeopleMeant:
    """Return who is called ``whole``, or else ``name``, in the place if there is one.

    One query, three where somebody is. If ``name`` stands beside a kind, searches are
    for both, in the whole country where nobody is nearer; people only where there are
    none. Either name may be empty.
    """
    queries = _first(WHOLE, branches_of(whole) if whole else [], most + 1)
    searches = list(_searches(name, sought, kind)) if name and kind else []
    for at, search in enumerate(searches, OF_KIND):
        circle = sought.circle if search.near else None
        text, parameters = Finder(search, circle).anybody_sql()
        queries.append((f"SELECT {at}, '', '', 0 FROM ({text}) AS found", parameters))  # noqa: S608 (ours)
    if name and (sought.where or kind or name != whole):
        there = _branches_there(name, sought) if sought.where else branches_of(name)
        queries += _first(THERE, there, most + 1)
        queries += _first(ELSEWHERE, branches_of(name), 1)
    rows = sorted(fetch_rows(*all_of(queries))) if queries else []
    of_kind = [searches[tag - OF_KIND] for tag, *_ in rows if tag >= OF_KIND]
    best = rows[0][0] if rows and not of_kind else None
    keys = [pk for tag, _, _, pk in rows if tag == best and tag <= THERE]
    return PeopleMeant(
        people_of(keys[:most]),
        has_more=len(keys) > most,
        are_there=best == THERE,
        are_elsewhere=best == ELSEWHERE,
        of_kind=[one for one in of_kind if one.where] or of_kind,
    )


def _first(tag: int, branches: list[Rows], number: int) -> list[Sql]:
    columns = [str(tag), "sort_key", "npi", "id"]
    return [one.first(number, columns) for one in branches]


def _branches_there(name: str, sought: Sought) -> list[Rows]:
    """Return people of a name in the place, apart where an index has them apart."""
    people = Rows.listed_people().named(words_of(name))
    words = beginnings_of(name)
    where, place = _where(sought)
    has_name = HAS_NAME_THERE.format(where)
    return [
        *(people.where(has_name, place, word, word + LAST) for word in words),
        people.beginning_later(*words).where(IS_THERE.format(where), place),
    ]


def _where(sought: Sought) -> tuple[str, Any]:
    """Return the condition that a row of the listing is of the place."""
    if sought.circle:
        zip_codes = sought.circle.zip_codes
        return "there.zip_code = ANY(%s) AND there.first_in_zip", zip_codes
    if sought.places:
        keys = [one.pk for one in sought.places]
        return "there.place_id = ANY(%s) AND there.first_in_place", keys
    return "there.state = %s AND there.first_in_state", sought.state


def _searches(name: str, sought: Sought, kind: Any) -> Iterator[Search]:
    """Yield searches for a name among a kind: in each place, then everywhere."""
    everywhere = Search(kind, name=name)
    if sought.circle:
        yield Search(kind, near=sought.circle.zip_code, name=name)
    elif sought.places:
        for place in sought.places:
            yield everywhere.narrowed(place.state, place)
    elif sought.state:
        yield everywhere.narrowed(sought.state)
    yield everywhere
