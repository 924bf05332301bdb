"""Works of an import side by side, each on a connection of its own."""

import sys
from functools import partial
from threading import Barrier

import pytest
from django.db import connection

from directory.imports.sessions import SETTINGS, SWITCH_S, side_by_side
from directory.sql import fetch_row

SESSION = "SELECT pg_backend_pid(), current_setting('work_mem')"


def fail(message):
    raise RuntimeError(message)


@pytest.mark.django_db(transaction=True)
def test_each_work_has_a_connection_and_memory_of_its_own():
    work = partial(fetch_row, SESSION)

    found = side_by_side(work, work)

    own, memory = fetch_row(SESSION)
    assert own not in {pid for pid, _ in found}
    assert {given for _, given in found} == {SETTINGS["work_mem"]} != {memory}


@pytest.mark.django_db(transaction=True)
def test_works_inside_a_work_are_done_one_after_the_other_on_its_connection():
    work = partial(fetch_row, SESSION)
    both_are_there = Barrier(2, timeout=60)

    def begun_with_another():
        both_are_there.wait()
        return work()

    (first, second), (other, _) = side_by_side(
        partial(side_by_side, begun_with_another, work), begun_with_another
    )

    assert first == second
    assert first[0] != other


@pytest.mark.django_db(transaction=True)
def test_a_work_gets_no_helpers_since_another_one_has_the_second_core():
    workers = "SELECT current_setting('max_parallel_workers_per_gather')"

    assert side_by_side(partial(fetch_row, workers)) == [("0",)]


@pytest.mark.django_db(transaction=True)
def test_works_hand_the_interpreter_on_soon_and_python_is_as_before_behind_them():
    usual = sys.getswitchinterval()

    assert side_by_side(sys.getswitchinterval) == [pytest.approx(SWITCH_S)]
    with pytest.raises(RuntimeError, match="broken"):
        side_by_side(partial(fail, "broken"))

    assert SWITCH_S < sys.getswitchinterval() == usual


@pytest.mark.django_db(transaction=True)
def test_an_error_is_raised_when_every_work_has_ended():
    ended = []

    with pytest.raises(RuntimeError, match="the first"):
        side_by_side(
            partial(fail, "the first"),
            partial(fail, "the second"),
            partial(ended.append, True),
        )

    assert ended == [True]


@pytest.mark.django_db
def test_inside_a_transaction_every_work_sees_what_is_not_committed():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE just_made AS SELECT 1 AS number")

    found = side_by_side(partial(fetch_row, "SELECT number FROM just_made"))

    assert found == [(1,)]
