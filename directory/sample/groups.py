"""Made-up group practices: each follows from its number and its place in the plan."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from directory.sample import names
from directory.sample.addresses import STREETS, Address, address, buildings_in
from directory.sample.cells import cell, pac_id
from directory.sample.chance import Chance, mixed
from directory.sample.plan import Plan
from directory.sample.specialties import SpecialtyChooser, specialties

GROUP, SITE, RENAMED = 3, 4, 5  # kinds of chance
FAMILY_SHARE = 0.65  # of small groups that are of one family
MANY_FAMILIES_FROM = 15  # members
AWAY = 4  # most sites of a large group in other cities
RENAMED_SHARE = 0.005  # in a later release
LEGAL_FORMS = ("",) * 6 + (" PC", " PA", " PLLC", ", LLC", ", INC", ", P.C.")
PAC_KIND = 1
REMEMBERED = 2**16
SURNAMES = tuple(
    f"{start}{end}".upper()
    for start in names.SURNAME_STARTS
    for end in names.SURNAME_ENDS
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group practice; ``cells`` are name, PAC ID and members as the file has them."""

    index: int
    town: int
    cells: str
    family: str
    sites_here: int
    sites: int


class Practices:
    """The groups of a plan and where they are."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        every = specialties()
        self.choosers = {
            is_large: SpecialtyChooser(every, large_city=is_large)
            for is_large in (False, True)
        }
        self.group: Callable[[int, int], Group] = lru_cache(REMEMBERED)(self.make_group)

    def make_group(self, index: int, town: int) -> Group:
        """Return a group of a town."""
        plan = self.plan
        size = plan.size_of(index)
        chance = Chance(plan.seed, GROUP, index)
        is_single = chance.happens(FAMILY_SHARE) and size < MANY_FAMILIES_FROM
        lead = chance.fraction()
        chooser = self.choosers[plan.towns[town].is_large]
        family = chooser.choose("", lead).family if is_single else ""
        here = 2 + chance.below(5) + min(size // 2, 10) + size // 40
        away = 0
        if size >= MANY_FAMILIES_FROM and plan.towns[town].neighbours:
            away = 1 + chance.below(AWAY)
        name = group_name(chance, family)
        if plan.release > 1:
            renamed = Chance(plan.seed, RENAMED, index)
            if renamed.happens(RENAMED_SHARE):
                name = group_name(renamed, family)
        cells = f"{cell(name)},{pac_id(PAC_KIND, index)},{plan.members(index, town)}"
        return Group(index, town, cells, family, here, here + away)

    def site(self, group: Group, number: int) -> Address:
        """Return one of a group's addresses; the first ones are in its own town."""
        plan = self.plan
        place = mixed(plan.seed, SITE, group.index, number)
        town = group.town
        if number >= group.sites_here:
            neighbours = plan.towns[town].neighbours
            town = neighbours[place % len(neighbours)]
        return self.address(town, place >> 8, group.index)

    def own_site(self, town: int, seat: int, number: int) -> Address:
        """Return an address of somebody without a group."""
        owner = len(self.plan.group_starts) + seat
        return self.address(town, mixed(self.plan.seed, SITE, owner, number), owner)

    def address(self, town: int, place: int, owner: int) -> Address:
        """Return the address of an owner in one of a town's buildings."""
        plan = self.plan
        building = place % buildings_in(plan.seats_in(town))
        return address(plan.seed, town, plan.towns[town], building, owner, plan.release)


def group_name(chance: Chance, family: str) -> str:
    """Return an invented name with a legal form."""
    ends = names.GROUP_ENDS.get(family, names.MIXED_ENDS)
    name = f"{chance.pick(STREETS)} {chance.pick(SURNAMES)} {chance.pick(ends).upper()}"
    return name + chance.pick(LEGAL_FORMS)
