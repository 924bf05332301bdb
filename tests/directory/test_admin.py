import re

import pytest
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.auth.models import Permission, User
from django.urls import reverse

from directory.models import Practitioner
from tests.factories import (
    count_doctors,
    make_doctor,
    make_group,
    make_hospital,
    make_place,
    make_release,
    make_specialization,
    make_system,
)

pytestmark = pytest.mark.django_db

NOW = "2026-11-01T00:00Z"
MODELS = [
    "specialization",
    "organization",
    "practitioner",
    "place",
    "location",
    "sourcerelease",
    "practitionercount",
]


@pytest.fixture
def doctor():
    found = make_doctor(
        "Example",
        "Ada",
        does=(make_specialization(),),
        at=(make_place(),),
        hospitals=(make_hospital("Kind Hospital"),),
    )
    count_doctors()
    return found


@pytest.mark.parametrize("model", MODELS)
def test_a_directory_manager_looks_everything_up(manager, doctor, model):
    response = manager.get(reverse(f"admin:directory_{model}_changelist"), {"q": "a"})

    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_facts_of_a_file_cannot_be_added_by_hand(manager, model):
    assert manager.get(reverse(f"admin:directory_{model}_add")).status_code == 403


def test_a_doctor_is_shown_whole_and_read_only(manager, doctor):
    address = reverse("admin:directory_practitioner_change", args=[doctor.pk])

    html = manager.get(address).content.decode()

    assert "Kind Hospital" in html
    assert "Houston, TX" in html
    assert 'name="_save"' not in html
    assert manager.post(address, {"last_name": "Other"}).status_code == 403
    assert Practitioner.objects.get().last_name == "Example"


@pytest.mark.parametrize(
    ("make", "number"),
    [
        (make_doctor, "npi"),
        (make_hospital, "ccn"),
        (make_group, "pac_id"),
        (make_system, None),
        (make_specialization, None),
    ],
)
def test_whoever_was_found_by_name_is_corrected_without_a_number(manager, make, number):
    found = make()
    address = admin_urlname(found._meta, "change")

    page = manager.get(reverse(address, args=[found.pk])).text

    assert ("Correct this" in page) == (number is not None)
    if number:
        [form] = re.findall(r'href="([^"]+)">Correct this', page)
        assert f'value="{getattr(found, number)}"' in manager.get(form).text


def test_who_may_not_correct_is_not_led_to_it(client, doctor):
    user = User.objects.create_user("looker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_practitioner"))
    client.force_login(user)
    address = reverse("admin:directory_practitioner_change", args=[doctor.pk])

    assert "Correct this" not in client.get(address).text


def test_a_doctor_cannot_be_deleted(manager, doctor):
    address = reverse("admin:directory_practitioner_delete", args=[doctor.pk])

    assert manager.post(address, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("saint mary", ["Ascension St. Mary's Hospital", "Mt. Saint Mary's Group"]),
        ("Mount Saint Mary", ["Mt. Saint Mary's Group"]),
        ("mary houston", ["Ascension St. Mary's Hospital"]),
        ("MARY, TX", ["Ascension St. Mary's Hospital"]),
        ("0a0012", ["Ascension St. Mary's Hospital"]),
        ("9900000123", ["Mt. Saint Mary's Group"]),
        ("Stmary", []),
        ("?", []),
    ],
)
def test_an_organization_is_found_as_readers_find_hospitals(manager, text, expected):
    make_hospital("Ascension St. Mary's Hospital", ccn="0A0012", retired_at=NOW)
    make_group("Mt. Saint Mary's Group", pac_id="9900000123")

    address = reverse("admin:directory_organization_changelist")
    found = manager.get(address, {"q": text}).context["cl"].result_list

    assert sorted(one.name for one in found) == expected


@pytest.mark.parametrize(
    ("name", "term"), [("organization", "kind"), ("specialization", "cardio")]
)
def test_lists_are_searched_by_name(manager, doctor, name, term):
    response = manager.get(reverse(f"admin:directory_{name}_changelist"), {"q": term})

    assert response.context["cl"].result_count == 1


def test_queries_of_a_list_do_not_grow(manager, doctor, django_assert_max_num_queries):
    for _ in range(30):
        make_doctor(does=(), last_release=make_release(version="2026-01"))
    address = reverse("admin:directory_practitioner_changelist")

    with django_assert_max_num_queries(8):
        manager.get(address)


def test_strangers_are_sent_to_the_login(client, doctor):
    response = client.get(reverse("admin:directory_practitioner_changelist"))

    assert response.status_code == 302


def test_the_list_of_practitioners_names_the_release_in_short(manager, doctor):
    response = manager.get(reverse("admin:directory_practitioner_changelist"))

    html = response.content.decode()
    assert '<td class="field-seen_in">2026-02</td>' in html
    assert "CMS Doctors and Clinicians, release" not in html
