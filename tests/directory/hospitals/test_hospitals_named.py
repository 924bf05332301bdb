"""A hospital is found by what people call it."""

import re

import pytest

from directory.hospitals.named import AT_MOST
from tests.factories import make_hospital, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _hospitals():
    rochester = make_place("Rochester", "MN")
    make_hospital("Mayo Clinic Hospital - Saint Marys Campus", rochester, ccn="240010")
    make_hospital("St. Mary's Regional Medical Center", make_place("Reno", "NV"))
    make_hospital("Ascension St. Mary's Hospital", make_place("Saginaw", "MI"))
    make_hospital("Methodist Hospital", make_place("Houston", "TX"))
    make_hospital("University of Texas Health", make_place("Tyler", "TX"))
    make_hospital("Maryville Hospital", retired_at="2026-01-01T00:00Z")


def named(client, name):
    html = client.get("/hospitals/", {"name": name}).content.decode()
    section = html.partition('id="by-name"')[2].partition("</section>")[0]
    return re.findall(r'<a href="/hospital/[^"]+">(.*?)</a>', section)


@pytest.mark.parametrize(
    "typed",
    [
        "methodist",
        "Methodist Hosp.",
        "METHODIST MEDICAL CENTER",
        "the Methodist",
        "methodist houston",
        "Houston",
        "Methodist, TX",
        "methodist hospital texas",
    ],
)
def test_a_part_of_the_name_with_or_without_a_place(client, typed):
    assert named(client, typed) == ["Methodist Hospital"]


def test_what_begins_so_comes_first_and_spellings_are_one(client):
    marys = [
        "St. Mary&#x27;s Regional Medical Center",
        "Ascension St. Mary&#x27;s Hospital",
        "Mayo Clinic Hospital - Saint Marys Campus",
    ]

    assert named(client, "st marys") == marys
    assert named(client, "Saint Mary") == marys
    assert set(named(client, "Saint Mary’s Hospital")) == set(marys)
    assert named(client, "St Mary's, Rochester, MN") == marys[2:]
    assert named(client, "marys michigan") == marys[1:2]


@pytest.mark.parametrize("typed", ["Saint Marys", "Mount Sinai", "Sainte Genevieve"])
def test_a_short_spelling_is_a_word_of_its_own(client, typed):
    make_hospital("Stanford Marys Hospital")
    make_hospital("Steep Genevieve Hospital")
    make_hospital("Mt. Sinai Hospital")
    make_hospital("Ste. Genevieve Hospital")

    found = named(client, typed)

    short = {"Saint": "Saint Marys|St. Mary", "Mount": "Mt.", "Sainte": "Ste."}
    assert found
    assert all(re.search(short[typed.split()[0]], name) for name in found)


@pytest.mark.parametrize(
    "typed", ["TJ Samson", "T.J. Samson", "T J Samson", "t samson"]
)
def test_initials_may_stand_apart(client, typed):
    make_hospital("T J Samson Community Hospital")

    assert named(client, typed) == ["T J Samson Community Hospital"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("MD Anderson", "University of Texas M D Anderson Cancer Center"),
        ("Advent Health Orlando", "AdventHealth Orlando"),
        ("north east hospital", "Humble Northeast Hospital"),
        ("NewYork-Presbyterian", "New York-Presbyterian Hospital"),
        ("healthcare centers", "Umass Health Care Centers"),
    ],
)
def test_a_name_may_be_written_together_or_apart(client, typed, name):
    make_hospital(name)
    make_hospital("New Yorkshire Presbyterian Hospital of Advent")

    assert named(client, typed) == [name]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Veterans Affairs Houston", "Houston VA Medical Center"),
        ("Glendale Memorial", "Glendale Mem Hospital"),
        ("University of Maryland St Joseph", "University of MD St. Joseph"),
        ("Little Company of Mary", "Little Co of Mary Medical Center"),
    ],
)
def test_a_word_that_is_cut_short_in_the_file_is_found_whole(client, typed, name):
    make_hospital(name, make_place("Reno", "NV"))
    make_hospital("Houston Vascular Hospital")
    make_hospital("Houston Valley Community Hospital of Mary")

    assert named(client, typed) == [name]


def test_whole_words_come_before_their_beginnings(client):
    make_hospital("Adventist Health Simi Valley")
    make_hospital("Houston VA Medical Center")

    assert named(client, "VA hospital")[0] == "Houston VA Medical Center"


def test_a_name_that_begins_so_comes_first_without_its_article(client):
    make_hospital("Johns Hopkins Bayview Hospital")
    make_hospital("Johns Hopkins Hospital, The")
    make_hospital("The Nebraska Medical Center")
    make_hospital("CHI Nebraska Medical Center")

    assert named(client, "The Johns Hopkins Hospital")[0].endswith(", The")
    assert named(client, "Nebraska Medical Center")[0].startswith("The")


@pytest.mark.parametrize("typed", ["Universität Köln", "Universitaet Koeln"])
def test_an_umlaut_stands_for_two_letters_too(client, typed):
    make_hospital("Universitaet Koeln")

    assert named(client, typed) == ["Universitaet Koeln"]


@pytest.mark.parametrize("typed", ["Sinai LA", "sinai, L.A.", "Sinai LA, CA"])
def test_la_is_louisiana_and_los_angeles(client, typed):
    make_hospital("Cedar Sinai", make_place("Los Angeles", "CA"))
    make_hospital("Sinai of the Bayou", make_place("Monroe", "LA"))
    make_hospital("Sinai Dallas", make_place("Dallas", "TX"))

    everywhere = ["Cedar Sinai", "Sinai of the Bayou"]
    assert named(client, typed) == everywhere[: 1 if "CA" in typed else 2]


def test_a_state_at_the_end_may_be_a_part_of_the_name(client):
    assert named(client, "University of Texas") == ["University of Texas Health"]


def test_a_state_alone_finds_what_lies_there_and_what_is_called_so(client):
    assert named(client, "Nevada") == ["St. Mary&#x27;s Regional Medical Center"]
    assert len(named(client, "texas")) == 2


def test_the_number_of_a_hospital_finds_it(client):
    assert named(client, "240010") == ["Mayo Clinic Hospital - Saint Marys Campus"]


def test_words_that_all_hospitals_have_count_where_nothing_else_was_typed(client):
    assert named(client, "hospital") != []
    assert "University of Texas Health" not in named(client, "hospital")


def test_what_fits_nothing_says_what_to_try(client):
    html = client.get("/hospitals/", {"name": "Maryville"}).content.decode()

    assert "No hospital in the public Medicare list fits “Maryville”" in html
    assert 'value="Maryville"' in html
    assert '<a href="/hospitals/tx/">Texas</a>' in html
    assert "<title>Nothing found: Hospitals named “Maryville”" in html


@pytest.mark.parametrize("typed", ["m", "?", "."])
def test_too_little_is_said_beside_the_field(client, typed):
    response = client.get("/hospitals/", {"name": typed})

    assert response.status_code == 400
    html = response.content.decode()
    assert "Type at least two letters of the hospital’s name." in html
    assert f'value="{typed}"' in html
    assert "fits “" not in html


def test_of_many_the_first_are_shown_and_how_to_see_the_others(client):
    houston = make_place("Houston", "TX")
    for number in range(AT_MOST):
        make_hospital(f"Mercy {number}", houston)
    assert len(named(client, "mercy")) == AT_MOST
    assert "there are more" not in client.get("/hospitals/?name=mercy").content.decode()

    make_hospital("Mercy", houston)

    assert len(named(client, "mercy")) == AT_MOST
    assert "there are more" in client.get("/hospitals/?name=mercy").content.decode()


def test_the_finder_asks_for_the_hospital_too(client):
    html = client.get("/doctors/", {"name": "St Mary’s"}).content.decode()

    way = "/hospitals/?name=St+Mary%E2%80%99s#by-name"
    assert f'<a rel="nofollow" href="{way}">Hospitals named “St Mary’s”</a>' in html
    assert 'action="/hospitals/"' in html
