"""Ties as numbers: what the finder's table keeps of groups, hospitals and buildings.

Two people share something exactly where two of their numbers are equal. An
organization's number holds the specialization of the row too, so that one index entry
leads to, say, the cardiologists of a hospital. A building's number is negative, the
beginning of an MD5 sum: no key is needed and none can be reused.
"""

import hashlib

from directory.independence import Level, Side

SHIFT = 40  # organizations stay below 2^40, specializations below 2^22


def organization_tie(specialization: int, organization: int) -> int:
    """Return the number of an organization in the rows of a specialization."""
    return (specialization << SHIFT) + organization


def building_tie(place: int, zip_code: str, street: str) -> int:
    """Return the number of a building; BUILDING_TIE is a location's in SQL."""
    text = f"{place}|{zip_code}|{street}"
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return -int(digest[:15], 16)


BUILDING_TIE = """
    CASE WHEN location.building_line <> '' THEN
        -(('x0' || left(md5(concat_ws(
            '|', location.place_id, location.zip_code, location.building_line
        )), 15))::bit(64)::bigint)
    END
"""


def ties_on(side: Side, level: Level, specialization: int) -> list[int]:
    """Return the numbers of a side on one level, in the rows of a specialization.

    Rows have the number of a hospital under which a file links their person to it:
    people who share it may have another one. Those of whoever practises in its
    building, without a link, have the building's.
    """
    found: list[int] = []
    for fact in side.facts.get(level, ()):
        if isinstance(fact.key, tuple):
            found.append(building_tie(*fact.key))
        else:
            numbers = fact.numbers or (fact.key,)
            found += [organization_tie(specialization, one) for one in numbers]
        if fact.building:
            found.append(building_tie(*fact.building))
    return sorted(found)
