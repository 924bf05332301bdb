"""A telephone number at one address, or that somebody left it, set by hand."""

import re

import pytest
from django.urls import reverse
from django.utils import formats, timezone

from directory.by_hand.correcting import correct, withdraw
from directory.models import (
    Correction,
    FormerPractice,
    Listing,
    Practice,
    Practitioner,
)
from directory.reporting import report_error
from tests.directory.release_files import ADA, doctor, run, write_doctors
from tests.factories import make_specialization

pytestmark = pytest.mark.django_db

HOME = doctor()
ALONE = doctor(facility_name="", org_pac_id="", telephone_number="5555550122")
DALLAS = doctor(adr_ln_1="2 OAK AVE", city_town="DALLAS", zip_code="75201")


@pytest.fixture
def load(tmp_path):
    make_specialization()
    return lambda version, *rows: run(
        version, doctors=write_doctors(tmp_path, *rows), accepts_census=True
    )


@pytest.fixture
def ada(load):
    load("2026-02", HOME, ALONE, DALLAS)
    return Practitioner.objects.get()


def correction_of(practice, field, value=""):
    return Correction(
        practitioner=practice.practitioner,
        location=practice.location,
        organization=practice.organization,
        field=field,
        value=value,
    )


def in_dallas():
    return Practice.objects.filter(location__place__slug="dallas").first()


def choice(practice):
    """What the form sends for it."""
    return f"{practice.location_id}-{practice.organization_id or ''}"


def phones():
    return sorted(Practice.objects.values_list("phone", flat=True))


def cities_listed():
    return sorted(Listing.objects.values_list("place__slug", flat=True))


def text_of(client):
    return client.get(Practitioner.objects.get().get_absolute_url()).text


def today():
    return formats.date_format(timezone.localdate())


def test_a_telephone_number_is_corrected_for_one_group_at_one_address(ada, client):
    alone = Practice.objects.get(organization=None)

    correct(correction=correction_of(alone, "phone", "(555) 555-0199"), by=None)

    assert phones() == ["(555) 555-0100", "(555) 555-0100", "(555) 555-0199"]
    assert Correction.objects.get().published == "(555) 555-0122"
    page = text_of(client)
    assert "(555) 555-0199" in page
    assert page.count(f"Telephone corrected by our editors on {today()}") == 1


def test_a_corrected_number_outlives_imports_until_it_is_withdrawn(ada, load):
    correct(correction=correction_of(in_dallas(), "phone", "(555) 555-0199"), by=None)

    load(
        "2026-03",
        HOME,
        doctor(
            adr_ln_1="2 OAK AVE",
            city_town="DALLAS",
            zip_code="75201",
            telephone_number="5555550133",
        ),
    )
    assert in_dallas().phone == "(555) 555-0199"
    assert "(555) 555-0100" in phones()
    withdraw(correction=Correction.objects.get(), by=None)

    assert in_dallas().phone == "(555) 555-0133"


def test_a_number_that_is_wrong_and_has_no_other_is_taken_away(ada, client):
    for practice in Practice.objects.order_by("pk"):
        correct(correction=correction_of(practice, "phone"), by=None)

    page = text_of(client)

    assert "555-0100" not in page
    assert "No telephone number in the public files" not in page
    assert page.count("No telephone number</p>") == 3


def test_an_address_that_somebody_left_goes_from_page_and_list_at_once(ada, client):
    assert cities_listed() == ["dallas", "houston"]

    correct(correction=correction_of(in_dallas(), "gone", "ignored"), by=None)

    assert cities_listed() == ["houston"]
    assert in_dallas() is None
    assert Correction.objects.get().value == ""
    page = text_of(client)
    left = "No longer with Larkspur Heart Group at 2 Oak Ave, Dallas, TX: corrected"
    assert f"{left} by our editors on" in page
    assert "tel:(555)555-0100" in page


def test_who_left_one_group_at_an_address_is_still_there_for_others(ada, client):
    alone = Practice.objects.get(organization=None)

    correct(correction=correction_of(alone, "gone"), by=None)

    page = text_of(client)
    assert f"No longer at {alone.location}: corrected by our editors on" in page
    assert "<dt>Larkspur Heart Group</dt>" in page


def test_whoever_left_every_address_has_none_that_we_know(ada, client):
    for practice in Practice.objects.order_by("pk"):
        correct(correction=correction_of(practice, "gone"), by=None)

    page = text_of(client)

    assert "We know no other address." in page
    assert "The public files name no address." not in page


def test_a_left_address_stays_hidden_through_imports(ada, load):
    correct(correction=correction_of(in_dallas(), "gone"), by=None)

    moved = DALLAS.replace("5555550100", "5555550133")
    report = load("2026-03", HOME, ALONE, moved)["doctors"]

    assert cities_listed() == ["houston"]
    assert in_dallas() is None
    former = FormerPractice.objects.get()
    assert former.first_release.version == "2026-02"
    assert former.last_release.version == "2026-03"
    assert former.phone == "(555) 555-0133"
    assert report.parts["practices hidden by a correction"] == 1


def test_a_withdrawn_correction_brings_the_address_back(ada, load):
    correct(correction=correction_of(in_dallas(), "phone", "(555) 555-0199"), by=None)
    correct(correction=correction_of(in_dallas(), "gone"), by=None)
    load("2026-03", HOME, DALLAS)

    withdraw(correction=Correction.objects.get(field="gone"), by=None)

    back = in_dallas()
    assert (back.phone, back.release.version) == ("(555) 555-0199", "2026-03")
    assert back.first_release.version == "2026-02"
    assert cities_listed() == ["dallas", "houston"]
    assert not FormerPractice.objects.filter(location=back.location).exists()


def test_an_address_that_the_files_left_too_does_not_come_back(ada, load):
    correct(correction=correction_of(in_dallas(), "gone"), by=None)
    load("2026-03", HOME)

    withdraw(correction=Correction.objects.get(), by=None)

    assert in_dallas() is None
    assert cities_listed() == ["houston"]


def test_an_address_that_a_months_second_edition_left_out_does_not_come_back(ada, load):
    correct(correction=correction_of(in_dallas(), "gone"), by=None)
    load("2026-02", HOME, ALONE)

    withdraw(correction=Correction.objects.get(), by=None)

    assert in_dallas() is None


def test_an_address_that_a_third_edition_names_again_comes_back(ada, load):
    correct(correction=correction_of(in_dallas(), "gone"), by=None)
    load("2026-03", HOME, ALONE)
    load("2026-03", HOME, ALONE, DALLAS)

    withdraw(correction=Correction.objects.get(), by=None)

    assert in_dallas().first_release.version == "2026-02"


def test_saving_a_left_address_again_changes_nothing(ada):
    correct(correction=correction_of(in_dallas(), "gone"), by=None)

    correct(correction=Correction.objects.get(), by=None)

    assert FormerPractice.objects.count() == 1
    assert in_dallas() is None


def test_a_groups_other_corrections_do_not_hinder_imports(ada, load):
    group = Practice.objects.exclude(organization=None).earliest("pk").organization
    correct(
        correction=Correction(organization=group, field="phone", value="5555550199"),
        by=None,
    )

    load("2026-03", HOME)

    assert Correction.objects.get().value == "(555) 555-0199"


def test_the_directory_manager_chooses_the_address(ada, manager):
    add = reverse("admin:directory_correction_add")
    values = {"whose": ADA, "field": "phone", "value": "(555) 555-0199"}

    first = manager.post(add, values)
    dallas = choice(in_dallas())
    done = manager.post(add, values | {"practice": dallas}, follow=True)

    assert "Choose at which address." in first.text
    assert "2 Oak Ave, Dallas, TX, Larkspur Heart Group" in first.text
    assert "1 Larkspur Ln, Houston, TX, no group named" in first.text
    said = "Telephone of Ada M Example, MD at 2 Oak Ave, Dallas, TX: (555) 555-0199"
    assert said in done.text
    assert in_dallas().phone == "(555) 555-0199"


def test_the_address_chosen_is_meant_though_a_release_came_meanwhile(
    ada, load, manager
):
    add = reverse("admin:directory_correction_add")
    form = manager.get(f"{add}?whose={ADA}").text
    (sent,) = re.findall(r'<option value="([^"]*)">1 Lark[^<]*, no group named', form)
    new = doctor(facility_name="NEW GROUP", org_pac_id="0990000002")
    load("2026-03", new, HOME, ALONE, DALLAS)

    values = {"whose": ADA, "field": "phone", "value": "(555) 555-0199"}
    manager.post(add, values | {"practice": sent})

    corrected = Practice.objects.get(phone="(555) 555-0199")
    assert str(corrected.location) == "1 Larkspur Ln, Houston, TX"
    assert corrected.organization is None


def test_an_address_without_a_group_is_told_from_the_same_with_one(ada, manager):
    alone = Practice.objects.get(organization=None)
    values = {"whose": ADA, "field": "phone", "value": "(555) 555-0199"}

    manager.post(
        reverse("admin:directory_correction_add"),
        values | {"practice": choice(alone)},
    )

    assert phones() == ["(555) 555-0100", "(555) 555-0100", "(555) 555-0199"]
    alone.refresh_from_db()
    assert alone.phone == "(555) 555-0199"


@pytest.mark.parametrize("sent", ["x", "1", "0-0", "-", "1-x", "9" * 30])
def test_an_address_that_the_form_does_not_offer_is_refused(ada, manager, sent):
    values = {"whose": ADA, "field": "gone", "practice": sent}

    page = manager.post(reverse("admin:directory_correction_add"), values)

    assert "Select a valid choice." in page.text
    assert not Correction.objects.exists()


def test_a_number_is_shown_as_those_of_the_files_however_it_was_typed(ada, manager):
    add = reverse("admin:directory_correction_add")
    practice = choice(in_dallas())
    values = {"whose": ADA, "field": "phone", "practice": practice}

    same = manager.post(add, values | {"value": "555.555.0100"})
    manager.post(add, values | {"value": "+1 555.555.0199 ext 4"})

    assert "The directory says so already." in same.text
    assert Correction.objects.get().value == "(555) 555-0199 x4"
    assert in_dallas().phone == "(555) 555-0199 x4"


def test_what_is_no_number_is_refused_and_stays_in_the_form(ada, manager):
    add = reverse("admin:directory_correction_add")
    practice = choice(in_dallas())
    values = {"whose": ADA, "field": "phone", "practice": practice}

    page = manager.post(add, values | {"value": "555-0199, ask for Ada"}).text

    assert "A telephone number has 10 digits, such as (617) 555-0123." in page
    assert 'value="555-0199, ask for Ada"' in page
    assert not Correction.objects.exists()


def test_a_name_is_no_fact_of_an_address(ada, manager):
    add = reverse("admin:directory_correction_add")
    practice = choice(in_dallas())
    values = {"whose": ADA, "field": "credential", "practice": practice, "value": "DO"}

    assert "This is no fact of one address." in manager.post(add, values).text


@pytest.mark.parametrize(
    ("kind", "field"), [("gone", "gone"), ("address", "gone"), ("phone", "phone")]
)
def test_a_report_leads_to_the_addresses_of_its_doctor(ada, manager, kind, field):
    report = report_error(target=ada, kind=kind, words="")
    change = reverse("admin:directory_errorreport_change", args=[report.pk])
    page = manager.get(change).text
    link = f"/admin/directory/correction/add/?whose={ADA}&field={field}"
    assert f"{link}&report={report.pk}".replace("&", "&amp;") in page

    form = manager.get(f"{link}&report={report.pk}").text
    values = {"whose": ADA, "field": "gone", "practice": choice(in_dallas())}
    manager.post(f"{link}&report={report.pk}", values)

    assert "2 Oak Ave, Dallas, TX" in form
    report.refresh_from_db()
    assert (
        report.note
        == "Corrected: Ada M Example, MD: no longer at 2 Oak Ave, Dallas, TX"
    )


def test_the_form_says_nothing_of_guides(manager):
    page = manager.get(reverse("admin:directory_correction_add")).text

    assert "Public guides that link here" not in page
