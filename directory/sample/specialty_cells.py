"""The specialty columns of a row: ``pri_spec`` to ``sec_spec_all``."""

import csv
from functools import cache

from directory.data_files import ALIASES
from directory.sample.cells import cell
from directory.sample.chance import Chance
from directory.sample.specialties import SECOND, Specialty, specialties

OLD_NAME = 0.04  # of those whose specialty had another name in older releases
UNMAPPED_SHARE = 0.003
UNMAPPED = (
    "UNDEFINED PHYSICIAN TYPE (SPECIFY)",
    "SINGLE OR MULTISPECIALTY CLINIC OR GROUP PRACTICE",
    "UNDEFINED NON-PHYSICIAN TYPE (SPECIFY)",
)
USUAL_SECOND = 0.7
OTHER_SECOND = 0.12
ANOTHER = 0.3  # a third one, a fourth one, ...
MOST_SECONDS = 4


@cache
def old_names() -> dict[str, tuple[str, ...]]:
    """Return current name -> names that CMS used before."""
    found: dict[str, tuple[str, ...]] = {}
    with ALIASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["current"]] = (*found.get(row["current"], ()), row["seen"])
    return found


@cache
def related() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (family, profession) -> their specialties."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for one in specialties():
        key = (one.family, one.profession)
        found[key] = (*found.get(key, ()), one.cms)
    return found


def primary_name(chance: Chance, specialty: Specialty) -> str:
    """Return the specialty as a file writes it: rarely an old or an unknown name."""
    if chance.happens(UNMAPPED_SHARE):
        return chance.pick(UNMAPPED)
    old = old_names().get(specialty.cms, ())
    return chance.pick(old) if old and chance.happens(OLD_NAME) else specialty.cms


def seconds(chance: Chance, specialty: Specialty) -> list[str]:
    """Return the second specialties, none for most."""
    found = []
    usual = SECOND.get(specialty.cms)
    if usual and chance.happens(USUAL_SECOND):
        found.append(usual)
    share = OTHER_SECOND
    while len(found) < MOST_SECONDS and chance.happens(share):
        other = chance.pick(related()[specialty.family, specialty.profession])
        if other != specialty.cms and other not in found:
            found.append(other)
        share = ANOTHER
    return found


def specialty_cells(primary: str, others: list[str]) -> str:
    """Return the six cells."""
    columns = [*others, *("",) * (MOST_SECONDS - len(others))]
    return ",".join(map(cell, [primary, *columns, ", ".join(others)]))
