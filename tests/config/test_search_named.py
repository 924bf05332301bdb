"""A search for somebody by name, with a place or a kind of doctors beside it."""

import html
import re

import pytest
from django.db import connection
from django.test import Client

from config.search import MOST_OF_A_NAME
from directory.models import Practitioner
from tests.articles.factories import make_guide
from tests.config.test_search import make_cardiology, read, ways_in
from tests.directory.finder.test_finding import world
from tests.directory.finder.test_plans import BIG, plan_of
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_location,
    make_place,
    make_specialization,
    make_zip_code,
)
from tests.plans import keeping

pytestmark = pytest.mark.django_db
__all__ = ["world"]  # a fixture


@pytest.fixture
def quill() -> Practitioner:
    """Return a cardiologist of Dallas, TX, among others of the name elsewhere."""
    kinds = (make_cardiology(),)
    make_zip_code("77030")
    make_zip_code("75201", 32.8, -96.8)
    make_zip_code("02118", 42.3, -71.1)
    make_place("Springfield", "IL")
    make_place("Houston")
    dallas = make_location(make_place("Dallas"), zip_code="75201")
    boston = make_location(make_place("Boston", "MA"), zip_code="02118")
    make_place("Dallas", "GA")
    make_doctor("Quill", "Ben", does=kinds, at=(boston,))
    surgery = (make_specialization("Hand surgery", "Hand surgeon"),)
    make_doctor("Quill", "Zoe", does=surgery, at=(boston,))
    make_doctor("Mora", does=kinds, at=(dallas,))
    found = make_doctor("Quill", "Ada", does=kinds, at=(dallas,))
    count_doctors()
    return found


def people_in(page: str) -> list[str]:
    return re.findall(r'<li><a href="/doctor/[^"]+">([^<]+)<', page)


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("Dr. Quill Dallas", "in Dallas"),
        ("doctor quill in dallas, tx", "in Dallas, Texas"),
        ("Professor Quill, Dallas, TX", "in Dallas, Texas"),
        ("Dallas Quill", "in Dallas"),
        ("Quill, MD, Texas", "in Texas"),
        ("Ada Quill 75201", "near ZIP code 75201"),
        ("75201 Dallas: Quill", "near ZIP code 75201"),
        ("second opinion Dr Quill Dallas TX 75201-1234", "near ZIP code 75201"),
    ],
)
def test_a_name_and_a_place_find_who_is_there(
    client: Client, django_assert_max_num_queries, quill, words: str, area: str
):
    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, words)

    assert people_in(page) == ["Ada Quill"]
    assert re.search(rf"<h2>Doctors named “\S*(Ada )?[Qq]uill” {area}</h2>", page)
    assert "Nothing" not in page
    [everybody] = re.findall(r'href="(/doctors/[?]name=[^"]+)#by-name"', page)
    assert "Ada Quill" in client.get(html.unescape(everybody)).text


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("Dr. Quill Springfield", "in Springfield"),
        ("quill houston tx", "in Houston, Texas"),
        ("quill 77030", "near ZIP code 77030"),
        ("quill heart doctor springfield", ""),
        ("quill hand surgeon houston", ""),
    ],
)
def test_where_nobody_has_the_name_others_are_a_link_away(
    client: Client, django_assert_max_num_queries, quill, words: str, area: str
):
    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, words)

    assert people_in(page) == []
    if area:
        assert f"We know of nobody named “quill” {area}" in page.replace("Q", "q")
        assert "Nothing fits" not in page
        [address] = re.findall(r'href="(/doctors/[?]name=[^"]+)#by-name"', page)
    else:
        address, text = ways_in(page)[0]
        assert text.endswith("named “quill” in the whole country")
    assert "Quill</a>" in client.get(html.unescape(address)).text


@pytest.mark.parametrize(
    "words", ["nobody dallas", "Dr. Nobody 75201", "nobody heart doctor dallas"]
)
def test_nothing_leads_to_a_name_that_nobody_has(
    client: Client, django_assert_max_num_queries, quill, words: str
):
    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, words)

    assert "named" not in page
    assert not re.search("[?&;]name=", page)
    assert re.search(r"Find a doctor (in|near)|Find cardiologists in", page)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("quill cardiologist dallas", "/doctors/cardiology/tx/dallas/?name=quill"),
        ("cardiologist Quill, Texas", "/doctors/cardiology/tx/?name=Quill"),
        (
            "dr ada quill, heart doctor, 75201",
            "/doctors/cardiology/?near=75201&within=25&name=ada+quill",
        ),
        ("Dr. Quill cardiologist", "/doctors/cardiology/?name=Quill"),
    ],
)
def test_a_name_and_a_kind_of_doctors_lead_to_the_list(
    client: Client, django_assert_max_num_queries, quill, words: str, address: str
):
    with django_assert_max_num_queries(8):  # one of them the footer's
        page = read(client, words)

    found, text = ways_in(page)[0]
    assert html.unescape(found) == address
    assert re.match("Find cardiologists named “(ada )?[Qq]uill” (in|within)", text)
    listed = client.get(address).text
    assert "Ada Quill" in listed
    assert "Mora" not in listed


@pytest.mark.parametrize(
    "words",
    [
        "doctor named Ada Quill",
        "best Dr. Ada Quill near me",
        "Dr Ada Quill second opinion",
        "who is Professor Ada Quill?",
    ],
)
def test_words_around_a_name_do_not_hide_who_has_it(client: Client, quill, words: str):
    page = read(client, words)

    assert people_in(page) == ["Ada Quill"]
    assert "<h2>Doctors named “Ada Quill”</h2>" in page


def test_a_question_that_something_answers_is_no_name(client: Client, quill):
    make_guide("quills", title="What quills are for")

    page = read(client, "what are quills?")

    assert "What quills are for" in page
    assert people_in(page) == []


@pytest.mark.parametrize("words", ["I want to die", "I want to die in Dallas"])
def test_in_a_crisis_no_word_is_taken_for_a_name(client: Client, quill, words: str):
    location = quill.practices.get().location
    kinds = tuple(quill.specializations.all())
    make_doctor("Diefenbach", does=kinds, at=(location,))

    page = read(client, words)

    assert "call 988" in page
    assert "Diefenbach" not in page
    assert "named" not in page
    assert "Find a doctor in" not in page


def test_who_has_the_name_but_is_of_another_kind_is_found(client: Client, quill):
    page = read(client, "dr ada quill hand surgeon dallas")

    assert people_in(page) == ["Ada Quill"]
    assert "We know of none in Dallas" in page


def test_of_many_who_have_the_name_there_some_are_shown(client: Client, quill):
    location = quill.practices.get().location
    for number in range(MOST_OF_A_NAME):
        make_doctor(
            "Quill",
            f"B{number}",
            at=(location,),
            does=tuple(quill.specializations.all()),
        )
    count_doctors()

    page = read(client, "quill dallas")

    assert people_in(page) == ["Ada Quill", *[f"B{n} Quill" for n in range(4)]]
    assert "More of them have this name." in page
    assert "More of them" not in read(client, "b0 quill dallas")


@pytest.mark.parametrize("words", ["Dallas Quill", "Ada Dallas"])
def test_whose_whole_name_it_is_comes_first(client: Client, quill, words: str):
    first, last = words.split()
    make_doctor(last, first, does=tuple(quill.specializations.all()), at=())
    count_doctors()

    page = read(client, words)

    assert people_in(page) == [words]
    assert f"<h2>Doctors named “{words}”</h2>" in page


@pytest.mark.parametrize(
    "words",
    ["mora houston", "mora texas", "bel 77030", "mora cardiologist boston", "abel ada"],
)
def test_an_index_leads_to_people_of_a_name(client: Client, world, words: str):
    sent = []
    with connection.execute_wrapper(keeping(sent)):
        page = read(client, words)

    assert people_in(page) or "name=mora" in ways_in(page)[0][0]
    plans = [plan_of(one) for one in sent if "FROM directory_practitioner" in one.text]
    assert plans
    for plan in plans:
        assert BIG.findall(plan) == [], plan


@pytest.mark.parametrize("words", ["vale dallas", "Mora-Vale Texas", "mora vale 75201"])
def test_a_further_word_of_a_last_name_finds_who_is_there(
    client: Client, quill, words: str
):
    location = quill.practices.get().location
    kinds = tuple(quill.specializations.all())
    make_doctor("Mora-Vale", "Eve", does=kinds, at=(location,))
    make_doctor("Mora-Vale", "Ida", does=kinds, at=(make_place(),))
    count_doctors()

    found = people_in(read(client, words))

    others = ["Ida Mora-Vale"] if "Texas" in words else []
    assert found == ["Eve Mora-Vale", *others]


@pytest.mark.parametrize("words", ["heart doctor", "heart doctor Dallas TX"])
def test_a_kind_of_doctors_is_no_name(client: Client, quill, words: str):
    location = quill.practices.get().location
    make_doctor("Heartley", does=tuple(quill.specializations.all()), at=(location,))
    count_doctors()

    page = read(client, words)

    assert people_in(page) == []
    assert ways_in(page)[0][1].startswith("Find cardiologists")
    assert people_in(read(client, "heartley dallas")) == ["Ada Heartley"]


@pytest.mark.parametrize(
    ("words", "first"), [("ada quill", "doctor"), ("quill hospital", "hospital")]
)
def test_a_hospital_that_has_both_names_by_chance_comes_behind(
    client: Client, quill, words: str, first: str
):
    make_hospital("Adams Hospital", location=make_location(make_place("Quillfield")))
    make_hospital("Quill Hospital")
    make_doctor("Quill", "Hospitality", does=tuple(quill.specializations.all()))
    count_doctors()

    page = read(client, words)

    found = re.findall('<li><a href="/(doctor|hospital)/', page)
    assert found[0] == first
    assert set(found) == {"doctor", "hospital"}
