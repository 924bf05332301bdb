"""New tables beside the live ones, swapped in at one moment."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from directory.imports import shadow
from directory.imports.report import ImportRefusedError
from directory.models import Practice
from directory.sql import execute, fetch_rows
from tests.factories import make_doctor, make_location, make_practice

TABLE = "directory_practice"
READER = f"SELECT FROM {TABLE}"  # locks what a long page locks
VACUUM = f"LOCK TABLE {TABLE} IN SHARE UPDATE EXCLUSIVE MODE"  # as a vacuum does


def indexes_of_the_live_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s"
            " AND schemaname = current_schema() ORDER BY indexname",
            [TABLE],
        )
        return [row[0] for row in cursor.fetchall()]


def build(practitioner_id: int) -> None:
    """Build a shadow that has every practice of one practitioner only."""
    shadow.empty_schema()
    shadow.create(TABLE)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO directory_next.{TABLE} SELECT * FROM {TABLE}"
            " WHERE practitioner_id = %s",
            [practitioner_id],
        )
    shadow.index(TABLE)
    shadow.settle(TABLE)


@pytest.fixture
def two_doctors():
    doctors = make_doctor("One"), make_doctor("Two")
    for doctor in doctors:
        make_practice(doctor)
    return doctors


@pytest.mark.django_db
def test_a_swapped_table_has_the_new_rows_and_the_same_indexes(two_doctors):
    before = indexes_of_the_live_table()
    build(two_doctors[0].pk)

    assert Practice.objects.count() == 2
    with transaction.atomic():
        shadow.swap([TABLE])
    shadow.drop_former()

    assert [practice.practitioner for practice in Practice.objects.all()] == [
        two_doctors[0]
    ]
    assert indexes_of_the_live_table() == before
    assert len(before) == 4


@pytest.mark.django_db
def test_the_name_of_the_live_tables_schema_may_need_quotes(two_doctors):
    execute('CREATE SCHEMA "Second Voice"')
    execute(f'CREATE TABLE "Second Voice".{TABLE} (LIKE {TABLE} INCLUDING ALL)')
    execute('SET LOCAL search_path TO "Second Voice", public')
    before = indexes_of_the_live_table()
    build(0)

    with transaction.atomic():
        shadow.swap([TABLE])

    assert indexes_of_the_live_table() == before


@pytest.mark.django_db
def test_a_row_added_after_a_swap_gets_a_number_of_its_own(two_doctors):
    build(two_doctors[1].pk)
    with transaction.atomic():
        shadow.swap([TABLE])
    known = Practice.objects.get().pk

    made = make_practice(two_doctors[0], make_location())

    assert made.pk > known


@pytest.mark.django_db
def test_an_empty_table_can_be_swapped_in(two_doctors):
    build(0)

    with transaction.atomic():
        shadow.swap([TABLE])

    assert not Practice.objects.exists()
    assert make_practice(two_doctors[0]).pk


@pytest.mark.django_db
def test_after_a_swap_the_rest_of_the_import_waits_for_locks_as_before(two_doctors):
    build(two_doctors[0].pk)

    with transaction.atomic():
        shadow.swap([TABLE])
        shadow.drop_former()

        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone()[0] == "0"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lock", [READER, VACUUM], ids=["reader", "vacuum"])
def test_who_never_lets_go_stops_the_swap_and_loses_nothing(
    two_doctors, monkeypatch, lock
):
    monkeypatch.setattr(shadow, "TRIES", 2)
    monkeypatch.setattr(shadow, "PAUSE_S", 0)
    monkeypatch.setattr(shadow, "VACUUM_WAIT_MS", 20)
    build(two_doctors[0].pk)

    with (
        holding(lock),
        pytest.raises(ImportRefusedError, match="Nothing was changed"),
        transaction.atomic(),
    ):
        shadow.swap([TABLE])

    shadow.drop_schema()
    assert Practice.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_vacuum_is_waited_for_and_nobody_reads_the_later_for_it(
    two_doctors, monkeypatch
):
    monkeypatch.setattr(shadow, "TRIES", 1)
    build(two_doctors[0].pk)

    with holding(VACUUM) as vacuum, ThreadPoolExecutor(1) as pool:
        swapped = pool.submit(swap_alone)
        wait_until_somebody_waits()
        with transaction.atomic():
            execute("SET LOCAL lock_timeout = 50")
            assert Practice.objects.count() == 2
        vacuum.leave.set()
        swapped.result()

    assert Practice.objects.count() == 1


def swap_alone():
    with transaction.atomic():
        shadow.swap([TABLE])
    connection.close()


def wait_until_somebody_waits():
    give_up_at = time.monotonic() + 20
    while not fetch_rows(
        "SELECT FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [TABLE]
    ):
        assert time.monotonic() < give_up_at
        time.sleep(0.01)


class holding:  # noqa: N801 (used like a function)
    """Hold what a statement locks, in another connection."""

    def __init__(self, statement):
        self.statement = statement

    def __enter__(self):
        self.holds, self.leave = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.hold)
        self.thread.start()
        assert self.holds.wait(10)
        return self

    def hold(self):
        with transaction.atomic():
            execute(self.statement)
            self.holds.set()
            self.leave.wait(30)
        connection.close()

    def __exit__(self, *_):
        self.leave.set()
        self.thread.join()


@pytest.mark.django_db
def test_a_role_that_may_make_no_schema_is_told_what_to_ask_for():
    [(owner, database)] = fetch_rows("SELECT current_user, current_database()")
    shadow.require_rights(owner)

    with pytest.raises(ImportRefusedError) as refusal:
        shadow.require_rights("pg_monitor")

    assert str(refusal.value).endswith(
        "Let the owner of the database say:"
        f" GRANT CREATE ON DATABASE {database} TO pg_monitor;"
        " GRANT CREATE ON SCHEMA public TO pg_monitor;"
    )
