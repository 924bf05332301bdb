"""A doctor as a list shows one: words ready to print.

A template that looked each of these up would take longer than the page's queries.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from directory.along import NOTHING, Along
from directory.independence import Independence, LevelVerdict
from directory.models import Practice, Practitioner

MOST_PRACTICES = 2
MOST_HOSPITALS = 3
NO_GROUP = "Own practice, or no group named"


@dataclass(frozen=True)
class Card:
    """``places`` holds (text, telephone), the group's name first where it changes.

    ``compare_url`` is empty for who is in the comparison. ``shared``, ``differing`` and
    ``unknown`` are levels of independence, empty where nobody is left out; so are
    those of ``perhaps_shared``, whose names do not tell two numbers apart.
    """

    npi: str
    name: str
    full_name: str
    url: str
    titles: str
    is_demo: bool
    distance: str
    places: list[tuple[str, str]]
    has_more_places: bool
    hospitals: list[str]
    has_more_hospitals: bool
    shared: str
    differing: str
    perhaps_shared: str
    unknown: str
    compare_url: str
    apart_url: str


def card_of(
    doctor: Practitioner,
    practices: list[Practice],
    *,
    along: Along = NOTHING,
    distance: str = "",
    independence: Independence | None = None,
) -> Card:
    """Return the card of somebody with titles and ties, at some of their addresses.

    ``along`` is what goes along to their page and to the comparison.
    """
    hospitals = [one.name for one in doctor.listed_hospitals]
    differing = independence.differing if independence else []
    perhaps = independence.perhaps_shared if independence else []
    return Card(
        npi=doctor.npi,
        name=doctor.name,
        full_name=doctor.full_name,
        url=doctor.get_absolute_url() + along.query,
        titles=", ".join(doctor.titles),
        is_demo=doctor.is_demo,
        distance=distance,
        places=_places(practices[:MOST_PRACTICES]),
        has_more_places=len(practices) > MOST_PRACTICES,
        hospitals=hospitals[:MOST_HOSPITALS],
        has_more_hospitals=len(hospitals) > MOST_HOSPITALS,
        shared=_levels(independence.shared) if independence else "",
        differing=_levels(one for one in differing if one not in perhaps),
        perhaps_shared=_levels(perhaps),
        unknown=_levels(independence.unknown) if independence else "",
        compare_url=along.comparison_with(doctor.npi),
        apart_url=along.leaving_out(doctor.npi),
    )


def _places(practices: list[Practice]) -> list[tuple[str, str]]:
    lines, last = [], None
    for one in practices:
        if one.organization != last:
            name = one.organization.name if one.organization else NO_GROUP
            lines.append((name, ""))
            last = one.organization
        lines.append((str(one.location), one.phone))
    return lines


def _levels(levels: Iterable[LevelVerdict]) -> str:
    return ", ".join(one.level for one in levels)
