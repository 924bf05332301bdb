"""Changes by hand come one after the other, and take as long as they take."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from directory.by_hand import correcting
from directory.by_hand.deletion import delete
from directory.models import Correction, Practitioner, PractitionerCount
from directory.sql import execute
from tests.articles.factories import make_user
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)


@pytest.fixture
def cardiologists():
    cardiology = make_specialization()
    people = [make_doctor(does=(cardiology,), at=(make_place(),)) for _ in range(3)]
    count_doctors()
    return people


def rename(doctor):
    made = Correction(practitioner=doctor, field="last_name", value="Renamed")
    correcting.correct(correction=made, by=None)


def at_once(*works):
    """Do works on connections of their own; return what each raised, if anything."""
    start, raised = threading.Barrier(len(works)), []

    def do(work):
        start.wait(10)
        try:
            work()
        except DatabaseError as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


@pytest.mark.django_db(transaction=True)
def test_changes_of_one_list_at_the_same_time_all_hold(cardiologists):
    def change(doctor):
        with transaction.atomic():
            rename(doctor)
            execute("SELECT pg_sleep(0.2)")  # the others begin before this one ends

    raised = at_once(*(lambda one=one: change(one) for one in cardiologists))

    assert raised == []
    assert Practitioner.objects.filter(last_name="Renamed").count() == 3
    assert set(PractitionerCount.objects.values_list("practitioners")) == {(3,)}


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_is_saved_once(cardiologists):
    user = make_user("Directory manager")
    address = reverse("admin:directory_correction_add")
    values = {"whose": cardiologists[0].npi, "field": "last_name", "value": "Renamed"}
    answers = []

    def send():
        client = Client()
        client.force_login(user)
        answers.append(client.post(address, values))

    raised = at_once(send, send)

    assert raised == []
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    [second] = [answer for answer in answers if answer.status_code == 200]
    assert "This fact is corrected already." in second.text
    assert Correction.objects.count() == 1


@pytest.mark.django_db
def test_a_long_list_is_not_cut_off_as_a_page_is(cardiologists, monkeypatch):
    monkeypatch.setattr(
        correcting, "relist", lambda _people: execute("SELECT pg_sleep(1)")
    )
    execute("SET LOCAL statement_timeout = 500")

    rename(cardiologists[0])

    assert Correction.objects.exists()


@pytest.mark.django_db
def test_one_clinician_is_deleted_without_all_others_counted_anew(cardiologists):
    neurology = make_specialization("Neurology", "Neurologist")
    make_doctor(does=(neurology,), at=(make_place(),))
    count_doctors()
    others = PractitionerCount.objects.filter(specialization=neurology).order_by("pk")
    counted = list(others.values())

    delete(target=cardiologists[0], replacement=None, by=None)

    assert list(others.values()) == counted  # the same rows
    cardiology = PractitionerCount.objects.exclude(specialization=neurology)
    assert set(cardiology.values_list("practitioners")) == {(2,)}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_doctor, make_hospital, make_specialization])
def test_a_second_press_of_the_button_deletes_nothing_more(make):
    first = make()
    second = type(first).objects.get(pk=first.pk)
    delete(target=first, replacement=None, by=None)

    with pytest.raises(ValidationError, match="deleted already"):
        delete(target=second, replacement=None, by=None)
