"""Anybody reports an error; the directory manager deals with it or says why not."""

import datetime
import re
import threading

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from directory.models import Correction, ErrorReport
from directory.reporting import field_to_correct, report_error, settle
from tests.factories import make_doctor, make_hospital

pytestmark = pytest.mark.django_db

OURS = {"sec-fetch-site": "same-origin"}
KIND = ErrorReport.Kind


@pytest.fixture
def doctor():
    return make_doctor("Example", "Ada")


@pytest.fixture
def address(doctor):
    return reverse("directory:report_doctor", args=[doctor.npi])


def send(client, address, **fields):
    return client.post(address, fields, headers=OURS)


def change_url(report):
    return reverse("admin:directory_errorreport_change", args=[report.pk])


def test_the_form_says_what_it_is_about_and_whom_else_to_tell(client, address):
    html = client.get(address).content.decode()

    assert "About Ada Example" in html
    assert "Retired or died" in html
    assert "https://nppes.cms.hhs.gov/" in html
    assert "nothing about your health" in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_report_goes_into_the_queue_and_the_reader_is_thanked(
    client, doctor, address
):
    response = send(client, address, kind="phone", words="It is 555-0199.")

    assert response.status_code == 302
    html = client.get(response["Location"]).content.decode()
    assert "Thank you" in html
    assert "somebody looks at it first" in html
    assert not response.cookies
    report = ErrorReport.objects.get()
    assert (report.practitioner, report.kind) == (doctor, "phone")
    assert (report.words, report.state) == ("It is 555-0199.", "new")


def test_a_hospital_has_what_can_be_wrong_about_one(client):
    hospital = make_hospital("Kind Hospital")
    address = reverse("directory:report_hospital", args=[hospital.ccn])

    html = client.get(address).content.decode()
    send(client, address, kind="gone")
    refused = send(client, address, kind="retired")

    assert "Closed, or has another name now" in html
    assert "Retired or died" not in html
    assert ErrorReport.objects.get().organization == hospital
    assert refused.status_code == 400


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({}, "Choose what is wrong."),
        ({"words": "Hm"}, "Choose what is wrong."),
        ({"kind": "colour"}, "not one of the available choices"),
        ({"kind": "other"}, "Say in a few words what is wrong."),
        ({"kind": "other", "words": "  "}, "Say in a few words what is wrong."),
        ({"kind": "other", "words": "x" * 1001}, "at most 1000 characters"),
        ({"kind": "phone", "words": "a\x00b"}, "Null characters are not allowed"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client, address, fields, error
):
    response = send(client, address, **fields)

    html = response.content.decode()
    assert response.status_code == 400
    assert error in html
    assert "<title>Error: Report an error" in html
    assert fields.get("words", "").strip("\x00 ")[:1] in html
    assert not ErrorReport.objects.exists()


def test_a_line_break_counts_once_as_the_browser_counts_it(client, address):
    words = "\n".join(["x" * 99] * 10)

    response = send(client, address, kind="phone", words=words.replace("\n", "\r\n"))

    assert response.status_code == 302
    assert ErrorReport.objects.get().words == words


def test_another_site_cannot_send_it(client, address):
    response = client.post(address, {"kind": "phone"}, headers={"origin": "http://b.c"})

    assert response.status_code == 403
    assert not ErrorReport.objects.exists()


def test_a_flood_is_stopped_in_words_and_what_was_written_stays(client, address):
    for number in range(5):
        words = f"It ends in {number}."
        assert send(client, address, kind="phone", words=words).status_code == 302

    response = send(client, address, kind="phone", words="The sixth")

    assert response.status_code == 429
    html = response.content.decode()
    assert "Too many of these came in today" in html
    assert "The sixth" in html
    assert ErrorReport.objects.count() == 5


def test_a_second_click_is_no_second_report_and_uses_none_up(client, address):
    answers = [
        send(client, address, kind="phone", words="It is 555-0199.") for _ in range(7)
    ]
    send(client, address, kind="phone", words="It is 555-0177.")

    assert {answer.status_code for answer in answers} == {302}
    assert ErrorReport.objects.count() == 2


def test_the_same_said_of_another_or_later_is_another_report(doctor):
    hospital = make_hospital("Kind Hospital")
    for target in (doctor, hospital, make_doctor("Other", "Ida")):
        report_error(target=target, kind="phone", words="")
    earlier = timezone.now() - datetime.timedelta(minutes=11)
    ErrorReport.objects.filter(practitioner=doctor).update(reported_at=earlier)

    report_error(target=doctor, kind="phone", words="")

    assert ErrorReport.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_report(doctor):
    def click():
        try:
            report_error(target=doctor, kind="phone", words="It is 555-0199.")
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(6)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert ErrorReport.objects.count() == 1


def test_what_is_not_listed_cannot_be_reported(client):
    gone = make_doctor(retired=True)
    hospital = make_hospital(retired_at="2026-01-01T00:00Z")

    for name, number in (("doctor", gone.npi), ("hospital", hospital.ccn)):
        assert client.get(f"/report/{name}/{number}/").status_code == 404


def test_the_manager_sees_new_reports_first(manager, doctor):
    done = report_error(target=doctor, kind="phone", words="")
    settle(report=done, state="dealt-with", note="", by=None)
    report_error(target=make_hospital("Kind Hospital"), kind="address", words="")

    html = manager.get(reverse("admin:directory_errorreport_changelist"))

    text = html.content.decode()
    assert text.index("Kind Hospital: The address") < text.index("Ada Example: The tel")


@pytest.mark.parametrize("words", ["Example", "ada example", "9900000016"])
def test_a_report_is_found_by_whose_page_it_was(manager, words):
    report_error(target=make_doctor(npi="9900000016"), kind="phone", words="")
    report_error(target=make_hospital("Kind Hospital"), kind="address", words="")

    queue = reverse("admin:directory_errorreport_changelist")
    page = manager.get(queue, {"q": words}).text

    assert "Ada Example: The telephone" in page
    assert "Kind Hospital: The address" not in page


def test_the_manager_deals_with_a_report(manager, doctor):
    report = report_error(target=doctor, kind="gone", words="They moved.")

    page = manager.get(change_url(report)).content.decode()
    manager.post(change_url(report), {"state": "dealt-with", "note": "Told CMS."})

    assert "They moved." in page
    assert doctor.get_absolute_url() in page
    report.refresh_from_db()
    assert (report.state, report.note) == ("dealt-with", "Told CMS.")
    assert report.settled_by.username == "manager"
    assert report.settled_at is not None

    manager.post(change_url(report), {"state": "new", "note": "Told CMS."})
    report.refresh_from_db()
    assert (report.settled_by, report.settled_at) == (None, None)


def test_a_page_that_was_open_meanwhile_takes_nothing_back(manager):
    hospital = make_hospital("Kind Hospital")
    report = report_error(target=hospital, kind="phone", words="")
    page = manager.get(change_url(report)).text
    form = {"state": "new", "note": "", "initial-state": "new", "initial-note": ""}
    assert '<input type="hidden" name="initial-state" value="new"' in page
    assert re.search('<input type="hidden" name="initial-note" (?!value)', page)
    address = reverse("admin:directory_correction_add", query={"report": report.pk})
    correction = {"whose": hospital.ccn, "field": "phone", "value": "5555550199"}
    manager.post(address, correction)
    report.refresh_from_db()
    settled = (report.state, report.note, report.settled_at)
    User.objects.create_superuser("other")
    manager.force_login(User.objects.get(username="other"))

    manager.post(change_url(report), form)

    report.refresh_from_db()
    assert (report.state, report.note, report.settled_at) == settled
    assert report.settled_by.username == "manager"
    told = form | {"note": "Told CMS."}
    assert (
        f"It says now: “{report.note}”." in manager.post(change_url(report), told).text
    )
    manager.post(change_url(report), told | {"initial-note": report.note})
    report.refresh_from_db()
    assert (report.state, report.note) == ("dealt-with", "Told CMS.")
    assert report.settled_by.username == "other"


def test_a_refusal_needs_a_reason(manager, doctor):
    report = report_error(target=doctor, kind="gone", words="")

    html = manager.post(change_url(report), {"state": "refused", "note": ""})

    assert "Say why nothing is done." in html.content.decode()
    report.refresh_from_db()
    assert report.state == "new"
    with pytest.raises(ValidationError):
        settle(report=report, state="refused", note="", by=None)


def test_who_may_not_deals_with_nothing(doctor):
    report = report_error(target=doctor, kind="gone", words="")
    stranger = User.objects.create_user("stranger", is_staff=True)

    with pytest.raises(PermissionDenied):
        settle(report=report, state="dealt-with", note="", by=stranger)


def test_nobody_adds_or_deletes_a_report_in_the_admin(manager, doctor):
    report = report_error(target=doctor, kind="gone", words="")
    delete = reverse("admin:directory_errorreport_delete", args=[report.pk])

    assert manager.get(reverse("admin:directory_errorreport_add")).status_code == 403
    assert manager.get(delete).status_code == 403


def test_a_correction_is_one_click_away_and_settles_the_report(manager):
    hospital = make_hospital("Kind Hospital")
    report = report_error(target=hospital, kind="phone", words="555-0199")
    page = manager.get(change_url(report)).content.decode()
    link = (
        f"/admin/directory/correction/add/?whose={hospital.ccn}"
        f"&field=phone&value=%28555%29+555-0100&report={report.pk}"
    )
    assert link.replace("&", "&amp;") in page

    form = manager.get(link).content.decode()
    fields = {"whose": hospital.ccn, "field": "phone", "value": "(555) 555-0199"}
    unchanged = manager.post(link, fields | {"value": "(555) 555-0100"})
    assert "The directory says so already." in unchanged.text
    assert not Correction.objects.exists()
    manager.post(link, fields)

    assert f'value="{hospital.ccn}"' in form
    assert '<option value="phone" selected>' in form
    assert 'value="(555) 555-0100"' in form
    hospital.refresh_from_db()
    report.refresh_from_db()
    assert hospital.phone == "(555) 555-0199"
    assert report.state == "dealt-with"
    assert report.note == "Corrected: Telephone of Kind Hospital: (555) 555-0199"


def test_a_fact_that_is_corrected_already_leads_to_its_correction(manager):
    hospital = make_hospital()
    known = Correction.objects.create(
        organization=hospital, field="phone", value="1", corrected_on="2026-02-01"
    )
    report = report_error(target=hospital, kind="phone", words="")

    page = manager.get(change_url(report)).content.decode()

    assert f"/admin/directory/correction/{known.pk}/change/?report={report.pk}" in page


@pytest.mark.parametrize("number", ["", "x", "٣", "9" * 30, "4"])
def test_a_correction_without_a_report_is_just_that(manager, number):
    hospital = make_hospital()
    address = reverse("admin:directory_correction_add", query={"report": number})

    manager.post(
        address, {"whose": hospital.ccn, "field": "phone", "value": "5555550122"}
    )

    assert Correction.objects.get().value == "(555) 555-0122"


def test_what_no_correction_can_set_names_no_field(doctor):
    report = report_error(target=doctor, kind="hospital", words="")

    assert field_to_correct(report) == ""
    assert str(report) == "Ada Example: The hospital"
