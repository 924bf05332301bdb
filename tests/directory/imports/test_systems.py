"""Health systems, teaching hospitals, and words for taxonomy codes."""

import pytest
from django.db import connection

from directory.imports import systems
from directory.imports.report import Changes, ImportRefusedError
from directory.models import (
    ImportRun,
    Listing,
    Organization,
    SourceRelease,
    TaxonomyCode,
)
from tests.directory.release_files import run
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_location,
    make_specialization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(tmp_path):
    def write_file(*rows, header="ccn,health_sys_id,health_sys_name,hos_majteach"):
        path = tmp_path / "file.csv"
        path.write_bytes("\n".join([header, *rows, ""]).encode("cp1252"))
        return path

    return write_file


@pytest.fixture
def hospital():
    return make_hospital("Kind Hospital", ccn="010001")


def test_hospitals_get_their_system_and_whether_they_teach(write, hospital):
    other = make_hospital("Lone Hospital", ccn="450068")

    report = run(
        systems=write(
            "010001,HSI1,Kindness Health,1",
            "450068,,,0",
            "999999,HSI2,Nowhere,1",
            ",HSI2,Nowhere,1",
            "10001,HSI1,Kindness Health,1",
        )
    )["systems"]

    hospital.refresh_from_db()
    other.refresh_from_db()
    assert (hospital.system.name, hospital.is_teaching) == ("Kindness Health", True)
    assert hospital.system.kind == Organization.Kind.SYSTEM
    assert (other.system, other.is_teaching) == (None, False)
    assert (report.read, report.loaded, report.passed_over) == (5, 2, 2)
    assert report.seconds > 0
    assert report.refused == [
        (6, "010001 stands in the file twice", "10001,HSI1,Kindness Health,1")
    ]
    assert report.changes == Changes(0, 2, 0)
    assert Organization.objects.filter(kind="system").count() == 1


def test_a_system_without_a_name_is_called_by_its_number(write, hospital):
    run(systems=write("010001,HSI9,,1"))

    release = SourceRelease.objects.get(dataset="systems")
    system = Organization.objects.get(kind="system")
    assert (system.name, system.sort_key) == ("HSI9", "hsi9")
    assert system.first_release == system.last_release == release
    assert release.row_count == 1


def test_the_same_file_again_joins_hospitals_that_came_since(write, hospital):
    path = write("010001,HSI1,Kindness Health,1", "450068,HSI1,Kindness Health,0")
    run("2023", systems=path)
    late = make_hospital("Late Hospital", ccn="450068")

    report = run("2023", systems=path)["systems"]

    late.refresh_from_db()
    assert (late.system.name, late.is_teaching) == ("Kindness Health", False)
    assert report.changes == Changes(0, 1, 1)
    assert run("2023", systems=path)["systems"].changes == Changes(0, 0, 2)


def test_the_same_file_again_leaves_the_rows_of_systems_alone(write, hospital):
    def versions_of_rows():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, ctid::text FROM directory_organization")
            return set(cursor.fetchall())

    path = write("010001,HSI1,Kindness Health,1", "010002,HSI2,,1")
    make_hospital("Nearby Hospital", ccn="010002")
    run("2023", systems=path)
    before = versions_of_rows()

    report = run("2023", systems=path)["systems"]

    assert versions_of_rows() == before
    assert len(before) == 4
    assert report.parts == {"health systems known": 2}


def test_a_number_that_means_another_hospital_speaks_for_it(write, hospital):
    old = make_hospital(ccn="459999", is_stub=True, same_as=hospital)
    older = make_hospital(ccn="459998", is_stub=True, same_as=hospital)
    row = "459999,HSI1,Kindness Health,1"

    path = write(row, "459998,HSI3,Elsewhere,0", "459999,HSI3,Elsewhere,0")
    report = run("2023", systems=path)["systems"]

    hospital.refresh_from_db()
    assert (hospital.system.name, hospital.is_teaching) == ("Kindness Health", True)
    assert (report.read, report.loaded, report.passed_over) == (3, 1, 1)
    assert [one[:2] for one in report.refused] == [
        (4, "459999 stands in the file twice")
    ]

    own = "010001,HSI2,Own Health,0"
    report = run("2024", systems=write(row, own))["systems"]

    hospital.refresh_from_db()
    assert (hospital.system.name, hospital.is_teaching) == ("Own Health", False)
    assert (report.loaded, report.passed_over) == (1, 1)
    for one in (old, older):
        one.refresh_from_db()
        assert one.system is None


def test_a_hospital_with_two_numbers_has_the_system_of_either(write, hospital):
    new = make_hospital("Kind Hospital", ccn="011300", location=hospital.location)

    report = run("2023", systems=write("010001,HSI1,Kindness Health,1"))["systems"]

    new.refresh_from_db()
    assert (new.system.name, new.is_teaching) == ("Kindness Health", True)
    assert (report.loaded, report.changes) == (1, Changes(0, 2, 0))

    both = write("010001,HSI1,Kindness Health,1", "011300,HSI2,Own Health,0")
    run("2024", systems=both)

    new.refresh_from_db()
    hospital.refresh_from_db()
    assert (new.system.name, hospital.system.name) == ("Own Health", "Kindness Health")


def test_a_next_edition_renames_a_system(write, hospital):
    run("2023", systems=write("010001,HSI1,Kindness Health,1"))

    report = run("2024", systems=write("010001,HSI1,Kinder Health,1"))["systems"]

    assert Organization.objects.get(ahrq_id="HSI1").name == "Kinder Health"
    assert report.changes == Changes(0, 0, 1)
    assert report.parts == {"health systems known": 1}


def test_a_next_edition_moves_a_hospital_to_another_system(write, hospital):
    run("2023", systems=write("010001,HSI1,Kindness Health,1"))

    report = run("2024", systems=write("010001,HSI2,Other Health,1"))["systems"]

    hospital.refresh_from_db()
    assert (hospital.system.name, hospital.is_teaching) == ("Other Health", True)
    assert report.changes == Changes(0, 1, 0)


def test_the_finder_knows_at_once_who_teaches(write, hospital):
    make_doctor(
        does=(make_specialization(),), at=(make_location(),), hospitals=(hospital,)
    )
    count_doctors()
    assert Listing.objects.get().is_at_teaching_hospital is None

    run(systems=write("010001,HSI1,Kindness Health,1"))

    assert Listing.objects.get().is_at_teaching_hospital is True


def test_a_file_that_names_no_hospital_changes_nothing(write, hospital):
    with pytest.raises(ImportRefusedError, match="names no hospital") as refused:
        run(systems=write("450068,HSI1,Kindness Health,1"))

    assert "are the hospitals loaded, by load_directory or --hospitals?" in str(
        refused.value
    )
    assert not Organization.objects.filter(kind="system").exists()


def test_the_account_of_a_spreadsheets_systems_adds_up(write, hospital):
    report = run(
        systems=write(
            "10001,HSI1,Kïndness Health,1",
            ",,,",
            "4.5E+05,HSI1,Kindness Health,1",
            f"450068,{'H' * 21},Kindness Health,1",
            "450068,HSI1",
            ",,,",
        )
    )["systems"]

    assert (report.read, report.loaded, report.empty) == (6, 1, 2)
    assert report.repairs == {
        "not in UTF-8": 1,
        "certification number filled with zeros": 1,
    }
    assert [row[:2] for row in report.refused] == [
        (4, "'4.5E+05' is in scientific notation: a spreadsheet saved this"),
        (5, f"its health_sys_id is too long: '{'H' * 21}'"),
        (6, "it has 2 columns instead of 4"),
    ]


def test_empty_rows_of_the_taxonomy_list_are_no_codes(write):
    header = "Code,Grouping,Display Name"

    report = run(taxonomy=write("9900000000,g,Kïnd", ",,", header=header))["taxonomy"]

    assert (report.read, report.loaded, report.empty) == (2, 1, 1)
    assert (report.refused, report.repairs) == ([], {"not in UTF-8": 1})


def test_a_list_without_taxonomy_codes_is_refused(write):
    path = write("99,g,x", header="Code,Grouping,Display Name")

    with pytest.raises(ImportRefusedError, match="is it the list of NUCC"):
        run(taxonomy=path)


def test_an_import_that_was_stopped_is_not_said_to_run_on(write, hospital, monkeypatch):
    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(systems, "system_of", stop)

    with pytest.raises(KeyboardInterrupt):
        run(systems=write("010001,HSI1,Kindness Health,1"))

    stopped = ImportRun.objects.get()
    assert stopped.state == ImportRun.State.FAILED
    assert stopped.message == "It was stopped. Nothing of it was loaded."


def test_a_dry_run_of_systems_changes_nothing(write, hospital):
    report = run(systems=write("010001,HSI1,Kindness,1"), is_dry_run=True)["systems"]

    hospital.refresh_from_db()
    assert report.changes.updated == 1
    assert (hospital.system, hospital.is_teaching) == (None, None)


def test_taxonomy_codes_get_the_operators_words(write):
    header = "Code,Grouping,Display Name"
    run("2024", taxonomy=write("9900000000,g,Old", "9900000001,g,Same", header=header))

    report = run(
        "2025",
        taxonomy=write(
            "9900000000,g,New",
            "9900000001,g,Same",
            "9900000001,g,Again",
            "990000000é,g,x",
            "99,g,x",
            "990000000x,g,Third",
            "9900000002,g,Fourth",
            header=header,
        ),
    )["taxonomy"]

    assert [str(code) for code in TaxonomyCode.objects.all()] == [
        "9900000000 New",
        "9900000001 Same",
        "9900000002 Fourth",
        "990000000X Third",
    ]
    assert report.changes == Changes(2, 1, 1)
    assert report.repeated == 1
    assert report.refused == [
        (5, "'990000000é' is no taxonomy code", "990000000é,x"),
        (6, "'99' is no taxonomy code", "99,x"),
    ]
