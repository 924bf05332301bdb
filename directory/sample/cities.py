"""How many made-up people a real city gets: as its hospitals, more in large cities."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

# (state, city slug) -> how much more a large city draws than its hospitals alone say.
LARGE_CITIES = {
    ("TX", "houston"): 9.0,
    ("MA", "boston"): 11.0,
    ("NY", "new-york"): 9.0,
    ("CA", "los-angeles"): 6.0,
    ("IL", "chicago"): 4.5,
    ("PA", "philadelphia"): 3.5,
    ("CA", "san-francisco"): 3.0,
    ("CA", "san-diego"): 3.5,
    ("MD", "baltimore"): 3.0,
    ("OH", "cleveland"): 4.0,
    ("MN", "rochester"): 12.0,
    ("WA", "seattle"): 4.0,
    ("GA", "atlanta"): 3.5,
    ("FL", "miami"): 3.5,
    ("TX", "dallas"): 2.5,
    ("AZ", "phoenix"): 2.0,
    ("CO", "denver"): 3.5,
    ("MO", "st-louis"): 3.0,
    ("MI", "ann-arbor"): 4.0,
    ("NC", "durham"): 4.0,
    ("TN", "nashville"): 3.0,
    ("PA", "pittsburgh"): 2.5,
    ("DC", "washington"): 3.5,
    ("OR", "portland"): 3.5,
    ("CT", "new-haven"): 4.0,
}
TYPE_WEIGHTS = {
    "Acute Care Hospitals": 3.0,
    "Childrens": 3.0,
    "Acute Care - Veterans Administration": 1.5,
}
OTHER_TYPES = 0.4


@dataclass(frozen=True)
class DemoHospital:
    """What the demonstration needs to know of a real hospital."""

    ccn: str
    hospital_type: str
    state: str
    city: str
    city_slug: str
    zip_code: str
    latitude: float | None
    longitude: float | None
    area_code: str = ""  # first three digits of its telephone number

    @property
    def weight(self) -> float:
        """How many people work here, relative to other hospitals."""
        return TYPE_WEIGHTS.get(self.hospital_type, OTHER_TYPES)


@dataclass
class City:
    """A real city with its hospitals, in the order of their numbers."""

    state: str
    name: str
    slug: str
    hospitals: list[DemoHospital] = field(default_factory=list)

    @property
    def is_large(self) -> bool:
        """Whether specialists gather here."""
        return (self.state, self.slug) in LARGE_CITIES

    @property
    def weight(self) -> float:
        """How many people practise here, relative to other cities."""
        more = LARGE_CITIES.get((self.state, self.slug), 1.0)
        return more * sum(hospital.weight for hospital in self.hospitals)


def cities_of(hospitals: Iterable[DemoHospital]) -> list[City]:
    """Return the cities of these hospitals by state and slug."""
    cities: dict[tuple[str, str], City] = {}
    for hospital in sorted(hospitals, key=lambda hospital: hospital.ccn):
        key = (hospital.state, hospital.city_slug)
        city = cities.setdefault(
            key, City(hospital.state, hospital.city, hospital.city_slug)
        )
        city.hospitals.append(hospital)
    return [cities[key] for key in sorted(cities)]


def shares(cities: list[City], people: int, floor: int) -> list[int]:
    """Return how many people each city gets; every state at least ``floor``.

    The numbers add up to ``people``: rounding goes by the largest remainder.
    """
    by_state: dict[str, list[int]] = defaultdict(list)
    for index, city in enumerate(cities):
        by_state[city.state].append(index)
    counts = [0] * len(cities)
    floor = min(floor, people // len(by_state))
    for indexes in by_state.values():
        largest = max(indexes, key=lambda index: (cities[index].weight, -index))
        counts[largest] += floor
    left = people - sum(counts)
    total = sum(city.weight for city in cities)
    exact = [city.weight / total * left for city in cities]
    for index, value in enumerate(exact):
        counts[index] += int(value)
    remainders = sorted(
        range(len(cities)), key=lambda index: (int(exact[index]) - exact[index], index)
    )
    for index in remainders[: people - sum(counts)]:
        counts[index] += 1
    return counts
