"""The finder once more, slow and obvious: everybody is looked at, every time."""

import math

from directory.finder.finding import Finder
from directory.finder.numbers import TOTAL, Numbers, fetch_parts, left_out_sql
from directory.independence import Verdict, compare, side_of_doctor
from directory.models import Practitioner, PractitionerSpecialization, ZipCode
from directory.people_ties import bring_ties
from directory.values.sort_keys import sort_key


def miles_between(one: ZipCode, other: ZipCode) -> float:
    """Return the distance along a great circle, by the cosine rule."""
    lat_1, lat_2 = math.radians(one.latitude), math.radians(other.latitude)
    turn = math.radians(one.longitude - other.longitude)
    cosine = math.sin(lat_1) * math.sin(lat_2)
    cosine += math.cos(lat_1) * math.cos(lat_2) * math.cos(turn)
    return 3958.8 * math.acos(min(1.0, cosine))


def numbers_of(finder: Finder) -> Numbers:
    """Ask a finder alone how many fit and who is left out, as a list does."""
    numbers = Numbers()
    left_out = left_out_sql(finder)
    parts = [(TOTAL, []), *([left_out] if left_out else [])]
    for kind, key, _, _, number in fetch_parts(finder.somebody_sql(), parts):
        numbers.add(kind, key, number)
    return numbers


class SlowFinder:
    """Knows everybody by heart, as the tables were when it was made."""

    def __init__(self):
        self.zips = {one.zip_code: one for one in ZipCode.objects.all()}
        self.people = bring_ties(Practitioner.objects.filter(retired_at=None))
        self.kinds = {person.pk: [] for person in self.people}
        does = PractitionerSpecialization.objects.select_related("specialization")
        for one in does:
            if one.practitioner_id in self.kinds:
                self.kinds[one.practitioner_id].append(one.specialization)
        self.sides = {person.pk: side_of_doctor(person) for person in self.people}

    def everybody(self, search, apart=None):
        """Return (NPIs of those who fit in the order of the search, those left out)."""
        found, left_out = [], []
        for person in self.people:
            key = self.place_in(search, person)
            if key is None or (apart and person == apart.subject):
                continue
            side = self.sides[person.pk]
            if apart and compare(apart.side, side).verdict is Verdict.SHARES:
                left_out.append(person.npi)
            else:
                found.append((*key, person.sort_key, person.npi))
        return [entry[-1] for entry in sorted(found)], sorted(left_out)

    def place_in(self, search, person):
        """Return what comes before the name in order, or None for who does not fit."""
        kinds = self.kinds[person.pk]
        is_own = search.specialization in kinds
        hospitals = [one.organization for one in person.listed_affiliations]
        groups = [one.organization for one in person.listed_practices]
        fits = [
            is_own or any(one.parent_id == search.specialization.pk for one in kinds),
            not search.telehealth or person.has_telehealth,
            not search.physicians or any(k.profession == "physician" for k in kinds),
            not search.teaching or any(one.is_teaching for one in hospitals),
            not search.hospital or search.hospital in [one.ccn for one in hospitals],
            not search.group or search.group in [one.pac_id for one in groups if one],
            is_named(person, search.name),
        ]
        if not all(fits):
            return None
        locations = [one.location for one in person.listed_practices]
        if search.near:
            return self.way_from(search, locations)
        in_area = not search.state or any(
            one.place == search.place
            if search.place
            else one.place.state == search.state
            for one in locations
        )
        if not in_area:
            return None
        return (not is_own,) if search.order == "match" else ()

    def way_from(self, search, locations):
        """Return (miles, ZIP code) of the nearest address, or None for all too far."""
        start = self.zips[search.near]
        ways = [
            (round(miles_between(start, self.zips[one.zip_code]), 6), one.zip_code)
            for one in locations
            if one.zip_code in self.zips
        ]
        ways = [way for way in ways if way[0] <= search.within]
        if not ways:
            return None
        return min(ways) if search.order == "distance" else ()


def is_named(person: Practitioner, typed: str) -> bool:
    """Whether each word begins one of the names, and one of them a last name."""
    words = typed.lower().split()
    last_names = parts_of(person.last_name)
    names = [*person.sort_key.split(), *last_names]
    begins = [any(begins_so(name, word) for name in names) for word in words]
    first = [any(begins_so(name, word) for name in last_names) for word in words]
    return not words or (all(begins) and any(first))


def begins_so(name: str, word: str) -> bool:
    """Whether a name begins with a word as it is, with oe for ö, or is the same saint.

    The only such words that the searches of the tests have.
    """
    saints = {"saint": "st", "st": "saint"}
    ways = (sort_key(word), sort_key(word.replace("ö", "oe")))
    return name.startswith(ways) or name == saints.get(word)


def parts_of(last_name: str) -> set[str]:
    """Return what a last name is found by: each part, and all of them as one word."""
    key = sort_key(last_name)
    opened = sort_key(last_name.replace("'", " ").replace("’", " ").replace(".", " "))
    return {*key.split(), *opened.split(), key.replace(" ", "")}
