"""A fact set by hand wins over every import, and shows its own date."""

import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from directory.by_hand.correcting import correct, withdraw
from directory.models import Correction, Listing, Organization, Practitioner
from directory.one_run import Lock
from tests.another_session import another_session_holds
from tests.desk import confirmation
from tests.directory.release_files import ADA, BEN, doctor, run, write_doctors
from tests.factories import make_hospital, make_specialization

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(tmp_path):
    make_specialization()
    run(doctors=write_doctors(tmp_path, doctor()))
    return Practitioner.objects.get()


def correction_of(target, field, value):
    name = "practitioner" if isinstance(target, Practitioner) else "organization"
    return Correction(field=field, value=value, **{name: target})


def test_a_correction_shows_at_once(ada):
    correct(correction=correction_of(ada, "last_name", "Renamed"), by=None)

    ada.refresh_from_db()
    assert ada.last_name == "Renamed"
    assert ada.sort_key == "renamed ada m"
    assert Listing.objects.get().sort_key == "renamed ada m"
    made = Correction.objects.get()
    assert (made.published, made.corrected_on) == ("Example", timezone.localdate())


def test_a_correction_outlives_imports_until_it_is_withdrawn(ada, tmp_path):
    correct(correction=correction_of(ada, "last_name", "Renamed"), by=None)
    correct(correction=correction_of(ada, "credential", "DO"), by=None)

    row = doctor(provider_last_name="ELSEWHERE", cred="PHD")
    run("2026-03", doctors=write_doctors(tmp_path, row))

    ada.refresh_from_db()
    assert (ada.last_name, ada.credential) == ("Renamed", "DO")
    assert ada.sort_key == "renamed ada m"

    for correction in Correction.objects.all():
        withdraw(correction=correction, by=None)

    ada.refresh_from_db()
    assert (ada.last_name, ada.credential) == ("Elsewhere", "PHD")
    assert ada.sort_key == "elsewhere ada m"


def test_a_groups_name_is_corrected_and_outlives_imports(ada, tmp_path):
    group = Organization.objects.get(kind="group")
    correct(correction=correction_of(group, "name", "Oak Heart"), by=None)

    run("2026-03", doctors=write_doctors(tmp_path, doctor(cred="DO")))

    group.refresh_from_db()
    assert (group.name, group.sort_key) == ("Oak Heart", "oak heart")
    assert Correction.objects.get().published == "Larkspur Heart Group"


def test_a_correction_changes_nobody_else_in_an_import(ada, tmp_path):
    ben = doctor(
        npi=BEN,
        ind_pac_id="0042000001",
        provider_last_name="SAMPLE",
        provider_first_name="BEN",
        org_pac_id="0990000002",
        facility_name="OAK CLINIC",
    )
    group = Organization.objects.get(kind="group")
    correct(correction=correction_of(ada, "last_name", "Renamed"), by=None)
    correct(correction=correction_of(group, "name", "Oak Heart"), by=None)

    both = write_doctors(tmp_path, doctor(), ben)
    run("2026-03", accepts_census=True, doctors=both)

    people = Practitioner.objects.order_by("npi")
    groups = Organization.objects.filter(kind="group").order_by("pac_id")
    assert list(people.values_list("last_name", "sort_key")) == [
        ("Renamed", "renamed ada m"),
        ("Sample", "sample ben m"),
    ]
    assert list(groups.values_list("name", "sort_key")) == [
        ("Oak Heart", "oak heart"),
        ("Oak Clinic", "oak clinic"),
    ]


def test_a_hospitals_facts_are_corrected_and_outlive_imports(ada, tmp_path):
    kind = make_hospital("Kind Hospital", ccn="450068")
    other = make_hospital("Other Hospital", ccn="450001")
    for target, field, value in (
        (ada, "last_name", "Renamed"),
        (kind, "name", "Kinder Hospital"),
        (kind, "phone", "(555) 555-0199"),
        (other, "phone", "(555) 555-0188"),
    ):
        correct(correction=correction_of(target, field, value), by=None)
    path = tmp_path / "hospitals.csv"
    path.write_text(
        "Facility ID,Facility Name,Address,City/Town,State,ZIP Code,Telephone Number,"
        "Hospital Type,Hospital Ownership,Emergency Services,Hospital overall rating,"
        "Hospital overall rating footnote\n"
        "450068,KINDEST HOSPITAL,1 ELM ST,HOUSTON,TX,77030,(555) 555-0101,A,B,Yes,4,\n"
        "450001,OTHER HOSPITAL,2 ELM ST,HOUSTON,TX,77030,(555) 555-0102,A,B,Yes,4,\n"
    )

    run(hospitals=path)

    facts = ("name", "phone", "sort_key")
    hospitals = Organization.objects.hospitals().order_by("name")
    assert list(hospitals.values_list(*facts)) == [
        ("Kinder Hospital", "(555) 555-0199", "kinder hospital"),
        ("Other Hospital", "(555) 555-0188", "other hospital"),
    ]
    assert dict(Correction.objects.values_list("value", "published")) == {
        "Renamed": "Example",
        "Kinder Hospital": "Kindest Hospital",
        "(555) 555-0199": "(555) 555-0101",
        "(555) 555-0188": "(555) 555-0102",
    }


def test_the_directory_manager_corrects_in_the_admin(ada, manager):
    add = reverse("admin:directory_correction_add")
    values = {"whose": ADA, "field": "credential", "value": "DO"}

    page = manager.post(add, values, follow=True)

    made = Correction.objects.get()
    assert "Credential of Ada M Example, DO: DO" in page.text
    assert (made.corrected_by.username, made.published) == ("manager", "MD")

    change = reverse("admin:directory_correction_change", args=[made.pk])
    manager.post(change, {"value": "PhD"})
    ada.refresh_from_db()
    assert ada.credential == "PhD"
    assert Correction.objects.get().published == "MD"

    delete = reverse("admin:directory_correction_delete", args=[made.pk])
    manager.post(delete, confirmation(manager, delete))
    ada.refresh_from_db()
    assert ada.credential == "MD"


def test_a_correction_that_is_saved_unchanged_stays_as_old_as_it_is(manager):
    hospital = make_hospital("Kind Hospital", phone="(555) 555-0100")
    made = correction_of(hospital, Correction.Field.PHONE, "(555) 555-0101")
    correct(correction=made, by=None)
    then = datetime.date(2020, 1, 2)
    Correction.objects.update(corrected_on=then)

    change = reverse("admin:directory_correction_change", args=[made.pk])
    manager.post(change, {"value": "555-555-0101"})

    unchanged = Correction.objects.get()
    assert (unchanged.corrected_on, unchanged.corrected_by) == (then, None)

    manager.post(change, {"value": "555-555-0102"})

    assert Correction.objects.get().corrected_by.username == "manager"


def test_a_number_that_stands_for_a_hospital_corrects_the_hospital(manager):
    hospital = make_hospital("Kind Hospital")
    orphan = make_hospital("Number", is_stub=True, same_as=hospital)
    values = {"whose": orphan.ccn, "field": "phone", "value": "5555550199"}

    page = manager.post(reverse("admin:directory_correction_add"), values, follow=True)

    assert "Telephone of Kind Hospital: (555) 555-0199" in page.text
    hospital.refresh_from_db()
    assert hospital.phone == "(555) 555-0199"


@pytest.mark.parametrize("words", ["Example", "ada example", ADA, "kind", "0199"])
def test_a_correction_is_found_by_whose_it_is(ada, manager, words):
    hospital = make_hospital("Kind Hospital")
    correct(correction=correction_of(hospital, "phone", "(555) 555-0199"), by=None)
    correct(correction=correction_of(ada, "credential", "DO"), by=None)

    page = manager.get(
        reverse("admin:directory_correction_changelist"), {"q": words}
    ).text

    is_hers = words not in {"kind", "0199"}
    assert ("Credential of Ada" in page) is is_hers
    assert ("Telephone of Kind Hospital" in page) is not is_hers


def test_several_corrections_are_withdrawn_together(ada, manager):
    for field in ("last_name", "first_name"):
        correct(correction=correction_of(ada, field, "X"), by=None)

    address = reverse("admin:directory_correction_changelist")
    every = list(Correction.objects.values_list("pk", flat=True))
    chosen = {"action": "delete_selected", "_selected_action": every}
    manager.post(address, confirmation(manager, address, chosen))

    ada.refresh_from_db()
    assert (ada.last_name, ada.first_name) == ("Example", "Ada")
    assert ada.sort_key == Listing.objects.get().sort_key == "example ada m"


@pytest.mark.parametrize("lock", [Lock.HOUSEKEEPING, Lock.LINK_CHECK])
def test_nightly_work_keeps_nobody_from_correcting(ada, lock):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '1s'")

    with another_session_holds(lock):
        correct(correction=correction_of(ada, "credential", "DO"), by=None)

    assert Correction.objects.exists()


def test_while_an_import_runs_nothing_is_corrected_and_what_was_typed_stays(
    ada, manager
):
    made = correction_of(ada, "credential", "DO")
    made.corrected_on = timezone.localdate()
    made.save()
    name = "admin:directory_correction"
    corrections = reverse(f"{name}_changelist")
    several = {"action": "delete_selected", "_selected_action": [made.pk]}
    several = confirmation(manager, corrections, several)
    new = {"whose": ADA, "field": "first_name", "value": "Adah"}
    delete = reverse(f"{name}_delete", args=[made.pk])
    deletion = confirmation(manager, delete)

    with another_session_holds(Lock.IMPORT):
        page = manager.post(reverse(f"{name}_add"), new)
        one = manager.post(delete, deletion, follow=True)
        more = manager.post(corrections, several, follow=True)

    for answer in (page, one, more):
        assert "An import is running and would undo this." in answer.text
    assert 'value="Adah"' in page.text
    assert Correction.objects.get() == made
    ada.refresh_from_db()
    assert (ada.first_name, ada.credential) == ("Ada", "MD")


def test_while_an_import_runs_nobody_is_deleted(ada, manager):
    manager_may = Permission.objects.get(codename="delete_practitioner")
    User.objects.get(username="manager").user_permissions.add(manager_may)

    with another_session_holds(Lock.IMPORT):
        page = manager.post(
            reverse("admin:directory_practitioner_delete", args=[ada.pk]), {}
        )

    assert "An import is running and would undo this." in page.text
    assert Practitioner.objects.exists()


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"whose": "123"}, "Nobody in the directory has this number."),
        ({"whose": ADA, "field": "name"}, "This is a fact of the other kind."),
        ({"whose": "0990000001"}, "This is a fact of the other kind."),
        ({"whose": ADA, "value": ""}, "A name cannot be blank."),
        ({"whose": ADA, "value": "X" * 61}, "At most 60 characters."),
        ({"whose": ADA, "value": "???"}, "The name has no letter."),
        ({"whose": ""}, "This field is required."),
        ({"whose": ADA, "field": ""}, "This field is required."),
    ],
    ids=[
        "nobody",
        "kind",
        "group",
        "blank",
        "long",
        "no letter",
        "no number",
        "no field",
    ],
)
def test_what_cannot_be_corrected_is_said_in_words(ada, manager, values, error):
    given = {"field": "last_name", "value": "New"} | values

    page = manager.post(reverse("admin:directory_correction_add"), given)

    assert error in page.text
    assert not Correction.objects.exists()


def test_a_fact_that_is_taken_away_is_told_as_not_known(ada, manager):
    add = reverse("admin:directory_correction_add")
    given = {"whose": ADA, "field": "credential", "value": ""}

    page = manager.post(add, given, follow=True)

    assert "Credential of Ada M Example: not known" in page.text


def test_the_same_fact_is_corrected_once(ada, manager):
    correct(correction=correction_of(ada, "credential", "DO"), by=None)

    page = manager.post(
        reverse("admin:directory_correction_add"),
        {"whose": ADA, "field": "credential", "value": "PhD"},
    )

    assert "This fact is corrected already." in page.text
    assert Correction.objects.get().value == "DO"


def test_a_correction_needs_one_target(ada):
    with pytest.raises(ValidationError, match="Choose a clinician or an organization"):
        correct(correction=Correction(field="name", value="X"), by=None)


def test_whoever_may_not_corrects_nothing(ada):
    stranger = User.objects.create_user("stranger", is_staff=True)
    made = correction_of(ada, "credential", "DO")

    with pytest.raises(PermissionDenied):
        correct(correction=made, by=stranger)
    correct(correction=made, by=None)
    with pytest.raises(PermissionDenied):
        withdraw(correction=made, by=stranger)


def test_a_reader_sees_when_a_fact_was_corrected(ada, client):
    correct(correction=correction_of(ada, "credential", "DO"), by=None)

    page = client.get(Practitioner.objects.get().get_absolute_url())

    assert "Credential, by our editors on" in page.text
    assert "Ada M Example, DO" in page.text


def test_a_reader_sees_when_a_hospitals_fact_was_corrected(client):
    hospital = make_hospital("Kind Hospital")
    correct(correction=correction_of(hospital, "phone", "(555) 555-0199"), by=None)

    page = client.get(hospital.get_absolute_url())

    assert "Telephone, by our editors on" in page.text
