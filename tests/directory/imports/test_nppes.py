"""NPPES adds clinicians who do not bill Medicare, codes, and numbers that lead on."""

import csv
import io

import pytest
from django.urls import reverse

from directory.imports import census, nppes
from directory.imports.report import ImportRefusedError
from directory.models import (
    Affiliation,
    Listing,
    Organization,
    Practice,
    Practitioner,
    PractitionerTaxonomy,
    ReplacedNpi,
    SpecializationCode,
)
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
from tests.factories import make_hospital, make_specialization, with_check_digit

pytestmark = pytest.mark.django_db

HEADER = [names[0] for names in nppes.COLUMNS.values()] + ["Provider Sex Code"]
PERSON = {
    "npi": BEN,
    "entity": "1",
    "last_name": "EXAMPLE",
    "first_name": "BEN",
    "credential": "M.D.",
    "line_1": "1 ELM ST",
    "city": "HOUSTON",
    "state": "TX",
    "zip_code": "770301234",
    "country": "US",
    "phone": "5555550100",
    "taxonomy_1": "207Q00000X",
    "taxonomy_2": "207RC0000X",
    "switch_2": "Y",
}


@pytest.fixture
def cardiology():
    made = make_specialization()
    SpecializationCode.objects.create(
        specialization=made, system="taxonomy", code="207RC0000X"
    )
    return made


@pytest.fixture
def write(cardiology, tmp_path):
    def write_file(*people):
        text = io.StringIO()
        out = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
        out.writerow(HEADER)
        for changes in people:
            person = PERSON | changes
            out.writerow([person.get(name, "") for name in nppes.COLUMNS] + ["M"])
        path = tmp_path / "nppes.csv"
        path.write_bytes(text.getvalue().encode("iso-8859-1"))
        return path

    return write_file


def test_a_clinician_who_does_not_bill_medicare_is_added(write, cardiology):
    report = run(nppes=write({}))["nppes"]

    ben = Practitioner.objects.get()
    assert str(ben) == "Ben Example, M.D."
    assert str(Practice.objects.get().location) == "1 Elm St, Houston, TX"
    assert str(ben.first_release) == "NPPES provider file, release 2026-02"
    assert list(
        Listing.objects.filter(specialization=cardiology).values_list("npi", flat=True)
    ) == [BEN]
    assert (report.read, report.loaded, report.changes.created) == (1, 1, 1)
    codes = PractitionerTaxonomy.objects.values_list("code", "is_primary")
    assert sorted(codes) == [("207Q00000X", False), ("207RC0000X", True)]


def test_a_code_that_means_no_kind_of_doctor_is_told(write):
    nurse = {"taxonomy_1": "163W00000X", "taxonomy_2": "", "switch_2": ""}
    report = run(nppes=write({}, {"npi": ADA} | nurse))["nppes"]

    [note] = report.notes
    assert note == (
        "1 clinician has a page and stands in no list: the taxonomy code that they put "
        "first means no kind of doctor here. Such codes, the most frequent first: "
        "163W00000X (1)."
    )


def test_the_first_code_counts_where_none_is_primary(write, cardiology):
    run(nppes=write({"switch_2": "", "taxonomy_1": "207RC0000X", "taxonomy_2": ""}))

    assert list(Practitioner.objects.get().specializations.all()) == [cardiology]


@pytest.mark.parametrize(
    "person",
    [
        {"entity": "2"},
        {"entity": "", "last_name": "", "deactivated": "01/01/2020"},
        {"deactivated": "01/01/2020"},
        {"country": "CA"},
        {"replacement": CAL},
    ],
    ids=["an organization", "deactivated", "deactivated, named", "abroad", "replaced"],
)
def test_who_is_not_for_this_directory_is_passed_over(write, person):
    report = run(nppes=write({"npi": ADA}, person))["nppes"]

    assert [one.npi for one in Practitioner.objects.all()] == [ADA]
    assert (report.read, report.passed_over) == (2, 1)


def test_all_that_a_row_says_of_a_clinician_is_kept(write):
    whole = {"middle_name": "QUILL", "suffix": "JR.", "line_2": "STE 5"}

    run(nppes=write(whole | {"country": ""}))

    ben = Practitioner.objects.get()
    assert str(ben) == "Ben Quill Example Jr., M.D."
    practice = Practice.objects.get()
    assert practice.location.line_2 == "Ste 5"
    assert practice.phone == "(555) 555-0100"


def test_somebody_reactivated_is_taken(write):
    run(nppes=write({"deactivated": "01/01/2020", "reactivated": "02/01/2020"}))

    assert Practitioner.objects.count() == 1


def test_the_doctors_file_knows_better(write, tmp_path):
    run(doctors=write_doctors(tmp_path, doctor()))

    report = run(nppes=write({"npi": ADA, "last_name": "OTHER"}, {}))["nppes"]

    ada, ben = Practitioner.objects.order_by("npi")
    assert ada.last_name == "Example"
    assert Practice.objects.filter(practitioner=ada).count() == 1
    assert PractitionerTaxonomy.objects.filter(practitioner=ada).count() == 2
    assert report.passed_over == 1
    assert Organization.objects.get(kind="group").retired_at is None

    report = run("2026-03", doctors=write_doctors(tmp_path, doctor(cred="DO")))

    assert report["doctors"].retired == 0
    ben.refresh_from_db()
    assert ben.retired_at is None
    assert Listing.objects.values("npi").distinct().count() == 2


def test_who_left_the_file_is_retired(write):
    run(nppes=write({}, {"npi": CAL}))

    report = run("2026-03", nppes=write({"npi": CAL}), accepts_census=True)["nppes"]

    assert report.retired == 1
    assert [one.npi for one in Practitioner.objects.listed()] == [CAL]


def test_waiting_links_find_whoever_nppes_brings(write, tmp_path):
    make_hospital(ccn="450068")
    run(affiliations=write_links(tmp_path, link(npi=BEN)))

    run(nppes=write({}))

    assert Affiliation.objects.get().practitioner.npi == BEN


def test_who_comes_back_through_nppes_has_each_hospital_once(write, tmp_path):
    make_hospital(ccn="450068")
    both = write_links(tmp_path, link(), link(npi=BEN))
    doctors = write_doctors(tmp_path, doctor(), doctor(npi=BEN))
    run(doctors=doctors, affiliations=both)
    doctors = write_doctors(tmp_path, doctor())
    run("2026-03", doctors=doctors, affiliations=both, accepts_census=True)

    run("2026-04", nppes=write({}))

    found = Affiliation.objects.order_by("practitioner__npi")
    assert [one.practitioner.npi for one in found] == [ADA, BEN]


def test_a_damaged_row_is_refused_with_its_line(write):
    report = run(nppes=write({}, {"npi": CAL, "state": "ZZ"}))["nppes"]

    assert [row[:2] for row in report.refused] == [(3, "'ZZ' is no state")]


def test_a_person_without_a_number_is_refused_and_counted(write):
    report = run(nppes=write({}, {"npi": ""}, {"npi": "", "entity": "2"}))["nppes"]

    assert [row[:2] for row in report.refused] == [(3, "it has no NPI")]
    assert (report.read, report.loaded, report.passed_over) == (3, 1, 1)


def test_a_row_without_number_and_kind_is_no_empty_row(write):
    blank = dict.fromkeys(PERSON, "")

    report = run(nppes=write({}, {"npi": "", "entity": ""}, blank))["nppes"]

    assert [row[:2] for row in report.refused] == [(3, "it has no NPI")]
    assert (report.read, report.loaded, report.empty) == (3, 1, 1)


@pytest.mark.parametrize(
    "damage",
    [{"npi": ""}, {"entity": ""}, {"entity": "2"}, {"state": "ZZ"}],
    ids=["no number", "no entity", "organizations", "states"],
)
def test_a_file_of_which_nobody_can_be_loaded_retires_nobody(write, damage):
    run(nppes=write({}, {"npi": CAL}))

    with pytest.raises(ImportRefusedError, match="no row could be loaded"):
        run("2026-03", nppes=write(damage, {"npi": CAL} | damage))

    assert Practitioner.objects.listed().count() == 2


def test_a_column_that_is_too_long_is_a_sentence(write):
    with pytest.raises(ImportRefusedError, match=r"nppes\.csv is damaged or only"):
        run(nppes=write({}, {"line_1": "x" * 200_000}))


def test_a_replaced_number_leads_to_the_new_one(write, client):
    run(nppes=write({}, {"npi": CAL, "replacement": BEN}))
    assert str(ReplacedNpi.objects.get()) == f"{CAL}: {BEN}"

    response = client.get(reverse("directory:doctor", args=[CAL]))

    assert response.status_code == 301
    assert response.url == Practitioner.objects.get(npi=BEN).get_absolute_url()


def test_what_is_no_other_number_replaces_none(write):
    run(
        nppes=write(
            {},
            {"npi": "99999", "replacement": BEN},
            {"npi": CAL, "replacement": "SEE ANOTHER ROW"},
            {"npi": CAL, "replacement": CAL},
        )
    )

    assert not ReplacedNpi.objects.exists()


def test_a_number_that_was_replaced_twice_leads_to_the_newest(write, client):
    older = with_check_digit("997777777")
    run(nppes=write({}, {"npi": older, "replacement": CAL}))
    run("2026-03", nppes=write({}, {"npi": CAL, "replacement": BEN}))

    response = client.get(reverse("directory:doctor", args=[older]))

    assert response.status_code == 301
    assert response.url == Practitioner.objects.get(npi=BEN).get_absolute_url()


def test_numbers_that_replace_each_other_lead_nowhere(client):
    ReplacedNpi.objects.create(npi=CAL, replacement=BEN)
    ReplacedNpi.objects.create(npi=BEN, replacement=CAL)

    response = client.get(reverse("directory:doctor", args=[CAL]))

    assert response.status_code == 404


def test_a_number_replaced_by_somebody_unknown_is_not_found(write, client):
    run(nppes=write({}, {"npi": CAL, "replacement": ADA}))

    assert client.get(reverse("directory:doctor", args=[CAL])).status_code == 404

    run("2026-03", nppes=write({}, {"npi": CAL, "replacement": BEN}))

    assert client.get(reverse("directory:doctor", args=[CAL])).status_code == 301


def test_the_same_file_again_brings_back_whom_a_doctors_file_dropped(
    write, tmp_path, client
):
    nppes_file = write({}, {"npi": CAL})
    rows = doctor(), doctor(npi=BEN)
    run("2026-02", doctors=write_doctors(tmp_path, *rows), nppes=nppes_file)
    assert run("2026-02", nppes=nppes_file)["nppes"].is_unchanged
    less = write_doctors(tmp_path, doctor())
    run("2026-03", doctors=less, accepts_census=True)
    ben = Practitioner.objects.get(npi=BEN)
    assert client.get(ben.get_absolute_url()).status_code == 410

    run("2026-02", nppes=nppes_file, accepts_census=True)

    ben.refresh_from_db()
    assert client.get(ben.get_absolute_url()).status_code == 200
    assert run("2026-02", nppes=nppes_file)["nppes"].is_unchanged


def test_whom_a_doctors_file_took_over_is_no_doubt(write, tmp_path, monkeypatch):
    monkeypatch.setattr(census, "SMALLEST_SAMPLE", 1)
    nppes_file = write({}, {"npi": CAL, "switch_2": ""})
    run("2026-02", nppes=nppes_file)
    run("2026-02", doctors=write_doctors(tmp_path, doctor(npi=BEN)))

    report = run("2026-03", nppes=nppes_file)["nppes"]

    assert (report.loaded, report.passed_over) == (1, 1)
    with pytest.raises(ImportRefusedError, match="are 207Q00000X"):
        run("2026-04", nppes=write({"switch_2": ""}, {"npi": CAL, "switch_2": ""}))


def test_both_files_in_one_run_leave_nobody_out(write, tmp_path):
    nppes_file = write({}, {"npi": CAL})
    rows = doctor(), doctor(npi=BEN)
    run("2026-02", doctors=write_doctors(tmp_path, *rows), nppes=nppes_file)

    less = write_doctors(tmp_path, doctor(cred="DO"))
    run("2026-02", doctors=less, nppes=nppes_file, accepts_census=True)

    assert set(Practitioner.objects.listed().values_list("npi", flat=True)) == {
        ADA,
        BEN,
        CAL,
    }
