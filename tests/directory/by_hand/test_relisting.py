"""After any change by hand the lists are what making them all anew would give."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from unittest.mock import Mock

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction

from directory.by_hand.correcting import correct, withdraw
from directory.by_hand.deletion import StillInUseError, delete, replacements_of
from directory.by_hand.mapping import map_orphan, map_specialty, unmap_orphan
from directory.imports import relisting
from directory.imports.counts import rebuild_counts
from directory.imports.relisting import relist
from directory.models import (
    Correction,
    Listing,
    Organization,
    Practice,
    Practitioner,
    PractitionerCount,
    Specialization,
    UnmappedPractitioner,
    UnmappedSpecialty,
)
from tests.factories import (
    count_doctors,
    make_doctor,
    make_group,
    make_hospital,
    make_place,
    make_practice,
    make_specialization,
    make_system,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def _directory():
    heart, brain = (
        make_specialization(),
        make_specialization("Neurology", "Neurologist"),
    )
    rhythm = make_specialization("Rhythm", "Rhythm doctor", heart)
    groups = [make_group(system=make_system(f"Health {n}")) for n in (1, 2)]
    hospitals = [make_hospital(is_teaching=n > 1) for n in (1, 2)]
    stubs = [make_hospital(ccn=f"45999{n}", is_stub=True) for n in (1, 2)]
    places = [make_place(), make_place("Austin"), make_place("Boston", "MA")]
    for n in range(9):
        doctor = make_doctor(
            does=([heart, brain, rhythm][n % 3],),
            at=(places[n % 3],),
            hospitals=([*hospitals, *stubs][n % 4],),
        )
        make_practice(doctor, organization=groups[n % 2])
    count_doctors()


def lists():
    """Return every row that finder and pages read."""
    rows = Listing.objects.order_by("practitioner", "specialization", "number")
    counts = PractitionerCount.objects.order_by("specialization", "state", "place")
    names = [one.name for one in PractitionerCount._meta.fields if one.name != "id"]
    return list(rows.values()), list(counts.values(*names))


def any_of(random, rows):
    found = list(rows.order_by("pk"))
    return random.choice(found) if found else None


def map_string(random):
    unmapped = UnmappedSpecialty.objects.create(published="A STRING", clinicians=3)
    for doctor in random.sample(list(Practitioner.objects.order_by("pk")), 3):
        UnmappedPractitioner.objects.create(
            practitioner=doctor, specialty=unmapped, is_primary=random.random() < 0.5
        )
    chosen = any_of(random, Specialization.objects.with_doctors())
    map_specialty(unmapped=unmapped, specialization=chosen, by=None)


def map_number(random):
    hospitals = Organization.objects.hospitals()
    orphan = any_of(random, hospitals.filter(is_stub=True))
    hospital = any_of(random, hospitals.filter(is_stub=False))
    map_orphan(orphan=orphan, hospital=hospital, by=None)


def unmap_number(random):
    mapped = any_of(random, Organization.objects.exclude(same_as=None))
    if mapped:
        unmap_orphan(orphan=mapped, by=None)


def correct_name(random):
    doctor, name = (
        any_of(random, Practitioner.objects),
        random.choice(["O\u2019Hara-Lee", "Zu"]),
    )
    correct(
        correction=Correction(practitioner=doctor, field="last_name", value=name),
        by=None,
    )


def correct_place(random):
    found = any_of(random, Practice.objects)
    gone = Correction(
        practitioner=found.practitioner,
        location=found.location,
        organization=found.organization,
        field="gone",
    )
    correct(correction=gone, by=None)


def withdraw_one(random):
    found = any_of(random, Correction.objects)
    if found:
        withdraw(correction=found, by=None)


def delete_one(random):
    kind = random.choice([Practitioner, Organization, Specialization])
    target = any_of(random, kind.objects)
    replacement = any_of(random, replacements_of(target))
    delete(target=target, replacement=replacement, by=None)


def delete_system(random):
    target = any_of(random, Organization.objects.filter(kind="system"))
    if target:
        delete(target=target, replacement=None, by=None)


STEPS = [
    map_string,
    map_number,
    unmap_number,
    correct_name,
    correct_place,
    withdraw_one,
    delete_one,
    delete_system,
]


@pytest.mark.usefixtures("_directory")
@pytest.mark.parametrize("seed", range(4))
def test_lists_are_what_a_whole_rebuild_would_make_of_them(seed):
    random = Random(seed)
    done = set()
    for _ in range(16):
        step = random.choice(STEPS)
        try:
            with transaction.atomic():
                step(random)
        except (StillInUseError, ValidationError):
            continue
        done.add(step)
        after = lists()
        rebuild_counts()
        assert after == lists(), step.__name__
    assert len(done) > 4


def test_areas_that_a_change_does_not_concern_are_not_counted_again():
    does = (make_specialization(),)
    doctor = make_doctor("Zu", does=does, at=(make_place(),))
    make_doctor(does=does, at=(make_place("Boston", "MA"),))
    count_doctors()
    of_others = PractitionerCount.objects.exclude(state__in=["", "TX"])
    of_others.update(practitioners=7)

    correct(
        correction=Correction(practitioner=doctor, field="last_name", value="Abe"),
        by=None,
    )

    assert Listing.objects.get(practitioner=doctor).sort_key.startswith("abe")
    assert {one.practitioners for one in of_others} == {7}


def test_somebody_who_moved_away_leaves_no_mark_of_the_demonstration():
    houston, does = make_place(), (make_specialization(),)
    made_up = make_doctor(does=does, at=(houston, make_place("Austin")), is_demo=True)
    make_doctor(does=does, at=(houston,))
    count_doctors()
    counts = PractitionerCount.objects.filter(state="TX").order_by("place", "pk")
    for practice in made_up.practices.order_by("pk"):
        correct(
            correction=Correction(
                practitioner=made_up,
                location=practice.location,
                organization=practice.organization,
                field="gone",
            ),
            by=None,
        )

    after = lists()
    rebuild_counts()
    assert after == lists()
    shown = counts.values_list("place__name", "practitioners", "includes_demo")
    assert set(shown) == {("Houston", 1, False), (None, 1, False)}


def test_nobody_is_compared_with_the_places_of_all_others():
    does = (make_specialization(),)
    doctors = [make_doctor(does=does, at=(make_place(),)) for _ in range(3)]
    count_doctors()
    plans = []

    def explain(execute, sql, params, many, context):
        if "INSERT INTO directory_listing" in sql:
            with context["connection"].cursor().cursor as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        relist([doctor.pk for doctor in doctors])

    assert len(plans) == 1
    assert "Join" in plans[0]
    assert "Nested Loop" not in plans[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_directory")
def test_of_two_changes_at_once_the_second_does_not_count_before_the_first_ends(
    monkeypatch,
):
    doctor = Practitioner.objects.first()
    counted = Mock(wraps=relisting.count)
    monkeypatch.setattr(relisting, "count", counted)

    def relist_too():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '100ms'")
            relist([doctor.pk])

    with transaction.atomic():
        relist([doctor.pk])
        before = counted.call_count
        with ThreadPoolExecutor(1) as colleague:
            waited = colleague.submit(on_own_connection, relist_too).exception()

    assert isinstance(waited, OperationalError)
    assert counted.call_count == before


def on_own_connection(work):
    try:
        work()
    finally:
        connection.close()
