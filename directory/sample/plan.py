"""Who sits where: every clinician has a seat, every seat a city and a group.

A seat's number leads to its city and group by bisection and to its clinician by
arithmetic, so nothing is stored per clinician and any part of the files can be written
on its own.
"""

from array import array
from bisect import bisect_right
from math import gcd
from random import Random

from directory.sample.cities import shares
from directory.sample.releases import is_in, numbers_for, seat_holder
from directory.sample.towns import Country

SMALLEST_STATE = 12  # clinicians that every state or territory gets
SOLO = 0.11
LARGEST = 5000
LARGEST_SHARE = 3  # no group has more than a third of a city
SMALL_TOWN = 6
TAIL = 0.85  # of the Pareto distribution of group sizes
SECOND_JOB_EVERY = 7  # one seat in so many is also taken by somebody of another group
GOLDEN = 0.6180339887498949


class Plan:
    """Cities, groups and seats of one sample: some 20 bytes a group."""

    def __init__(
        self,
        country: Country,
        practitioners: int,
        seed: int,
        release: int = 1,
    ) -> None:
        self.seed = seed
        self.release = release
        self.numbers = numbers_for(practitioners)
        self.factor = coprime_near(int(self.numbers * GOLDEN), self.numbers)
        self.inverse = pow(self.factor, -1, self.numbers)
        self.offset = seed % self.numbers
        self.towns = country.towns
        self.town_starts = array("Q")
        self.solo_groups = array("Q")  # per town: the group that stands for no group
        self.group_starts = array("Q")
        start = 0
        counts = shares(country.cities, self.numbers, SMALLEST_STATE)
        for city, count in zip(country.cities, counts, strict=True):
            self.town_starts.append(start)
            self.solo_groups.append(len(self.group_starts))
            random = Random(f"{seed} {city.state} {city.slug}")  # noqa: S311 (nothing secret)
            for size in group_sizes(random, count):
                self.group_starts.append(start)
                start += size
        self.town_starts.append(start)
        self.group_starts.append(start)

    def seat_of(self, number: int) -> int:
        """Return the seat of a clinician in this release."""
        holder = seat_holder(number, self.release, self.numbers)
        return (holder * self.factor + self.offset) % self.numbers

    def home_of(self, number: int) -> int:
        """Return the seat of a clinician in the first release."""
        return (number * self.factor + self.offset) % self.numbers

    def is_taken(self, seat: int) -> bool:
        """Say whether somebody sits there in this release."""
        number = (seat - self.offset) * self.inverse % self.numbers
        return is_in(number, self.release)

    def town_of(self, seat: int) -> int:
        """Return the index of the town a seat is in."""
        return bisect_right(self.town_starts, seat) - 1

    def group_of(self, seat: int) -> int:
        """Return the group a seat is in, or its town's group for no group."""
        return bisect_right(self.group_starts, seat) - 1

    def seats_in(self, town: int) -> int:
        """Return how many seats a town has."""
        return self.town_starts[town + 1] - self.town_starts[town]

    def is_solo(self, group: int, town: int) -> bool:
        """Say whether a group stands for those of a town who have none."""
        return group == self.solo_groups[town]

    def size_of(self, group: int) -> int:
        """Return how many seats a group has."""
        return self.group_starts[group + 1] - self.group_starts[group]

    def second_group(self, seat: int, town: int, group: int) -> int | None:
        """Return the other group that the one on a seat also works for."""
        first, end = self.town_starts[town], self.town_starts[town + 1]
        count = end - first
        other_seat = first + (seat - first + count // 2) % count
        if other_seat % SECOND_JOB_EVERY:
            return None
        other = self.group_of(other_seat)
        return None if other in {group, self.solo_groups[town]} else other

    def members(self, group: int, town: int) -> int:
        """Count the clinicians who sit in a group and those who also work for it."""
        start, end = self.group_starts[group], self.group_starts[group + 1]
        own = sum(map(self.is_taken, range(start, end)))
        first, after = self.town_starts[town], self.town_starts[town + 1]
        count = after - first
        others = 0
        for seat in range(start + -start % SECOND_JOB_EVERY, end, SECOND_JOB_EVERY):
            where = first + (seat - first - count // 2) % count
            others += not start <= where < end and self.is_taken(where)
        return own + others


def group_sizes(random: Random, count: int) -> list[int]:
    """Return sizes that add up to a city's count: first those without a group."""
    solo = sum(random.random() < SOLO for _ in range(count))
    sizes = [solo]
    room = count - solo
    largest = min(LARGEST, max(SMALL_TOWN, count // LARGEST_SHARE))
    while room:
        size = min(int(2 * random.paretovariate(TAIL)), room, largest)
        sizes.append(size)
        room -= size
    return sizes


def coprime_near(number: int, to: int) -> int:
    """Return the first number from ``number`` on that shares no factor with ``to``."""
    number = max(number, 1)
    while gcd(number, to) != 1:
        number += 1
    return number
