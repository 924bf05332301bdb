"""The jobs of a clinician: which group, which address, which enrolment."""

from collections.abc import Iterator
from typing import NamedTuple

from directory.sample.addresses import Address
from directory.sample.chance import Chance
from directory.sample.clinicians import Clinician
from directory.sample.groups import Group, Practices
from directory.sample.specialty_cells import primary_name, seconds, specialty_cells

JOBS = 7  # kind of chance
# At how many sites of a group somebody works -> share in hundredths.
SITES = ((1, 39), (2, 26), (3, 15), (4, 10), (5, 5), (6, 3), (9, 2))
SITES_DRAWN = tuple(count for count, share in SITES for _ in range(share))
MOST_OWN_SITES = 3
SIX_TIMES = 0.01  # one job under six enrolments
ENROLMENTS = 6
ANOTHER_PRIMARY = 0.1  # of those with a second specialty: another primary elsewhere
DAYS = 28
NO_GROUP = ",,"


class Job(NamedTuple):
    """Cells of one row that belong to the job."""

    enrolment: str
    specialties: str
    group: str
    address: Address


class Seat(NamedTuple):
    """Where somebody works: no group means alone."""

    number: int
    town: int
    group: Group | None
    second: Group | None


def seat_of(practices: Practices, number: int) -> Seat:
    """Return the seat of a clinician in the plan's release."""
    plan = practices.plan
    seat = plan.seat_of(number)
    town, index = plan.town_of(seat), plan.group_of(seat)
    second = plan.second_group(seat, town, index)
    return Seat(
        seat,
        town,
        None if plan.is_solo(index, town) else practices.group(index, town),
        None if second is None else practices.group(second, town),
    )


def enrolment(chance: Chance) -> str:
    """Return an enrolment number: I, a date, six digits."""
    year, month, day = 2003 + chance.below(22), chance.below(12), chance.below(DAYS)
    return f"I{year}{1 + month:02d}{1 + day:02d}{chance.below(10**6):06d}"


def jobs_of(practices: Practices, clinician: Clinician, seat: Seat) -> Iterator[Job]:
    """Yield the jobs, the main one first; one of them six times for a few people."""
    chance = Chance(practices.plan.seed, JOBS, clinician.number)
    others = seconds(chance, clinician.specialty)
    main = specialty_cells(primary_name(chance, clinician.specialty), others)
    elsewhere = main
    if others and chance.happens(ANOTHER_PRIMARY):
        elsewhere = specialty_cells(others[0], [])
    enrolments = [enrolment(chance), enrolment(chance)]
    repeats = ENROLMENTS - 1 if chance.happens(SIX_TIMES) else 0
    sites = chance.pick(SITES_DRAWN)
    cells = NO_GROUP if seat.group is None else seat.group.cells
    addresses = sites_of(practices, chance, seat, sites)
    for address in addresses:
        yield Job(enrolments[0], main, cells, address)
    for _ in range(repeats):
        yield Job(enrolment(chance), main, cells, addresses[0])
    if seat.second is not None:
        address = practices.site(seat.second, chance.below(seat.second.sites))
        yield Job(enrolments[1], elsewhere, seat.second.cells, address)
    elif elsewhere is not main:
        yield Job(enrolments[1], elsewhere, cells, addresses[0])


def sites_of(
    practices: Practices, chance: Chance, seat: Seat, count: int
) -> list[Address]:
    """Return different addresses of the group, or own ones; the first is in town."""
    if seat.group is None:
        found = [
            practices.own_site(seat.town, seat.number, number)
            for number in range(min(count, MOST_OWN_SITES))
        ]
    else:
        first = chance.below(seat.group.sites_here)
        found = [
            practices.site(seat.group, (first + number) % seat.group.sites)
            for number in range(min(count, seat.group.sites))
        ]
    return list(dict.fromkeys(found))
