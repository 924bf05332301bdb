"""Made-up clinicians: identity, training and specialties from a number and a group."""

from collections.abc import Iterator
from typing import NamedTuple

from directory.sample import names
from directory.sample.cells import pac_id
from directory.sample.chance import Chance
from directory.sample.groups import SURNAMES
from directory.sample.releases import (
    CHANGES_NAME,
    CHANGES_TELEHEALTH,
    CYCLE,
    has_changed,
)
from directory.sample.specialties import Specialty, SpecialtyChooser, specialties
from directory.values.npi import NPI_PREFIX, luhn_total

CLINICIAN = 6  # kind of chance
LARGEST_NUMBER = 9_999_999  # 99, seven digits, check digit
NPI_START = "99"
PAC_KIND = 0
GENDERS_UNKNOWN = 0.002
WITH_MIDDLE = 0.6
MIDDLE_INITIAL = 0.7
WITH_SUFFIX = 0.015
DOUBLE_NAME = 0.03
WITH_CREDENTIAL = 0.7
KNOWN_SCHOOL = 0.45
WITHOUT_SCHOOL = 0.01
WITHOUT_YEAR = 0.03
WITH_TELEHEALTH = 0.3
MAYBE_ACCEPTS = 0.03
OTHER_FAMILY = 0.1  # a group of one family employs others at times
EVERY_SPECIALTY = 200  # one clinician in so many takes the specialties in turn
SUFFIXES = ("JR.", "III", "II", "SR.")
SCHOOLS = tuple(
    f"{name.upper()} UNIVERSITY SCHOOL OF MEDICINE" for name in names.SCHOOL_STARTS
)
TAIL_TOTALS = tuple(luhn_total(f"{tail:03d}0") for tail in range(1000))
WOMEN = tuple(name.upper() for name in names.GIVEN if name in names.WOMEN)
MEN = tuple(name.upper() for name in names.GIVEN if name not in names.WOMEN)


class Clinician(NamedTuple):
    """Cells of one clinician, joined where they stand side by side in a row.

    ``name`` is last, first, middle name and suffix; ``training`` is gender, credential,
    medical school and graduation year.
    """

    number: int
    npi: str
    pac_id: str
    name: str
    training: str
    specialty: Specialty
    telehealth: str
    accepts: str  # what Medicare pays: Y, or M for maybe


def npis(start: int, end: int) -> Iterator[str]:
    """Yield the NPIs of clinicians ``start`` to ``end - 1``; Luhn sums add up."""
    for thousand in range(start // 1000, -(-end // 1000)):
        head = luhn_total(f"{NPI_PREFIX}{NPI_START}{thousand:04d}0000")
        first = max(start - thousand * 1000, 0)
        for tail in range(first, min(1000, end - thousand * 1000)):
            check = -(head + TAIL_TOTALS[tail]) % 10
            yield f"{NPI_START}{thousand:04d}{tail:03d}{check}"


def clinician(
    seed: int,
    number: int,
    npi: str,
    family: str,
    chooser: SpecialtyChooser,
    release: int,
) -> Clinician:
    """Return the clinician of a number who began in a group of a family."""
    chance = Chance(seed, CLINICIAN, number)
    rule = number % CYCLE if has_changed(number, release) else -1
    specialty = specialty_of(chance, number, family, chooser)
    is_woman = chance.below(2)
    telehealth = chance.happens(WITH_TELEHEALTH)
    if rule == CHANGES_TELEHEALTH:
        telehealth = not telehealth
    return Clinician(
        number,
        npi,
        pac_id(PAC_KIND, number),
        name_cells(chance, WOMEN if is_woman else MEN, marries=rule == CHANGES_NAME),
        training_cells(chance, "F" if is_woman else "M", specialty),
        specialty,
        "Y" if telehealth else "",
        "M" if chance.happens(MAYBE_ACCEPTS) else "Y",
    )


def specialty_of(
    chance: Chance, number: int, family: str, chooser: SpecialtyChooser
) -> Specialty:
    """Return what a clinician does; every specialty occurs in a larger sample."""
    if chance.happens(OTHER_FAMILY):
        family = ""
    fraction = chance.fraction()
    if number % EVERY_SPECIALTY == 0:
        every = specialties()
        return every[number // EVERY_SPECIALTY % len(every)]
    return chooser.choose(family, fraction)


def name_cells(chance: Chance, given: tuple[str, ...], *, marries: bool) -> str:
    """Return last, first and middle name and suffix."""
    first, middle = chance.pick(given), chance.pick(given)
    if not chance.happens(WITH_MIDDLE) or middle == first:
        middle = ""
    elif chance.happens(MIDDLE_INITIAL):
        middle = middle[0]
    last, other = chance.pick(SURNAMES), chance.pick(SURNAMES)
    is_double = chance.happens(DOUBLE_NAME)
    if marries or is_double:
        last = f"{last}-{other}"
    suffix = chance.pick(SUFFIXES) if chance.happens(WITH_SUFFIX) else ""
    return f"{last},{first},{middle},{suffix}"


def training_cells(chance: Chance, gender: str, specialty: Specialty) -> str:
    """Return gender, credential, medical school and year, blank at times."""
    if chance.happens(GENDERS_UNKNOWN):
        gender = "U"
    credential = chance.pick(specialty.credentials)
    if not chance.happens(WITH_CREDENTIAL):
        credential = ""
    school = "OTHER"
    if specialty.profession == "physician" and chance.happens(KNOWN_SCHOOL):
        school = chance.pick(SCHOOLS)
    elif chance.happens(WITHOUT_SCHOOL):
        school = ""
    year = "" if chance.happens(WITHOUT_YEAR) else str(1975 + chance.below(47))
    return f"{gender},{credential},{school},{year}"
