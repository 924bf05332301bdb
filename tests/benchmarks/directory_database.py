"""A database of its own with a million made-up clinicians, kept between runs."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from config.embedded_postgres import running
from directory.imports import hospitals, shadow, specializations, zip_codes
from directory.imports.centroids import read_centroids
from directory.imports.counts import fill_counts
from directory.imports.listing import fill_listing
from directory.models import Listing, SourceRelease, SpecializationCode
from tests.benchmarks.directory_rows import TABLES, fill

LISTING = "directory_listing"


@contextmanager
def database_of(people: int) -> Iterator[None]:
    """Use the database with this many clinicians, building it the first time."""
    with running(settings.VAR_DIR):
        name = f"bench_{people}"
        _create(name)
        connection.settings_dict["NAME"] = name
        call_command("migrate", verbosity=0)
        if not Listing.objects.exists():
            _build(people)
        yield
        connection.close()
        connection.close_pool()  # or the next size would be that of this one


def _create(name: str) -> None:
    values = settings.DATABASES["default"]
    keys = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    known = {key: values[name] for key, name in keys.items() if values.get(name)}
    with psycopg.connect(dbname="postgres", autocommit=True, **known) as server:
        found = server.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if found.fetchone() is None:
            server.execute(f'CREATE DATABASE "{name}"')


def _build(people: int) -> None:
    zip_codes.load()
    specializations.load()
    hospitals.load()
    codes = SpecializationCode.objects.filter(
        system=SpecializationCode.System.CMS_SPECIALTY
    )
    release, _ = SourceRelease.objects.get_or_create(
        dataset=SourceRelease.Dataset.DOCTORS, version="2026-02", is_demo=True
    )
    _timed(
        "clinicians and what is theirs",
        lambda: fill(
            people,
            release=release.pk,
            codes=dict(codes.values_list("code", "specialization")),
            zips=sorted(read_centroids()),
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET work_mem = '512MB'; SET maintenance_work_mem = '1GB'")
        shadow.empty_schema()
        shadow.create(LISTING)
        cursor.execute(f"SET search_path = {shadow.NEXT}, public")
        _timed("listing", fill_listing)
        cursor.execute("RESET search_path")
        _timed("its indexes", lambda: shadow.index(LISTING))
        shadow.swap([LISTING])
        shadow.drop_former()
        _timed("counts", fill_counts)
        cursor.execute("RESET work_mem; RESET maintenance_work_mem")
        for table in (LISTING, *TABLES):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _timed(what, do) -> None:
    began = time.perf_counter()
    do()
    print(f"{what}: {time.perf_counter() - began:.0f} s", flush=True)
