"""The rows of one clinician in the affiliations file."""

from typing import NamedTuple

from directory.sample.chance import Chance, chosen, mixed
from directory.sample.clinicians import Clinician
from directory.sample.groups import Practices
from directory.sample.jobs import Seat
from directory.sample.releases import CHANGES_HOSPITALS, CYCLE, has_changed
from directory.sample.towns import Town

LINKS, MAIN_HOSPITAL = 8, 9  # kinds of chance
# How many hospitals an affiliated clinician is linked to -> share in hundredths.
HOSPITALS = ((1, 22), (2, 18), (3, 17), (4, 15), (5, 12), (7, 10), (10, 6))
HOSPITALS_DRAWN = tuple(count for count, share in HOSPITALS for _ in range(share))
SAME_AS_GROUP = 0.6  # links to the hospital most of the group is linked to
ORPHANS = 0.03  # of draws, 4 % of rows: a hospital drawn twice counts once
UNITS_OF_ACUTE = 0.03
UNITS_OF_CRITICAL_ACCESS = 0.1
OTHER_FACILITIES = 0.4  # of those with a hospital
ANOTHER = 0.35
KIDNEY = "NEPHROLOGY"

HOSPITAL = "Hospital"
NURSING_HOME = "Nursing home"
REHABILITATION = "Inpatient rehabilitation facility"
LONG_TERM = "Long-term care hospital"
HOME_HEALTH = "Home health agency"
HOSPICE = "Hospice"
DIALYSIS = "Dialysis facility"
# Third character of a unit's number -> the facility type of its row.
ACUTE_UNITS = (("S", HOSPITAL), ("T", REHABILITATION), ("U", NURSING_HOME))
CRITICAL_ACCESS_UNITS = (
    ("Z", NURSING_HOME),
    ("Z", NURSING_HOME),
    ("M", HOSPITAL),
    ("R", REHABILITATION),
)
# Facility type, first of its numbers after the two of the state, how many numbers.
OTHERS = (
    (NURSING_HOME, 5001, 400),
    (NURSING_HOME, 5001, 400),
    (HOME_HEALTH, 7001, 200),
    (HOME_HEALTH, 7001, 200),
    (HOSPICE, 1500, 90),
    (LONG_TERM, 2001, 30),
    (REHABILITATION, 3025, 40),
)
KIDNEY_CARE = (DIALYSIS, 2500, 200)
# Numbers that no published hospital has: state, then 09 and two digits.
ORPHAN_NUMBERS = (900, 12)


class Link(NamedTuple):
    """One facility of a clinician; ``parent`` is the hospital of a sub-unit."""

    facility_type: str
    ccn: str
    parent: str

    @property
    def is_of_hospital(self) -> bool:
        """Whether it is a hospital or a unit of one."""
        return self.facility_type == HOSPITAL or self.parent != ""


def links_of(practices: Practices, clinician: Clinician, seat: Seat) -> list[Link]:
    """Return the facilities of a clinician, each once, hospitals first."""
    number, release = clinician.number, practices.plan.release
    moved = number % CYCLE in CHANGES_HOSPITALS and has_changed(number, release)
    chance = Chance(practices.plan.seed, LINKS, number, int(moved))
    if not chance.happens(clinician.specialty.affiliated):
        return []
    town = practices.plan.towns[seat.town]
    near = (town.hospitals, town.weights)
    main = main_hospital(practices.plan.seed, town, seat)
    found = []
    for _ in range(chance.pick(HOSPITALS_DRAWN)):
        if chance.happens(ORPHANS):
            first, count = ORPHAN_NUMBERS
            ccn = f"{town.ccn_prefix}{first + chance.below(count):04d}"
            found.append(Link(HOSPITAL, ccn, ""))
        else:
            same = not found and chance.happens(SAME_AS_GROUP)
            ccn = main if same else chosen(*near, chance.fraction())
            found.append(link_to(chance, ccn))
    share = OTHER_FACILITIES
    while chance.happens(share):
        found.append(other_facility(chance, town, clinician))
        share = ANOTHER
    return list(dict.fromkeys(found))


def main_hospital(seed: int, town: Town, seat: Seat) -> str:
    """Return the hospital that most people of a group are linked to."""
    owner = -seat.number if seat.group is None else seat.group.index
    fraction = mixed(seed, MAIN_HOSPITAL, owner) / 2**64
    return chosen(town.hospitals, town.weights, fraction)


def link_to(chance: Chance, ccn: str) -> Link:
    """Return a link to a hospital, at times through one of its units."""
    if ccn.isdigit() and ccn[2] == "0" and chance.happens(UNITS_OF_ACUTE):
        letter, facility_type = chance.pick(ACUTE_UNITS)
    elif ccn.isdigit() and ccn[2] == "1" and chance.happens(UNITS_OF_CRITICAL_ACCESS):
        letter, facility_type = chance.pick(CRITICAL_ACCESS_UNITS)
    else:
        return Link(HOSPITAL, ccn, "")
    return Link(facility_type, f"{ccn[:2]}{letter}{ccn[3:]}", ccn)


def other_facility(chance: Chance, town: Town, clinician: Clinician) -> Link:
    """Return a facility that is no hospital."""
    is_kidney = clinician.specialty.cms == KIDNEY
    kind, first, count = KIDNEY_CARE if is_kidney else chance.pick(OTHERS)
    return Link(kind, f"{town.ccn_prefix}{first + chance.below(count):04d}", "")
