"""Lists of the desk among more rows than anybody reads."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from directory.models import Location, Practitioner
from tests.directory.finder.test_plans import scanned
from tests.factories import make_doctor, make_location, make_place, make_release
from tests.plans import keeping

pytestmark = pytest.mark.django_db

CLINICIANS = "admin:directory_practitioner_changelist"
LOCATIONS = "admin:directory_location_changelist"


def names_in(response):
    return [one.last_name for one in response.context["cl"].result_list]


def make_many(count):
    release = make_release()
    Practitioner.objects.bulk_create(
        Practitioner(
            npi=f"99{number:08d}",
            last_name=f"Many{count - number:04d}",
            sort_key=f"many{count - number:04d}",
            first_release=release,
            last_release=release,
        )
        for number in range(count)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ada example", ["Example"]),
        ("Example, Ada", ["Example"]),
        ("exam", ["Example"]),
        ("EXAMPLE", ["Example"]),
        ("Dr. Ada Example, MD", ["Example"]),
        ("9905", ["Example"]),
        ("Müller, Ada", ["Mueller", "Muller"]),
        ("Mueller", ["Mueller"]),
        ("Ada St. John", ["Saint John", "St. John"]),
        ("saint", ["Saint John", "St. John"]),
        ("ada other", []),
        ("123", []),
    ],
)
def test_a_clinician_is_found_by_name_or_number(manager, text, expected):
    make_doctor("Example", npi="9905000018")
    for name in ("Mueller", "Muller", "Saint John", "St. John", "Stone Smith"):
        make_doctor(name)

    response = manager.get(reverse(CLINICIANS), {"q": text})

    assert names_in(response) == expected


@pytest.mark.parametrize("text", ["a", "...", "☃", "a b"])
def test_what_is_no_name_is_answered_with_what_to_type(manager, text):
    make_doctor()

    response = manager.get(reverse(CLINICIANS), {"q": text})

    assert names_in(response) == []
    assert "Type at least the first two letters" in response.text


def test_a_retired_clinician_is_found_by_number_and_among_the_retired(manager):
    make_doctor("Example")
    gone = make_doctor("Example-Gone", retired=True)

    page = manager.get(reverse(CLINICIANS), {"q": "example"})
    [retired] = re.findall(r'href="([^"]+)">\s*Retired', page.text)
    named = manager.get(reverse(CLINICIANS) + retired.replace("&amp;", "&"))

    assert names_in(page) == ["Example"]
    assert names_in(named) == ["Example-Gone"]
    assert names_in(manager.get(reverse(CLINICIANS), {"q": gone.npi})) == [
        "Example-Gone"
    ]


def test_listed_and_retired_clinicians_have_a_list_each(manager):
    make_doctor("Example")
    make_doctor("Gone", retired=True)
    which = "retired_at__isempty"

    assert names_in(manager.get(reverse(CLINICIANS))) == ["Example"]
    assert names_in(manager.get(reverse(CLINICIANS), {which: "1"})) == ["Example"]
    assert names_in(manager.get(reverse(CLINICIANS), {which: "0"})) == ["Gone"]


def test_a_name_is_sought_among_the_made_up_alone(manager):
    make_doctor("Example")
    make_doctor("Example-Made", is_demo=True)

    response = manager.get(reverse(CLINICIANS), {"q": "example", "is_demo__exact": "1"})

    assert names_in(response) == ["Example-Made"]


@pytest.mark.parametrize("search", [{}, {"q": "many"}, {"q": "99"}])
def test_of_more_than_a_thousand_the_first_are_listed_and_it_says_so(manager, search):
    make_many(1_001)

    pages = [manager.get(reverse(CLINICIANS), search | {"p": n}) for n in range(1, 11)]
    beyond = manager.get(reverse(CLINICIANS), search | {"p": 11})

    assert len({name for page in pages for name in names_in(page)}) == 1_000
    assert "more than 1,000 practitioners" in pages[0].text
    assert "more than 1,000 results" in pages[0].text
    assert ("Show all</a>)" in pages[0].text) == bool(search)
    assert "A narrower search finds the others" in pages[-1].text
    assert "p=11" not in pages[-1].text
    assert beyond.status_code == 302


@pytest.mark.parametrize(
    "search", [{}, {"q": "example"}, {"q": "ada exam"}, {"q": "99"}]
)
def test_no_list_of_clinicians_reads_them_all(manager, search):
    make_doctor("Example")
    sent = []

    with connection.execute_wrapper(keeping(sent)):
        manager.get(reverse(CLINICIANS), search)

    ours = [one for one in sent if "directory_practitioner" in one.text]
    assert len(ours) > 1
    for one in ours:
        assert scanned(one) == [], one.text


def test_a_thousand_are_counted(manager):
    make_many(1_000)

    page = manager.get(reverse(CLINICIANS), {"p": 10})

    assert len(names_in(page)) == 100
    assert "1000 practitioners" in page.text
    assert "more than" not in page.text


def test_all_of_a_few_pages_stand_on_one_if_asked_for(manager):
    make_many(150)

    page = manager.get(reverse(CLINICIANS), {"all": ""})

    assert names_in(page) == [f"Many{number:04d}" for number in range(1, 151)]


def test_no_page_has_more_than_a_few_of_them(manager):
    make_many(201)

    assert len(names_in(manager.get(reverse(CLINICIANS), {"all": ""}))) == 100


def test_an_order_that_no_index_has_is_not_kept(manager):
    make_doctor("Zeta", is_demo=True)
    make_doctor("Alpha")

    page = manager.get(reverse(CLINICIANS), {"o": "-4"})

    assert names_in(page) == ["Alpha", "Zeta"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("main", ["12 Main Street", "7 Main Street"]),
        ("houston", ["12 Main Street", "9 Oak Street"]),
        ("Main HOUSTON", ["12 Main Street"]),
        ("77030", ["12 Main Street"]),
        ("main austin 73301", ["7 Main Street"]),
        ("elm 73301", ["Suite 5"]),
        ("?", []),
    ],
)
def test_a_location_is_found_by_street_city_and_zip_code(manager, text, expected):
    houston, austin = make_place(), make_place("Austin")
    make_location(houston, line_1="12 Main Street", zip_code="77030")
    make_location(houston, line_1="9 Oak Street", zip_code="77002")
    make_location(austin, line_1="7 Main Street", zip_code="73301")
    make_location(austin, line_1="Suite 5", line_2="3 Elm Street", zip_code="73301")

    response = manager.get(reverse(LOCATIONS), {"q": text})

    found = [one.line_1 for one in response.context["cl"].result_list]
    assert sorted(found) == expected


@pytest.mark.parametrize("search", [{}, {"q": "main"}])
def test_of_many_locations_a_thousand_are_listed(manager, search):
    place = make_place()
    Location.objects.bulk_create(
        Location(place=place, line_1=f"{number} Main Street", building_line="")
        for number in range(1_001)
    )

    page = manager.get(reverse(LOCATIONS), search | {"p": 10})

    assert len(page.context["cl"].result_list) == 100
    assert "more than 1,000 locations" in page.text


def test_of_a_pasted_text_a_few_words_are_sought(manager):
    make_location(make_place(), line_1="12 Main Street")
    text = "m ma mai main s st str stre stree street h ho " * 2 + "of a letter " * 50
    sent = []

    with connection.execute_wrapper(keeping(sent)):
        page = manager.get(reverse(LOCATIONS), {"q": text})

    assert [one.line_1 for one in page.context["cl"].result_list] == ["12 Main Street"]
    assert len(sent) < 25
