"""Numbers beside a list: exact up to a thousand, and no more is claimed behind that."""

import pytest

from directory.finder.apart import find_apart
from directory.finder.choices import look_around
from directory.finder.doctor_list import apart_context, counted
from directory.finder.finding import Finder
from directory.finder.searching import Search
from directory.finder.ties import organization_tie
from directory.models import PractitionerCount
from directory.nearby import circle_around
from directory.sql import execute, fetch_rows
from tests.directory.finder.finder_oracle import numbers_of
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_zip_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(cardiology):
    """Return somebody whose row in the finder's table can be copied."""
    make_zip_code()
    doctor = make_doctor(
        does=(cardiology,),
        at=(make_place(),),
        hospitals=(make_hospital("Kind Hospital", ccn="450068"),),
        has_telehealth=True,
    )
    count_doctors()
    return doctor


def let_colleagues_be(number):
    """Let the one row of the finder's table stand there for so many others too."""
    execute(
        """
        INSERT INTO directory_listing
        SELECT (jsonb_populate_record(first, jsonb_build_object(
            'practitioner_id', 10^9 + copy, 'sort_key', 'example copy ' || copy
        ))).* FROM directory_listing AS first, generate_series(1, %s) AS copy
        """,
        [number],
    )


@pytest.mark.parametrize(
    ("colleagues", "words", "option"),
    [
        (999, "1,000 cardiologists", "Kind Hospital (1,000)"),
        (1_001, "more than 1,000 cardiologists", "Kind Hospital"),
    ],
)
def test_people_are_counted_up_to_a_thousand(
    cardiology, first, colleagues, words, option
):
    let_colleagues_be(colleagues)

    for finder in (
        Finder(Search(cardiology, telehealth=True)),
        Finder(Search(cardiology, "TX", make_place(), name="example")),
        Finder(Search(cardiology, near="77030"), circle_around("77030", 25)),
    ):
        numbers, choices = look_around(finder, [], {})
        [(total, _)] = fetch_rows(*finder.count_sql())

        assert counted(finder.search, numbers.total) == words
        assert counted(finder.search, total) == words
        assert [one.text for one in choices.hospitals] in ([option], [])


@pytest.mark.parametrize(
    ("colleagues", "hospitals"),
    [(999, ["Kind Hospital (1,000)", "Own Hospital (1)"]), (1_000, ["Kind Hospital"])],
)
def test_one_of_more_than_a_thousand_is_no_way_on(
    cardiology, first, colleagues, hospitals
):
    let_colleagues_be(colleagues)
    own = make_hospital("Own Hospital")
    execute(
        "UPDATE directory_listing SET ties = ties || %s::bigint"
        " WHERE practitioner_id = %s",
        [organization_tie(cardiology.pk, own.pk), first.pk],
    )
    finder = Finder(Search(cardiology, near="77030"), circle_around("77030", 25))

    _, choices = look_around(finder, [], {})

    assert [one.text for one in choices.hospitals] == hospitals


def test_the_people_of_an_area_are_all_counted(cardiology):
    assert counted(Search(cardiology, "TX"), 12_345) == "12,345 cardiologists"


def test_a_way_on_says_where_counting_stopped(client, cardiology, first):
    let_colleagues_be(1_000)
    PractitionerCount.objects.filter(state="").update(practitioners=12_345)

    ways = client.get("/doctors/cardiology/ma/?telehealth=1").context["ways"]

    everybody = "Cardiologists in the whole country"
    assert [(way.text, way.number) for way in ways] == [
        (f"{everybody} by video or telephone", "more than 1,000"),
        (everybody, "12,345"),  # counted with the import
    ]


@pytest.mark.parametrize(
    ("colleagues", "words"), [(999, "1,000"), (1_000, "more than 1,000")]
)
def test_who_is_left_out_is_counted_up_to_a_thousand(
    cardiology, first, colleagues, words
):
    let_colleagues_be(colleagues)
    apart = find_apart("450068")

    for finder in (
        Finder(Search(cardiology), apart=apart),
        Finder(
            Search(cardiology, near="77030"),
            circle_around("77030", 25),
            None,
            None,
            apart,
        ),
    ):
        context = apart_context(finder, numbers_of(finder), [])

        assert context["number"] == words
        assert context["reasons"] == [("hospital", words)]
