"""Each part of a last name finds its bearer, at every door to the directory."""

import pytest
from django.db import connection
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from directory.values.sort_keys import sort_key
from tests.directory.finder.finder_oracle import parts_of
from tests.factories import (
    count_doctors,
    make_doctor,
    make_location,
    make_place,
    make_specialization,
    make_zip_code,
)

pytestmark = pytest.mark.django_db

LETTERS = "abcXYZéÉñÑøØłđæÆœßþ"
NAMES = st.lists(st.text(f"{LETTERS}'’. -()", min_size=1, max_size=14), max_size=30)
DOORS = {
    "finder": "/doctors/?name=",
    "country": "/doctors/cardiology/?name=",
    "state": "/doctors/cardiology/tx/?name=",
    "city": "/doctors/cardiology/tx/houston/?name=",
    "near": "/doctors/cardiology/?near=77030&name=",
}


@pytest.fixture
def people():
    make_zip_code()
    cardiology = make_specialization()
    houston = make_location(make_place())
    for name in ("Smith-Jones", "de la Cruz", "O'Brien", "Núñez Ström", "Jonas"):
        make_doctor(name, does=(cardiology,), at=(houston,))
    make_doctor("Jones-Jonas", "Bea", does=(cardiology,), at=(houston,))
    count_doctors()


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("jones", ["Jones-Jonas", "Smith-Jones"]),
        ("jonas", ["Jonas", "Jones-Jonas"]),
        ("ada+jones", ["Smith-Jones"]),
        ("smith+jones", ["Smith-Jones"]),
        ("smithjones", ["Smith-Jones"]),
        ("cruz", ["de la Cruz"]),
        ("la+cruz", ["de la Cruz"]),
        ("delacruz", ["de la Cruz"]),
        ("brien", ["O'Brien"]),
        ("o’brien", ["O'Brien"]),
        ("strom", ["Núñez Ström"]),
        ("Ström", ["Núñez Ström"]),
        ("ada", []),
    ],
)
def test_every_part_of_a_last_name_is_found_once_in_order(
    client, people, door, typed, expected
):
    html = client.get(door + typed).content.decode().replace("&#x27;", "'")

    found = [part.split("</a>")[0] for part in html.split('doctor__name">')[1:]]
    assert [name.rpartition(">")[2].split(" ", 1)[1] for name in found] == expected


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Müller", ["Mueller", "Muller"]),
        ("M%C3%9CLLER,+Ada", ["Mueller", "Muller"]),
        ("mueller", ["Mueller"]),
        ("muller", ["Muller"]),
        ("saint+john", ["Saint John", "St. John", "Stone-St. John"]),
        ("St.+John", ["Saint John", "St. John", "Stone-St. John"]),
        ("saint", ["Saint John", "St. John", "Stone-St. John"]),
        ("Jürgen+Smith", ["Smith"]),
        ("Müller+Muller", ["Muller"]),
        ("mu+muller", ["Muller"]),
    ],
)
def test_a_name_is_found_as_either_file_writes_it(client, door, typed, expected):
    make_zip_code()
    cardiology = make_specialization()
    houston = make_location(make_place())
    for name in ("Mueller", "Muller", "St. John", "Stone-St. John", "Saint John"):
        make_doctor(name, does=(cardiology,), at=(houston,))
    make_doctor("Smith", "Juergen", does=(cardiology,), at=(houston,))
    make_doctor("Johnson", "Stephanie", does=(cardiology,), at=(houston,))
    count_doctors()

    response = client.get(door + typed)

    parts = response.text.split('doctor__name">')[1:]
    found = [part.split("</a>")[0] for part in parts]
    names = [name.rpartition(">")[2].split(" ", 1)[1] for name in found]
    assert response.context.get("total", len(names)) == len(names)
    assert [name for name in names if name != "Johnson"] == expected
    assert ("Johnson" in names) is (typed == "St.+John")  # her name begins so


def test_the_admin_finds_them_too(manager, people):
    address = reverse("admin:directory_practitioner_changelist")

    found = manager.get(address, {"q": "Jones, Ada"}).context["cl"].result_list

    assert [one.last_name for one in found] == ["Smith-Jones"]


@given(NAMES)
def test_the_database_knows_the_parts_of_any_name(names):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, tsvector_to_array(directory_other_names(name, ''))"
            " FROM unnest(%s::text[]) AS name",
            [names],
        )
        rows = cursor.fetchall()

    assert len(rows) == len(names)
    for name, words in rows:
        parts = parts_of(name) - {""}
        assert set(words or []) <= parts
        assert parts - set(words or []) <= set(sort_key(name).split()[:1]) | {
            part for part in parts if sort_key(name).startswith(part)
        }
