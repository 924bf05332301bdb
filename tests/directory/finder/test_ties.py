import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from directory.finder.ties import BUILDING_TIE, building_tie, organization_tie, ties_on
from directory.independence import Fact, Level, Side


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zip_code", "line"),
    [("77030", "12 LARKSPUR LN"), ("", "Calle José | 5")],
)
def test_a_building_has_the_same_number_in_sql(zip_code, line):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {BUILDING_TIE} FROM (SELECT 7 AS place_id, %s AS zip_code,"
            " %s AS building_line) AS location",
            [zip_code, line],
        )
        [number] = cursor.fetchone()

    assert number == building_tie(7, zip_code, line)
    assert -(2**60) < number <= 0


small = st.integers(1, 2**22 - 1)
large = st.integers(1, 2**40 - 1)


@given(small, large, small, large)
def test_two_organizations_have_different_numbers(one, first, other, second):
    same = (one, first) == (other, second)

    assert (organization_tie(one, first) == organization_tie(other, second)) == same
    assert 0 < organization_tie(one, first) < 2**63


def test_a_side_without_facts_has_no_numbers():
    side = Side({Level.GROUP: frozenset({Fact(5, "Group", "")})})

    assert ties_on(side, Level.GROUP, 2) == [organization_tie(2, 5)]
    assert ties_on(side, Level.HOSPITAL, 2) == []


def test_a_building_is_the_same_under_every_specialization():
    key = (7, "77030", "12 Larkspur Lane")
    side = Side({Level.ADDRESS: frozenset({Fact(key, "12 Larkspur Lane", "")})})

    assert ties_on(side, Level.ADDRESS, 1) == ties_on(side, Level.ADDRESS, 2)


def test_a_hospital_is_its_numbers_and_its_building():
    building = (7, "77030", "12 Larkspur Lane")
    fact = Fact(5, "Kind Hospital", "", numbers=(5, 6), building=building)
    side = Side({Level.HOSPITAL: frozenset({fact})})

    assert ties_on(side, Level.HOSPITAL, 2) == [
        building_tie(*building),
        organization_tie(2, 5),
        organization_tie(2, 6),
    ]
