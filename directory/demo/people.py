"""Made-up clinicians with their practices and hospital links, from one seed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import NamedTuple

from directory.demo.groups import Group, GroupMaker, Site
from directory.npi import with_check_digit
from directory.sample import names
from directory.sample.cities import City, DemoHospital, cities_of, shares
from directory.sample.specialties import SECOND, Specialty, specialties
from directory.sort_keys import sort_key

SMALLEST_STATE = 12  # people that every state or territory gets
SOLO = 0.11
SECOND_GROUP = 0.15
PRACTICES = ((1, 28), (2, 26), (3, 19), (4, 12), (5, 7), (6, 5), (9, 3))
HOSPITALS = ((1, 55), (2, 25), (3, 12), (4, 8))
THROUGH = 0.03
# Third character of the certification number of a hospital's unit -> what it is.
UNITS = {"S": "Psychiatric unit", "T": "Rehabilitation unit", "U": "Swing bed"}
NO_TELEHEALTH = 0.7
NO_SECOND_SPECIALTY = 0.3


class Person(NamedTuple):
    """One clinician; blank and None are what the files leave out."""

    npi: str
    first_name: str
    middle_name: str
    last_name: str
    suffix: str
    credential: str
    sort_key: str
    medical_school: str
    graduation_year: int | None
    has_telehealth: bool | None


class PersonSpecialty(NamedTuple):
    """What a clinician does, in the words of the file."""

    npi: str
    cms: str
    is_primary: bool


class PersonPractice(NamedTuple):
    """A clinician at a site, for a group (blank: solo or not said)."""

    npi: str
    pac_id: str
    state: str
    city_slug: str
    line_1: str
    line_2: str
    zip_code: str
    latitude: float | None
    longitude: float | None
    phone: str


class PersonHospital(NamedTuple):
    """A clinician's link to a hospital, perhaps through one of its units."""

    npi: str
    ccn: str
    through: str
    reported_ccn: str


@dataclass
class Demo:
    """All that is made up."""

    groups: list[Group] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    specialties: list[PersonSpecialty] = field(default_factory=list)
    practices: list[PersonPractice] = field(default_factory=list)
    hospitals: list[PersonHospital] = field(default_factory=list)


def make_demo(hospitals: Iterable[DemoHospital], people: int, seed: int) -> Demo:
    """Return the same ``people`` clinicians for the same hospitals and seed."""
    random = Random(seed)  # noqa: S311 (nothing secret: the same people every time)
    cities = cities_of(hospitals)
    by_state: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        by_state[city.state].append(city)
    maker = PersonMaker(random, GroupMaker(random, sorted(by_state)), Demo())
    for city, count in zip(cities, shares(cities, people, SMALLEST_STATE), strict=True):
        neighbours = [other for other in by_state[city.state] if other is not city]
        maker.fill(city, neighbours, count)
    return maker.demo


class PersonMaker:
    """Fills one city after another."""

    def __init__(self, random: Random, groups: GroupMaker, demo: Demo) -> None:
        self.random = random
        self.groups = groups
        self.demo = demo

    def fill(self, city: City, neighbours: Sequence[City], count: int) -> None:
        """Make ``count`` people who practise in a city, group by group."""
        every = specialties()
        solo = sum(self.random.random() < SOLO for _ in range(count))
        groups = self.groups.groups_of(city, neighbours, count - solo, every)
        self.demo.groups += groups
        chooser = Chooser(every, large_city=city.is_large)
        for group in groups:
            for _ in range(group.size):
                specialty = chooser.choose(self.random, group.family)
                second = self.random.random() < SECOND_GROUP
                other = self.random.choice(groups) if second else None
                self.person(city, neighbours, specialty, group, other)
        for _ in range(solo):
            specialty = chooser.choose(self.random, "")
            self.person(city, neighbours, specialty, None, None)

    def person(
        self,
        city: City,
        neighbours: Sequence[City],
        specialty: Specialty,
        group: Group | None,
        other: Group | None,
    ) -> None:
        """Make one clinician with everything that belongs to them."""
        person = self.identity(specialty)
        self.demo.people.append(person)
        self.specialize(person.npi, specialty)
        self.practise(person.npi, city, group, other)
        if self.random.random() < specialty.affiliated:
            self.affiliate(person.npi, city, neighbours)

    def identity(self, specialty: Specialty) -> Person:
        """Return a name and what stands beside it."""
        chance = self.random.random
        first = self.random.choice(names.GIVEN)
        middle = self.random.choice(names.GIVEN) if chance() < 0.6 else ""
        middle = "" if middle == first else middle
        middle = middle[:1] if chance() < 0.7 else middle
        last = names.surname(self.random)
        known_school = specialty.profession == "physician" and chance() < 0.45
        return Person(
            npi=with_check_digit(f"99{len(self.demo.people) + 1:07d}"),
            first_name=first,
            middle_name=middle,
            last_name=last,
            suffix=self.random.choice(("Jr.", "III", "II")) if chance() < 0.015 else "",
            credential=(
                self.random.choice(specialty.credentials) if chance() < 0.7 else ""
            ),
            sort_key=sort_key(last, first, middle),
            medical_school=names.school(self.random) if known_school else "",
            graduation_year=(
                self.random.randint(1975, 2021) if chance() < 0.97 else None
            ),
            has_telehealth=True if chance() >= NO_TELEHEALTH else None,
        )

    def specialize(self, npi: str, specialty: Specialty) -> None:
        """Give the primary specialty, and for some what it grew from."""
        self.demo.specialties.append(PersonSpecialty(npi, specialty.cms, True))
        second = SECOND.get(specialty.cms)
        if second and self.random.random() >= NO_SECOND_SPECIALTY:
            self.demo.specialties.append(PersonSpecialty(npi, second, False))

    def practise(
        self, npi: str, city: City, group: Group | None, other: Group | None
    ) -> None:
        """Give the addresses: of the group, of a second one, or an own one."""
        count = weighted(self.random, PRACTICES)
        if group is None:
            pairs = [("", self.groups.site(city)) for _ in range(min(count, 3))]
        else:
            home = [site for site in group.sites if site.city is city]
            sites = [self.random.choice(home)]
            more = [site for site in group.sites if site is not sites[0]]
            sites += self.random.sample(more, min(count - 1, len(more)))
            pairs = [(group.pac_id, site) for site in sites]
        if other is not None and other is not group:
            pairs.append((other.pac_id, self.random.choice(other.sites)))
        seen = set()
        for pac_id, site in pairs:
            key = (pac_id, site.city.slug, site.zip_code, site.line_1, site.line_2)
            if key not in seen:
                seen.add(key)
                self.demo.practices.append(practice(npi, pac_id, site))

    def affiliate(self, npi: str, city: City, neighbours: Sequence[City]) -> None:
        """Link a clinician to hospitals of the city, rarely of another one."""
        here = city.hospitals
        away = self.random.choice(neighbours).hospitals if neighbours else here
        weights = [hospital.weight for hospital in here]
        seen = set()
        for _ in range(weighted(self.random, HOSPITALS)):
            if self.random.random() < 0.12:
                hospital = self.random.choice(away)
            else:
                hospital = self.random.choices(here, weights)[0]
            through, reported = "", hospital.ccn
            if hospital.ccn.isdigit() and self.random.random() < THROUGH:
                letter = self.random.choice("STU")
                through = UNITS[letter]
                reported = hospital.ccn[:2] + letter + hospital.ccn[3:]
            if reported not in seen:
                seen.add(reported)
                self.demo.hospitals.append(
                    PersonHospital(npi, hospital.ccn, through, reported)
                )


class Chooser:
    """Chooses specialties by their weights in a city, all or of one family."""

    def __init__(self, every: Sequence[Specialty], *, large_city: bool) -> None:
        families = {"", *(one.family for one in every)}
        self.choices = {}
        for family in sorted(families):
            fitting = [one for one in every if family in {"", one.family}]
            weights = [one.weight_in(large_city=large_city) for one in fitting]
            self.choices[family] = (fitting, list(accumulate(weights)))

    def choose(self, random: Random, family: str) -> Specialty:
        """Return a specialty; a group of one family employs others at times."""
        fitting, weights = self.choices["" if random.random() < 0.1 else family]
        return random.choices(fitting, cum_weights=weights)[0]


def weighted(random: Random, table: Sequence[tuple[int, int]]) -> int:
    """Return one of the numbers by its weight."""
    return random.choices(
        [number for number, _ in table], [weight for _, weight in table]
    )[0]


def practice(npi: str, pac_id: str, site: Site) -> PersonPractice:
    """Return the row that puts a clinician at a site."""
    return PersonPractice(
        npi=npi,
        pac_id=pac_id,
        state=site.city.state,
        city_slug=site.city.slug,
        line_1=site.line_1,
        line_2=site.line_2,
        zip_code=site.zip_code,
        latitude=site.latitude,
        longitude=site.longitude,
        phone=site.phone,
    )
