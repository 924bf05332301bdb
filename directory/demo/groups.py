"""Made-up group practices: mostly small, a few very large, with their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random

from directory.sample import names
from directory.sample.cities import City
from directory.sample.specialties import Specialty

LARGEST = 400
SHARED_BUILDING = 0.2  # a second practice behind the same door
MISSING_PHONE = 0.08
FAMILY_SHARE = 0.65  # of small groups that are of one family
SYSTEM_FROM = 15  # smallest group that belongs to a system


@dataclass(frozen=True)
class Site:
    """One address with a telephone number; blank where the files have none."""

    city: City
    line_1: str
    line_2: str
    zip_code: str
    latitude: float | None
    longitude: float | None
    phone: str


@dataclass
class Group:
    """A group practice; ``family`` is empty where it is of several families."""

    pac_id: str
    name: str
    family: str
    size: int
    system: str = ""
    sites: list[Site] = field(default_factory=list)


class GroupMaker:
    """Makes groups, systems and sites in a fixed order from one source of chance."""

    def __init__(self, random: Random, states: Sequence[str]) -> None:
        self.random = random
        self.count = 0
        self.buildings: dict[tuple[str, str], list[Site]] = {}
        self.systems = {
            state: [names.system_name(random) for _ in range(2)] for state in states
        }

    def groups_of(
        self,
        city: City,
        neighbours: Sequence[City],
        people: int,
        specialties: Sequence[Specialty],
    ) -> list[Group]:
        """Return groups with room for ``people`` in a city.

        Large groups have sites in other cities of the state too.
        """
        groups = []
        weights = [one.weight_in(large_city=city.is_large) for one in specialties]
        room = people
        while room > 0:
            size = min(int(2 * self.random.paretovariate(0.85)), room, LARGEST)
            single = size < SYSTEM_FROM and self.random.random() < FAMILY_SHARE
            family = (
                self.random.choices(specialties, weights)[0].family if single else ""
            )
            groups.append(self.group(city, neighbours, size, family))
            room -= size
        return groups

    def group(
        self, city: City, neighbours: Sequence[City], size: int, family: str
    ) -> Group:
        """Return one group with its sites."""
        self.count += 1
        group = Group(
            f"99{self.count:08d}", names.group_name(self.random, family), family, size
        )
        if size >= SYSTEM_FROM and self.random.random() < 0.6:
            group.system = self.random.choice(self.systems[city.state])
        here = self.random.randint(1, 4) + min(size // 2, 10)
        group.sites = [self.site(city) for _ in range(here)]
        if size >= SYSTEM_FROM and neighbours:
            away = self.random.choices(neighbours, k=self.random.randint(1, 4))
            group.sites += [self.site(other) for other in away]
        return group

    def site(self, city: City) -> Site:
        """Return an address in a city, at times in a building already used."""
        buildings = self.buildings.setdefault((city.state, city.slug), [])
        has_phone = self.random.random() >= MISSING_PHONE
        phone = names.phone(self.random) if has_phone else ""
        if buildings and self.random.random() < SHARED_BUILDING:
            return replace(self.random.choice(buildings), phone=phone)
        near = self.random.choice(city.hospitals)
        site = Site(
            city,
            names.street(self.random),
            names.suite(self.random),
            near.zip_code,
            near.latitude,
            near.longitude,
            phone,
        )
        buildings.append(site)
        return site
