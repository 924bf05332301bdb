"""A hospital's name with wrong letters leads to the name that is meant."""

import html
import re
from urllib.parse import quote

import pytest

from directory.hospitals.meant import hospitals_meant
from tests.factories import make_hospital, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hospitals():
    make_hospital("Houston Methodist Hospital", make_place("Houston", "TX"))
    make_hospital("Methodist Hospital", make_place("Gary", "IN"))
    make_hospital("Mercy General Hospital", make_place("Reno", "NV"))
    make_hospital("St. Joseph's Hospital", make_place("Tampa", "FL"))
    make_hospital("Mayonnaise Clinic")
    make_hospital("Clinch Valley Hospital")
    make_hospital("Quixote Hospital", retired_at="2026-01-01T00:00Z")


def meant(client, name: str) -> list[str]:
    page = client.get("/hospitals/", {"name": name}).text
    found = re.search(r"Did you mean (.*?)[?]</p>", page)
    return re.findall(r'href="[^"]+">([^<]+)</a>', found[1]) if found else []


@pytest.mark.parametrize(
    ("typed", "name", "leads_to"),
    [
        ("Methodsit Hospital, TX", "methodist hospital, TX", "Houston Methodist"),
        ("methodsit houston texas", "methodist houston, TX", "Houston Methodist"),
        ("Methodist Huoston", "methodist houston", "Houston Methodist"),
        ("Mercey General", "mercy general", "Mercy General"),
        ("Saint Jospehs of Tampa", "saint josephs of tampa", "St. Joseph&#x27;s"),
        ("mayonnaise clinc", "mayonnaise clinic", "Mayonnaise Clinic"),
    ],
)
def test_a_name_is_offered_that_has_a_hospital(client, typed, name, leads_to):
    assert meant(client, typed) == [name]

    page = client.get(f"/hospitals/?name={quote(name)}").text
    assert re.search(rf'<a href="/hospital/[^"]+">{leads_to}', page)


@pytest.mark.parametrize(
    "typed",
    [
        "Quixoet",  # retired
        "Methodsit, FL",  # another state
        "Mercey Houston",
        "zzzz hospital",
        "of the",
        "Mercy General",  # nothing is wrong
        "x",
    ],
)
def test_nothing_is_offered_that_has_no_hospital(client, typed):
    assert meant(client, typed) == []


def test_the_nearest_comes_first_if_the_other_words_are_there_too():
    hospitals = ["stanford reno nv", "sanford hospital gary in", "sanford tampa fl"]

    assert hospitals_meant("standford", hospitals) == ["stanford", "sanford"]
    assert hospitals_meant("standford hospitl gary", hospitals) == [
        "sanford hospital gary"
    ]


def test_what_was_typed_is_shown_and_never_run(client):
    page = client.get("/hospitals/", {"name": "Mercey <b>General</b>"}).text

    assert "<b>General" not in page
    assert html.escape("Mercey <b>General</b>") in page
