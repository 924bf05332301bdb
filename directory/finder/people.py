"""People as lists show them: what they are, where they practise, their hospitals.

Found by keys, with statements that are planned once and objects that are made of their
rows: a model's query takes six times as long for the twenty of a page.
"""

from collections.abc import Collection

from directory.finder.rows import Rows
from directory.models import Practitioner
from directory.models.practitioner import MEANT, TITLES
from directory.people_ties import bring_ties
from directory.sql import fetch_prepared, object_of

SHOWN = (
    *("id", "npi", "first_name", "middle_name", "last_name", "suffix", "credential"),
    *("sort_key", "is_demo"),
)


def people_of(keys: Collection[int]) -> list[Practitioner]:
    """Return people in the order of their keys: two queries, or none."""
    if not keys:
        return []
    rows = Rows.listed_people().where("id = ANY(%s::bigint[])", list(keys))
    found = {one.pk: one for one in bring_ties(_shown(rows))}
    return [found[key] for key in keys if key in found]


def person_meant(npi: str) -> Practitioner | None:
    """Return who has this NPI, or the one that replaces it, if anybody: two queries."""
    people = bring_ties(_shown(Rows.listed_people().where(MEANT, [npi])))
    return people[0] if people else None


def _shown(rows: Rows) -> list[Practitioner]:
    return [
        object_of(Practitioner, (*SHOWN, "titles"), row)
        for row in fetch_prepared(*rows.select([*SHOWN, TITLES]))
    ]
