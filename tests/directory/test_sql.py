import pytest

from directory.finder.people import people_of
from directory.sql import execute, fetch_prepared, fetch_rows
from tests.factories import make_doctor, make_place, make_specialization

pytestmark = pytest.mark.django_db


def prepared(text):
    """Return how many statements with this text the session has planned."""
    [(number,)] = fetch_rows(
        "SELECT count(*) FROM pg_prepared_statements"
        " WHERE position(%s IN statement) > 0",
        [text],
    )
    return number


def test_a_statement_is_planned_once_whatever_it_asks():
    found = [fetch_prepared("SELECT 'planned once', %s", [n]) for n in (1, 2, 3)]

    assert found == [[("planned once", n)] for n in (1, 2, 3)]
    assert prepared("'planned once'") == 1


def test_the_people_of_all_pages_are_found_by_the_same_plans():
    cardiology, place = make_specialization(), make_place()
    people = [make_doctor(does=(cardiology,), at=(place,)) for _ in range(3)]
    plans = []

    for number in (1, 2, 3):
        assert people_of([one.pk for one in people[:number]]) == people[:number]
        plans.append(prepared("AS link"))

    assert plans[0] >= 2
    assert plans == [plans[0]] * 3


def test_a_plan_reads_the_table_that_was_swapped_in():
    """An import moves a new table to the place of the old one."""
    execute("CREATE TABLE release_of_readers AS SELECT 'old' AS name")
    execute("CREATE SCHEMA beside")
    execute("CREATE TABLE beside.release_of_readers AS SELECT 'new' AS name")
    query = "SELECT name FROM release_of_readers WHERE name <> %s"
    assert [fetch_prepared(query, [""]) for _ in range(8)] == [[("old",)]] * 8

    execute("DROP TABLE release_of_readers")
    execute("ALTER TABLE beside.release_of_readers SET SCHEMA public")

    assert fetch_prepared(query, [""]) == [("new",)]
    assert prepared("release_of_readers") == 1
