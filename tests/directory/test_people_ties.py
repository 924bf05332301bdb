"""Where people practise and their hospitals, as one statement brings them."""

import pytest
from django.forms.models import model_to_dict

from directory.models import Affiliation, Practice, Practitioner
from directory.people_ties import bring_ties
from tests.factories import (
    make_doctor,
    make_group,
    make_hospital,
    make_practice,
    make_system,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctor():
    system = make_system()
    doctor = make_doctor(hospitals=(make_hospital(system=system),))
    make_practice(doctor, organization=make_group(system=system))
    return doctor


def brought(doctor):
    [one] = bring_ties(Practitioner.objects.filter(pk=doctor.pk))
    return one


def test_what_is_brought_is_what_the_tables_hold(doctor):
    one = brought(doctor)

    [practice], [link] = one.listed_practices, one.listed_affiliations
    assert practice == Practice.objects.get()
    assert link == Affiliation.objects.get()
    assert practice.organization.system == link.organization.system
    for shown in (practice, link, practice.location, practice.organization):
        stored = type(shown).objects.get(pk=shown.pk)
        assert model_to_dict(shown) == model_to_dict(stored)


def test_what_no_list_shows_is_fetched_when_it_is_asked_for(
    doctor, django_assert_num_queries
):
    [link] = brought(doctor).listed_affiliations

    with django_assert_num_queries(0):
        assert link.organization.name
        assert link.organization.system.last_release.version
        assert link.organization.location.place.name
    with django_assert_num_queries(1):
        assert link.organization.hospital_type == "Acute Care Hospitals"
