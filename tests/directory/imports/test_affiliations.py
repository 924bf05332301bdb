"""The affiliations file: hospitals, their units, other facilities, and who waits."""

import pytest

from directory.imports.report import Changes
from directory.models import (
    Affiliation,
    FormerAffiliation,
    Listing,
    Organization,
    Practice,
    Practitioner,
    WaitingAffiliation,
)
from tests.directory.release_files import (
    ADA,
    BEN,
    CAL,
    doctor,
    link,
    run,
    write_doctors,
    write_hospitals,
    write_links,
)
from tests.factories import make_hospital, make_specialization

pytestmark = pytest.mark.django_db

BOTH = (doctor(), doctor(npi=BEN))


@pytest.fixture
def hospital():
    make_specialization()
    return make_hospital("Test Hospital", ccn="450068")


@pytest.fixture
def load(hospital, tmp_path):
    """Load links beside a doctors file with Ada and Ben in it."""

    def load_rows(*rows, people=BOTH, **options):
        return run(
            doctors=write_doctors(tmp_path, *people),
            affiliations=write_links(tmp_path, *rows),
            **options,
        )["affiliations"]

    return load_rows


def links():
    rows = Affiliation.objects.order_by("practitioner__npi", "reported_ccn")
    return list(rows.values_list("practitioner__npi", "organization__ccn", "through"))


def test_a_row_links_a_clinician_to_a_hospital(load, hospital):
    report = load(link())

    found = Affiliation.objects.get()
    assert found.organization == hospital
    assert (found.through, found.reported_ccn) == ("", "450068")
    assert str(found.release) == "CMS Facility Affiliation, release 2026-02"
    assert (report.read, report.loaded) == (1, 1)


@pytest.mark.parametrize(
    ("row", "through"),
    [
        (link(ccn="45S068", parent="450068"), "Psychiatric unit"),
        (link(ccn="45T068", parent="450068"), "Rehabilitation unit"),
        (link(ccn="45U068", parent="450068"), "Swing bed"),
        (link(ccn="45X068", parent="450068"), "Unit of the hospital"),
        (link(ccn="675001", parent="450068", kind="Nursing home"), "Nursing home"),
    ],
    ids=["psychiatric", "rehabilitation", "swing bed", "other unit", "nursing home"],
)
def test_a_unit_belongs_to_its_hospital_and_says_what_it_is(load, row, through):
    load(row)

    assert links() == [(ADA, "450068", through)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (link(ccn="45S068"), ("450068", "Psychiatric unit")),
        (link(ccn="45t068"), ("450068", "Rehabilitation unit")),
        (link(ccn="45U068", kind="Nursing home"), ("450068", "Nursing home")),
        (link(ccn="45SA68"), ("45SA68", "")),
        (link(ccn="45X068"), ("45X068", "")),
    ],
    ids=["psychiatric", "small letter", "swing bed", "excluded", "no letter of a unit"],
)
def test_a_unit_without_a_parent_belongs_to_the_hospital_of_its_number(
    load, row, expected
):
    load(row)

    assert links() == [(ADA, *expected)]


def test_a_facility_without_a_hospital_stands_apart(load):
    load(link(ccn="397791", kind="Home health agency"))

    facility = Organization.objects.get(ccn="397791")
    assert facility.kind == Organization.Kind.FACILITY
    assert facility.name == "Home health agency 397791"
    assert facility not in Organization.objects.hospitals()


def test_a_hospital_that_no_file_has_is_kept_by_its_number(load):
    report = load(link(ccn="459999"))

    stub = Organization.objects.get(ccn="459999")
    assert stub.is_stub
    assert stub.name == "Hospital 459999"
    assert links() == [(ADA, "459999", "")]
    assert report.parts["hospitals without name"] == 1


def test_the_same_link_twice_is_one(load):
    report = load(link(), link())

    assert links() == [(ADA, "450068", "")]
    assert (report.read, report.loaded, report.repeated) == (2, 1, 1)


@pytest.mark.parametrize("waits", [False, True])
def test_a_hospital_named_as_something_else_too_is_one(hospital, tmp_path, waits):
    """Whichever row comes first, and whether the clinician was there before them."""
    doctors = write_doctors(tmp_path, doctor())
    links = write_links(tmp_path, link(kind="Long-term care hospital"), link())

    if waits:
        run(affiliations=links)
        run(doctors=doctors)
    else:
        run(doctors=doctors, affiliations=links)

    assert Affiliation.objects.get().through == ""


def test_a_number_that_lost_its_zeros_is_mended(load):
    make_hospital("Northern", ccn="010001")

    report = load(link(ccn="10001"))

    assert links() == [(ADA, "010001", "")]
    assert report.repairs["certification number filled with zeros or in capitals"] == 1


def test_a_number_in_small_letters_is_read_and_counted_as_mended(load):
    report = load(link(ccn="45s068", parent="450068"))

    assert links() == [(ADA, "450068", "Psychiatric unit")]
    assert report.repairs["certification number filled with zeros or in capitals"] == 1


def test_a_clinician_whom_no_file_has_waits(hospital, tmp_path):
    alone = run(affiliations=write_links(tmp_path, link(), link(npi=BEN)))

    report = alone["affiliations"]
    assert links() == []
    assert WaitingAffiliation.objects.count() == 2
    assert report.parts["rows that wait for their clinician"] == 2

    run(doctors=write_doctors(tmp_path, doctor()))

    assert links() == [(ADA, "450068", "")]
    assert [str(one) for one in WaitingAffiliation.objects.all()] == [
        f"{BEN} at 450068"
    ]


def test_links_alone_find_people_who_are_there(load, tmp_path):
    load(link())

    run("2026-03", affiliations=write_links(tmp_path, link(npi=BEN)))

    assert links() == [(BEN, "450068", "")]
    assert Practice.objects.count() == 2


def test_doctors_alone_keep_their_links(load, tmp_path):
    load(link(), link(npi=BEN))

    run("2026-03", doctors=write_doctors(tmp_path, doctor(cred="DO"), doctor(npi=BEN)))

    assert Practitioner.objects.filter(credential="DO").count() == 1
    assert [row[0] for row in links()] == [ADA, BEN]


@pytest.mark.parametrize("is_dry_run", [True, False], ids=["tried", "loaded"])
def test_a_release_says_how_its_links_differ(load, tmp_path, is_dry_run):
    load(link(), link(ccn="450069"), link(npi=BEN), people=BOTH)
    links = link(), link(ccn="450070"), link(ccn="450070"), link(npi=BEN, ccn="450070")

    report = run(
        "2026-03",
        affiliations=write_links(tmp_path, *links),
        is_dry_run=is_dry_run,
        accepts_census=True,
    )["affiliations"]

    assert (report.changes, report.retired) == (Changes(2, 0, 1), 2)
    assert (report.read, report.loaded, report.repeated) == (4, 3, 1)
    assert Affiliation.objects.count() == 3
    assert FormerAffiliation.objects.count() == (0 if is_dry_run else 2)


def test_links_of_a_retired_clinician_are_former_when_the_file_lacks_them(load):
    load(link(), link(npi=BEN))

    load(link(), people=(doctor(),), version="2026-03", accepts_census=True)

    assert [row[0] for row in links()] == [ADA]
    former = FormerAffiliation.objects.get()
    assert former.practitioner.npi == BEN
    assert former.last_release.version == "2026-02"


def test_who_comes_back_has_no_link_that_the_newest_file_lacks(load, tmp_path, client):
    load(link(), link(npi=BEN))
    load(link(), people=(doctor(),), version="2026-03", accepts_census=True)

    run("2026-04", doctors=write_doctors(tmp_path, *BOTH), accepts_census=True)

    page = client.get(Practitioner.objects.get(npi=BEN).get_absolute_url())
    assert page.status_code == 200
    assert "Test Hospital" not in page.text


def test_who_comes_back_has_the_links_of_the_newest_file_once(load, tmp_path, client):
    make_hospital("Former Hospital", ccn="450099")
    make_hospital("Newest Hospital", ccn="450077")
    load(link(), link(ccn="450099"), link(npi=BEN))
    load(
        *(link(), link(ccn="450077"), link(npi=BEN)),
        people=(doctor(npi=BEN),),
        version="2026-03",
        accepts_census=True,
    )

    path = write_doctors(tmp_path, *BOTH)
    run("2026-04", doctors=path, accepts_census=True)

    assert [row[:2] for row in links()] == [
        (ADA, "450068"),
        (ADA, "450077"),
        (BEN, "450068"),
    ]
    page = client.get(Practitioner.objects.get(npi=ADA).get_absolute_url())
    assert page.text.count(">Test Hospital</a></dt>") == 1
    assert "Newest Hospital" in page.text
    assert "Former Hospital" not in page.text


def test_a_stub_says_which_file_named_it_last(load, client):
    load(link(ccn="459999"), version="2026-01", is_demo=True)
    load(link(npi=CAL, ccn="459999"), people=[doctor(npi=CAL)], version="2026-02")

    page = client.get("/hospital/459999/", follow=True).text

    assert "CMS Facility Affiliation, release 2026-02</dd>" in page
    assert not Organization.objects.get(ccn="459999").is_demo

    load(link(ccn="459999"), version="2026-03", is_demo=True)

    stub = Organization.objects.get(ccn="459999")
    assert (str(stub.last_release.version), stub.is_demo) == ("2026-02", False)


def test_a_stub_becomes_a_hospital_when_its_file_arrives(load, tmp_path):
    load(link(ccn="459999"))
    path = write_hospitals(tmp_path, "459999", "450068")

    report = run("2026-03", hospitals=path)["hospitals"]

    found = Organization.objects.get(ccn="459999")
    assert (found.name, found.is_stub) == ("459999 Hospital", False)
    assert found.affiliations.count() == 1
    assert report.loaded == 2


def test_a_facility_that_the_hospital_file_names_at_last_ties_its_doctors(
    load, hospital, tmp_path, client
):
    load(*(link(npi, "452001", "Long-term care hospital") for npi in (ADA, BEN)))
    run("2026-03", hospitals=write_hospitals(tmp_path, "452001", "450068"))

    page = client.get("/doctors/cardiology/?apart_from=452001").text

    assert BEN not in page


def test_a_facility_that_a_later_file_calls_a_hospital_ties_its_doctors(load, client):
    load(*(link(npi, "452001", "Nursing home") for npi in (ADA, BEN)))

    load(*(link(npi, "452001") for npi in (ADA, BEN)), version="2026-03")

    found = Organization.objects.hospitals().get(ccn="452001")
    assert (found.name, found.sort_key) == ("Hospital 452001", "hospital 452001")
    page = client.get("/doctors/cardiology/?apart_from=452001").text
    assert "2 are left out of this list" in page
    assert BEN not in page


def test_a_hospital_that_a_later_file_calls_something_else_stays_one(load, hospital):
    load(link())

    load(link(kind="Nursing home"), version="2026-03")

    hospital.refresh_from_db()
    assert (hospital.kind, hospital.name) == ("hospital", "Test Hospital")


def test_a_reader_sees_other_facilities_apart_from_hospitals(load, client):
    load(link(), link(ccn="397791", kind="Home health agency"), link(ccn="459999"))

    page = client.get(Practitioner.objects.get(npi=ADA).get_absolute_url())

    assert "<li>Home health agency 397791" in page.text
    assert "The hospital file has no name for this number." in page.text
    stub = Organization.objects.get(ccn="459999")
    assert client.get(stub.get_absolute_url()).status_code == 200


def test_a_shared_facility_that_is_no_hospital_ties_nobody(load):
    agency = "Home health agency"
    load(link(ccn="397791", kind=agency), link(npi=BEN, ccn="397791", kind=agency))

    facility = Organization.objects.get(ccn="397791")
    rows = Listing.objects.filter(npi=ADA)
    ties = [tie & ((1 << 40) - 1) for row in rows for tie in row.ties if tie > 0]
    assert rows.exists()
    assert facility.pk not in ties
