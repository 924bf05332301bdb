"""The finder against a slow one: the same people, in order, once each, for anything."""

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from django.core.exceptions import BadRequest
from django.http import QueryDict

from directory.finder import finding, named, pagination
from directory.finder.apart import find_apart
from directory.finder.choices import look_around
from directory.finder.finding import Finder
from directory.finder.looking_up import counts_in
from directory.finder.pagination import Cursor
from directory.finder.searching import Search
from directory.independence import compare
from directory.models import Organization, Practitioner, Specialization
from directory.nearby import DISTANCES, circle_around
from tests.directory.finder.finder_oracle import SlowFinder, numbers_of
from tests.factories import (
    count_doctors,
    make_doctor,
    make_group,
    make_hospital,
    make_location,
    make_place,
    make_practice,
    make_specialization,
    make_system,
    make_zip_code,
)

pytestmark = pytest.mark.django_db

PEOPLE = 90
ROUNDS = 100
ZIPS = ["77001", "77002", "77030", "77031", "77099", "02101", "02102", "02199"]
NAMES = ["Abel", "Abel-Mora", "Adler", "Bel", "Belák", "O'Bel", "Bela Cruz"]
NAMES += ["Moraes", "Möra", "Moeraes", "St. Abel", "Mora-St. Bel", "Saint Bel"]
LANES = ["Larkspur Lane", "LARKSPUR LN", "Larkspur Ln., Ste 7"]
NAMED = ["bel", "abel ada", "a b", "BELÁK", "ob", "mora", "cruz"]
NAMED += ["möra", "mör ada", "saint", "Saint Bel", "st bel"]
FIRST = ["Ada", "Bo", "José", "Belinda"]


@pytest.fixture
def world(monkeypatch):
    """Return everything that a search can name, and pages of four."""
    for module in (finding, named, pagination):
        monkeypatch.setattr(module, "PAGE_SIZE", 4)
    random = Random(7)
    cardiology = make_specialization()
    rhythm = make_specialization("Rhythm", "Rhythm doctor", cardiology)
    nursing = make_specialization(
        "Heart nursing", "Heart nurse", cardiology, profession="advanced practice"
    )
    for number, zip_code in enumerate(ZIPS):
        latitude = 29.7 if zip_code.startswith("7") else 42.4
        make_zip_code(zip_code, latitude + number % 4 * 0.13, -95.4 + number * 0.07)
    places = [make_place(), make_place("Dallas"), make_place("Boston", "MA")]
    systems = [make_system(f"System {n}") for n in range(2)]
    hospitals = [
        make_hospital(f"Hospital {n}", system=system, is_teaching=teaching)
        for n, (system, teaching) in enumerate(
            [(systems[0], True), (systems[0], False), (systems[1], None), (None, None)]
        )
    ]
    hospitals += [
        make_hospital("Twin Hospital", location=make_location(place, line_1=line_1))
        for place, line_1 in [
            (places[0], "500 North Larkspur Avenue"),
            (places[0], "500 N Larkspur Ave, Suite 2"),
            (places[1], "500 North Larkspur Avenue"),
        ]
    ]
    groups = [
        make_group(f"Group {n}", system=system)
        for n, system in enumerate([systems[1], None, None])
    ]
    locations = [
        make_location(
            random.choice(places),
            zip_code=random.choice([*ZIPS, "99999", ""]),
            line_1=f"{n % 9} {random.choice(LANES)}",
            line_2=f"Suite {n}",
        )
        for n in range(25)
    ]
    locations += [
        make_location(one.location.place, line_1=one.location.line_1, line_2="Suite 1")
        for one in (hospitals[0], hospitals[-1])
    ]
    for _ in range(PEOPLE):
        kinds = [cardiology, rhythm, nursing]
        does = random.choices(kinds, k=random.choice([1, 1, 2]))
        doctor = make_doctor(
            random.choice(NAMES),
            random.choice(FIRST),
            does=tuple(dict.fromkeys(does)),
            hospitals=random.sample(hospitals, random.choice([0, 0, 1, 2])),
            has_telehealth=random.choice([True, None]),
            retired=random.random() < 0.05,
        )
        for location in random.sample(locations, random.choice([0, 1, 1, 2, 3])):
            group = random.choice([None, *groups])
            make_practice(doctor, location, organization=group)
    count_doctors()
    specializations = Specialization.objects.with_counts().with_is_coded()
    return {
        "specializations": [
            specializations.get(pk=one.pk) for one in (cardiology, rhythm, nursing)
        ],
        "places": places,
        "hospitals": hospitals,
        "groups": groups,
        "slow": SlowFinder(),
        "npis": list(Practitioner.objects.listed().values_list("npi", flat=True)),
    }


def sometimes(random, value, share=0.25):
    return value if random.random() < share else type(value)()


def random_search(random, world):
    area = random.choice(["country", "state", "place", "near", "near"])
    place = random.choice(world["places"])
    sort = random.choice(["", "name", "match", "distance"])
    return Search(
        random.choice(world["specializations"]),
        state=place.state if area in {"state", "place"} else "",
        place=place if area == "place" else None,
        near=random.choice(ZIPS) if area == "near" else "",
        within=random.choice(DISTANCES),
        hospital=sometimes(random, random.choice(world["hospitals"]).ccn, 0.15),
        group=sometimes(random, random.choice(world["groups"]).pac_id, 0.15),
        name=sometimes(
            random,
            random.choice(NAMED),
        ),
        telehealth=sometimes(random, True),
        physicians=sometimes(random, True),
        teaching=sometimes(random, True),
        apart_from=sometimes(
            random,
            random.choice([*world["npis"], *(one.ccn for one in world["hospitals"])]),
            0.5,
        ),
        sort=sort,
    )


def finder_of(search):
    organizations = Organization.objects.with_place()
    rungs = list(Specialization.objects.filter(parent=search.specialization))
    city = search.place.slug if search.place else ""
    return Finder(
        search,
        circle_around(search.near, search.within) if search.near else None,
        organizations.filter(ccn=search.hospital).first() if search.hospital else None,
        organizations.filter(pac_id=search.group).first() if search.group else None,
        find_apart(search.apart_from) if search.apart_from else None,
        bool(search.near or counts_in(rungs, search.state, city)),
    )


def read_cursor(text):
    query = QueryDict(mutable=True)
    query["after"] = text
    return Cursor.read(query, "after")


def walk_forward(finder):
    seen, after = [], None
    while True:
        page = finder.page(after=after)
        seen += [one.npi for one in page.practitioners]
        if not page.after:
            return seen, after
        after = read_cursor(page.after)


def walk_back(finder, last):
    page = finder.page(after=last)
    seen = [one.npi for one in page.practitioners]
    while page.before:
        page = finder.page(before=read_cursor(page.before))
        seen = [one.npi for one in page.practitioners] + seen
    return seen


def test_the_same_people_in_the_same_order_as_a_slow_finder(world):
    random = Random(2026)
    sizes = []

    for _ in range(ROUNDS):
        search = random_search(random, world)
        finder = finder_of(search)
        expected, left_out = world["slow"].everybody(search, finder.apart)

        seen, last = walk_forward(finder)

        assert seen == expected, search.url()
        assert walk_back(finder, last) == expected, search.url()
        if not finder.is_hopeless:
            numbers = numbers_of(finder)
            assert numbers.total == len(expected), search.url()
            assert numbers.left_out == len(left_out), search.url()
            assert max(numbers.left_out_on.values(), default=0) <= len(left_out)
            assert sum(numbers.left_out_on.values()) >= len(left_out)
        else:
            assert expected == []
        sizes.append(len(expected))

    assert sum(size > 4 for size in sizes) > ROUNDS / 8  # there were pages to turn
    assert any(size == 0 for size in sizes)


def fits(world, finder, **changes):
    """Return how many a slow finder has for a search that is changed so."""
    search = replace(finder.search, **changes)
    return len(world["slow"].everybody(search, finder.apart)[0])


def random_choices(world, seed):
    """Yield finders that find somebody, with the choices they offer."""
    random = Random(seed)
    for _ in range(ROUNDS // 2):
        search = random_search(random, world)
        finder = finder_of(search)
        if finder.is_hopeless or not numbers_of(finder).total:
            continue
        rungs = [
            one
            for one in world["specializations"]
            if one.parent_id == search.specialization.pk
        ]
        counts = {}
        if not search.near:
            city = search.place.slug if search.place else ""
            counts = counts_in([search.specialization, *rungs], search.state, city)
        yield finder, rungs, look_around(finder, rungs, counts)[1]


def test_people_share_what_their_rows_have_in_common(world):
    """The verdict by what the world was made of, not by how it is compared."""
    people = world["slow"].people
    ties = {person.pk: obvious_ties(person) for person in people}
    seen = set()

    for one, other in combinations(people, 2):
        sides = world["slow"].sides[one.pk], world["slow"].sides[other.pk]
        verdict = compare(*sides).verdict
        seen.add(verdict)

        assert (verdict == "shares") == bool(ties[one.pk] & ties[other.pk])
        assert verdict == compare(*reversed(sides)).verdict

    assert seen == {"shares", "differs", "unknown"}


def obvious_ties(person):
    """Return the houses, groups, hospitals and systems of somebody, by plain values."""
    found = set()
    organizations = []
    hospitals = Organization.objects.hospitals().select_related("location")
    for practice in person.practices.select_related("location", "organization"):
        here = house(practice.location)
        found.add(here)
        found |= {(one.name, here) for one in hospitals if house(one.location) == here}
        organizations.append(practice.organization)
    for link in person.affiliations.select_related("organization__location"):
        hospital = link.organization
        found.add((hospital.name, house(hospital.location)))
        organizations.append(hospital)
    for one in filter(None, organizations):
        found |= {one.pac_id, one.system_id} - {"", None}
    return found


def house(location):
    return location.place_id, location.zip_code, location.line_1.split()[0]


def test_every_rung_and_switch_leads_to_somebody_and_no_rung_is_missing(world):
    offered = 0
    for finder, rungs, choices in random_choices(world, 5):
        expected = {
            replace(finder.search, specialization=one).url()
            for one in rungs
            if fits(world, finder, specialization=one)
        }

        assert {way.url for way in choices.rungs} == expected, finder.search.url()
        for name in choices.switches:
            assert fits(world, finder, **{name: True}), (name, finder.search.url())
            offered += 1
    assert offered > 5


def test_every_organization_has_its_exact_number(world):
    offered = 0
    for finder, _, choices in random_choices(world, 6):
        url = finder.search.url()
        for name in ("hospital", "group"):
            for one in getattr(choices, f"{name}s"):
                number = f" ({fits(world, finder, **{name: one.value})})"
                assert one.text.endswith(number), (one, url)
                assert one.is_chosen == (one.value == getattr(finder.search, name))
                offered += 1
            texts = [one.text for one in getattr(choices, f"{name}s")]
            assert texts == sorted(texts), url
    assert offered > 20


def test_every_state_and_city_leads_to_somebody_and_none_is_missing(world):
    seen = set()
    for finder, _, choices in random_choices(world, 8):
        search = finder.search
        if search.near or search.place:
            assert choices.states == choices.cities == []
            continue
        if search.state:
            offered, kind = choices.cities, "cities"
            areas = [one for one in world["places"] if one.state == search.state]
            narrower = [search.narrowed(search.state, one) for one in areas]
        else:
            offered, kind = choices.states, "states"
            narrower = [search.narrowed(state) for state in ("TX", "MA")]

        expected = {
            one.url()
            for one in narrower
            if world["slow"].everybody(one, finder.apart)[0]
        }
        assert {way.url for way in offered} == expected, search.url()
        texts = [way.text for way in offered]
        assert texts == sorted(texts), search.url()
        seen.add(kind)
    assert seen == {"states", "cities"}


def test_a_page_stays_right_when_its_last_person_retires(world):
    search = Search(world["specializations"][0])
    everybody = world["slow"].everybody(search)[0]
    first = finder_of(search).page()
    Practitioner.objects.filter(npi=everybody[3]).update(retired_at="2026-01-01T00:00Z")
    count_doctors()

    second = finder_of(search).page(after=read_cursor(first.after))

    assert [one.npi for one in second.practitioners] == everybody[4:8]


def test_somebody_who_retires_between_two_queries_is_passed_over(world):
    search = Search(world["specializations"][0])
    everybody = world["slow"].everybody(search)[0]
    Practitioner.objects.filter(npi=everybody[1]).update(retired_at="2026-01-01T00:00Z")

    page = finder_of(search).page()

    assert [one.npi for one in page.practitioners] == [
        everybody[0],
        everybody[2],
        everybody[3],
    ]


@pytest.mark.parametrize(
    "junk",
    ["9900000016", "adler.99", "x.y.z", "a--b.9900000016", "a" * 300, "a.9900000016\n"],
)
def test_a_cursor_that_no_page_gave_is_refused(junk):
    with pytest.raises(BadRequest):
        read_cursor(junk)


@pytest.mark.parametrize(
    "cursor",
    [
        Cursor("", "o bel josé", "9900000016"),
        Cursor("own", "adler", "9900000016"),
        Cursor("77030", "adler ada", "9900000016"),
    ],
)
def test_a_cursor_reads_what_it_writes(cursor):
    assert read_cursor(str(cursor)) == cursor


def test_no_cursor_is_the_first_page():
    assert read_cursor("") is None


def test_every_way_on_has_the_number_of_people_on_its_list(client, world):
    random = Random(5)
    met = set()
    for _ in range(30):
        search = replace(
            random_search(random, world),
            within=5,
            hospital=random.choice(world["hospitals"]).ccn,
            name=random.choice(["cruz", ""]),
        )
        context = client.get(search.url()).context
        for way in context["ways"]:
            listed = client.get(way.url).context
            assert way.count == listed["total"], (search.url(), way.url)
            met.add("near" if "near=" in way.url else "elsewhere")
    assert met == {"near", "elsewhere"}
