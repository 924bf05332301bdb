"""Readers have the old release whole until the new one is whole, whatever happens."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.db import connection

from directory.imports import (
    affiliations,
    counts,
    directory_import,
    groups,
    listing,
    people_import,
    practices,
    practitioners,
    shadow,
    sites,
)
from directory.imports.report import ImportRefusedError
from directory.models import (
    Affiliation,
    ImportRun,
    Listing,
    Practice,
    Practitioner,
    PractitionerCount,
    SourceRelease,
)
from directory.one_run import Lock
from directory.sql import fetch_rows
from tests.database_url import database_url
from tests.directory.imports.test_shadow import READER, holding
from tests.directory.release_files import (
    ADA,
    BEN,
    CAL,
    doctor,
    link,
    run,
    write_doctors,
    write_links,
)
from tests.factories import make_hospital, make_specialization

pytestmark = pytest.mark.django_db(transaction=True)


def what_readers_see():
    """Return every fact of the release, as pages read it."""
    practice = Practice.objects.filter(practitioner__retired_at=None)
    affiliation = Affiliation.objects.filter(practitioner__retired_at=None)
    return {
        "people": set(Practitioner.objects.listed().values_list("npi", "credential")),
        "practices": set(practice.values_list("practitioner__npi", "release__version")),
        "links": set(affiliation.values_list("practitioner__npi", "release__version")),
        "found": set(Listing.objects.values_list("npi", flat=True)),
        "counts": set(PractitionerCount.objects.values_list("state", "practitioners")),
        "releases": set(SourceRelease.objects.values_list("dataset", "version")),
    }


def files(folder, *, new=False):
    folder.mkdir(exist_ok=True)
    people = (
        [doctor(cred="DO"), doctor(npi=CAL)] if new else [doctor(), doctor(npi=BEN)]
    )
    links = [link(npi=CAL)] if new else [link(), link(npi=BEN)]
    return {
        "doctors": write_doctors(folder, *people),
        "affiliations": write_links(folder, *links),
    }


@pytest.fixture
def old(tmp_path):
    """Load a release and return what readers see of it."""
    make_specialization()
    make_hospital(ccn="450068")
    run("2026-02", **files(tmp_path / "old"))
    seen = what_readers_see()
    assert seen["people"] == {(ADA, "MD"), (BEN, "MD")}
    assert seen["found"] == {ADA, BEN}
    return seen


@pytest.fixture
def new(tmp_path):
    return files(tmp_path / "new", new=True)


def load_new(new):
    run("2026-03", accepts_census=True, **new)
    seen = what_readers_see()
    assert seen["people"] == {(ADA, "DO"), (CAL, "MD")}
    assert seen["practices"] == {(ADA, "2026-03"), (CAL, "2026-03")}
    assert seen["links"] == {(CAL, "2026-03")}
    assert seen["found"] == {ADA, CAL}
    assert seen["counts"] == {("", 2), ("TX", 2)}


POINTS = [
    (sites, "merge"),
    (practices, "build"),
    (affiliations, "fill"),
    (listing, "prepare_listing"),
    (counts, "prepare_counts"),
    (groups, "merge"),
    (practitioners, "build"),
    (affiliations, "merge"),
    (shadow, "swap"),
]


@pytest.mark.parametrize(
    ("module", "name"), POINTS, ids=[f"{m.__name__}.{n}" for m, n in POINTS]
)
def test_an_import_that_breaks_off_leaves_the_old_release_whole(
    old, new, monkeypatch, module, name
):
    whole = getattr(module, name)

    def break_off(*args, **kwargs):
        whole(*args, **kwargs)
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(module, name, break_off)
        with pytest.raises(RuntimeError, match="power cut"):
            run("2026-03", accepts_census=True, **new)

    assert what_readers_see() == old
    accounts = ImportRun.objects.filter(version="2026-03")
    assert {run.state for run in accounts} == {"failed"}
    assert all(run.message.startswith("power cut") for run in accounts)
    load_new(new)


def test_a_release_that_readers_have_is_not_said_to_have_broken_off(
    old, new, monkeypatch
):
    def stop():
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(people_import, "delete_unused_locations", stop)
        with pytest.raises(KeyboardInterrupt):
            run("2026-03", accepts_census=True, **new)

    assert what_readers_see()["people"] == {(ADA, "DO"), (CAL, "MD")}
    accounts = ImportRun.objects.filter(version="2026-03").order_by("dataset")
    told = accounts.values_list("dataset", "state", "read", "loaded")
    assert list(told) == [("affiliations", "done", 1, 1), ("doctors", "done", 2, 2)]
    assert not accounts.filter(message__contains="Nothing of it was loaded").exists()


def test_nothing_of_an_import_is_left_lying_about(old, new):
    load_new(new)

    with connection.cursor() as cursor:
        cursor.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'direct%'")
        assert cursor.fetchall() == []


def import_elsewhere(new):
    """Start the command as a process of its own, on this test's database."""
    arguments = [f"--{name}={path}" for name, path in new.items()]
    return subprocess.Popen(
        [
            sys.executable,
            settings.BASE_DIR / "manage.py",
            "import_directory",
            "--release=2026-03",
            "--accept-census",
            *arguments,
        ],
        env=os.environ | {"DATABASE_URL": database_url()},
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(process, words):
    """Read what a process says until these words come."""
    for line in process.stderr:
        if words in line:
            return
    raise AssertionError(f"the process ended without saying {words}")


def test_a_process_killed_in_its_last_transaction_changed_nothing(old, new):
    with holding(READER):
        process = import_elsewhere(new)
        wait_for(process, "swapping")
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stderr.close()
        assert what_readers_see() == old
    wait_until_alone()

    load_new(new)

    ended = ImportRun.objects.filter(version="2026-03", state="failed")
    assert {run.message for run in ended} == {
        "It ended without a word: the process was killed."
    }


def wait_until_alone():
    """Wait until the server has noticed that a killed client is gone."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_database"
                " ON pg_database.oid = pg_locks.database"
                " WHERE datname = current_database()"
                " AND locktype = 'advisory' AND objid = %s",
                [Lock.IMPORT],
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the killed client still holds its lock")


def test_two_imports_at_a_time_are_refused(old, new):
    ready, leave = threading.Event(), threading.Event()

    def hold():
        with directory_import.only_import():
            ready.set()
            leave.wait(30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert ready.wait(10)
    try:
        with pytest.raises(ImportRefusedError, match="Another import is running"):
            run("2026-03", **new)
    finally:
        leave.set()
        other.join()
    assert what_readers_see() == old


def test_a_reader_in_one_transaction_sees_no_mixed_release(old, new):
    """Each look is one statement over people and practices, all through the import."""
    mixed, done = [], threading.Event()

    def look():
        with connection.cursor() as cursor:
            while not done.is_set():
                cursor.execute(
                    "SELECT practitioner.credential, release.version"
                    " FROM directory_practice AS practice"
                    " JOIN directory_practitioner AS practitioner"
                    "   ON practitioner.id = practice.practitioner_id"
                    " JOIN directory_sourcerelease AS release"
                    "   ON release.id = practice.release_id"
                    " WHERE npi = %s",
                    [ADA],
                )
                rows = cursor.fetchall()
                if rows not in ([("MD", "2026-02")], [("DO", "2026-03")]):
                    mixed.append(rows)
        connection.close()

    reader = threading.Thread(target=look)
    reader.start()
    try:
        load_new(new)
    finally:
        done.set()
        reader.join()

    assert mixed == []


SWAPPED = [
    practitioners.TABLE,
    practices.PRACTICE,
    practices.SPECIALIZATION,
    affiliations.TABLE,
    listing.TABLE,
    counts.TABLE,
]


@pytest.mark.django_db
@pytest.mark.parametrize("table", SWAPPED)
def test_no_foreign_key_leads_to_or_from_a_table_that_is_swapped(table):
    keys = fetch_rows(
        "SELECT conname FROM pg_constraint WHERE contype = 'f'"
        " AND %s::regclass IN (conrelid, confrelid)",
        [table],
    )

    assert keys == []
