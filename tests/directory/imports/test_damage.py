"""Damage seen in published files, each with the exact report."""

import gzip
import json

import pytest
from django.core.management import CommandError, call_command

from directory.imports import census, copying, people_import
from directory.imports.progress import Progress, line_of
from directory.imports.report import ImportRefusedError, Report
from directory.models import (
    Affiliation,
    ImportRun,
    Location,
    Organization,
    Practitioner,
    RefusedRow,
    SourceRelease,
)
from tests.directory.release_files import (
    ADA,
    BEN,
    CAL,
    DOCTORS_HEADER,
    doctor,
    link,
    run,
    write_doctors,
    write_hospitals,
    write_links,
)
from tests.factories import make_hospital, make_specialization

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _specialization():
    make_specialization()


def refusals(report):
    return [(row[0], row[1]) for row in report.refused]


DAMAGED_DOCTORS = {
    "npi": (doctor(npi="12345"), "'12345' is no NPI of ten digits"),
    "no npi": (doctor(npi=""), "it has no NPI"),
    "check digit": (
        doctor(npi="9900000017"),
        "the check digit of NPI 9900000017 is wrong",
    ),
    "npi of the future": (
        doctor(npi="3000000000"),
        "'3000000000' is no NPI of ten digits",
    ),
    "header again": (DOCTORS_HEADER + "\n", "'NPI' is no NPI of ten digits"),
    "phone as a number": (
        doctor(telephone_number="7.71E+09"),
        "7.71E+09 is in scientific notation: a spreadsheet saved this file",
    ),
    "npi as a number": (
        doctor(npi="9.9E+09"),
        "9.9E+09 is in scientific notation: a spreadsheet saved this file",
    ),
    "group as a number": (
        doctor(org_pac_id="9.9E+08"),
        "9.9E+08 is in scientific notation: a spreadsheet saved this file",
    ),
    "a rest": (
        doctor(npi="", provider_last_name="", city_town=""),
        "it has no NPI",
    ),
    "no name": (doctor(provider_last_name=""), "it has no last name"),
    "name of dots": (doctor(provider_last_name="..."), "its last name has no letter"),
    "no city": (doctor(city_town=""), "it has no city"),
    "city of dots": (doctor(city_town="..."), "'...' is no city"),
    "state": (doctor(state="ZZ"), "'ZZ' is no state"),
    "no state": (doctor(state=""), "blank is no state"),
    "zip": (
        doctor(zip_code="7703"),
        "'7703' is no ZIP code, and adrs_id does not say which",
    ),
    "no zip": (
        doctor(zip_code=""),
        "blank is no ZIP code, and adrs_id does not say which",
    ),
    "group": (doctor(org_pac_id="12AB"), "'12AB' is no PAC ID of ten digits"),
    "quotes": (
        '"",""a"' + ',""' * 28 + ',"\n',
        "a quotation mark stands inside a column",
    ),
    "width": ("a,b\n", "it has 2 columns instead of 31"),
    "cut off": (doctor()[:50], "the file ends in the middle of this row"),
}


@pytest.mark.parametrize(
    ("row", "reason"), DAMAGED_DOCTORS.values(), ids=DAMAGED_DOCTORS
)
def test_a_damaged_row_is_refused_with_line_and_reason(tmp_path, row, reason):
    path = write_doctors(tmp_path, doctor(npi=BEN), row)

    report = run(doctors=path)["doctors"]

    assert refusals(report) == [(3, reason)]
    assert (report.read, report.loaded) == (2, 1)
    assert [one.npi for one in Practitioner.objects.all()] == [BEN]
    assert list(RefusedRow.objects.values_list("line", "reason")) == [(3, reason)]


DAMAGED_LINKS = {
    "npi": (link(npi="1"), "'1' is no NPI of ten digits"),
    "no npi": (link(npi=""), "it has no NPI"),
    "a rest": (link(npi="", ccn="", kind="", parent="450068"), "it has no NPI"),
    "check digit": (
        link(npi="9900000017"),
        "the check digit of NPI 9900000017 is wrong",
    ),
    "type": (link(kind=""), "it names no type of facility"),
    "no number": (link(ccn=""), "it names no facility"),
    "number": (
        link(ccn="4500689"),
        "'4500689' is no certification number of six characters",
    ),
    "parent": (
        link(parent="45-068"),
        "'45-068' is no certification number of six characters",
    ),
    "as a number": (
        link(ccn="4.5E+05"),
        "4.5E+05 is in scientific notation: a spreadsheet saved this file",
    ),
}


@pytest.mark.parametrize(("row", "reason"), DAMAGED_LINKS.values(), ids=DAMAGED_LINKS)
def test_a_damaged_link_is_refused_with_line_and_reason(tmp_path, row, reason):
    report = run(affiliations=write_links(tmp_path, link(), row))["affiliations"]

    assert refusals(report) == [(3, reason)]
    assert (report.read, report.loaded) == (2, 1)


def test_zeros_that_a_spreadsheet_took_are_put_back_where_that_is_certain(tmp_path):
    lost = {"state": "MA", "city_town": "BOSTON", "adrs_id": "MA021140000BO1ELMXX"}
    path = write_doctors(
        tmp_path,
        doctor(zip_code="2114", org_pac_id="990000001", **lost),
        doctor(npi=BEN, zip_code="21140000", **lost),
    )

    report = run(doctors=path)["doctors"]

    assert [one.zip_code for one in Location.objects.all()] == ["02114"]
    assert Organization.objects.get().pac_id == "0990000001"
    assert report.refused == []
    assert report.repairs == {
        "not in UTF-8": 0,
        "ZIP code from adrs_id": 2,
        "PAC ID filled with zeros": 1,
    }
    assert ImportRun.objects.get().repaired == 3


@pytest.mark.parametrize("zip_code", ["77030", "77030-1234", "77030ABCD"])
def test_a_zip_code_may_be_long_or_masked(tmp_path, zip_code):
    run(doctors=write_doctors(tmp_path, doctor(zip_code=zip_code)))

    assert Location.objects.get().zip_code == "77030"


def test_empty_rows_at_the_end_are_counted(tmp_path):
    path = write_doctors(tmp_path, doctor(), "," * 30 + "\n", "\n", "\r\n")

    report = run(doctors=path)["doctors"]

    assert (report.read, report.loaded, report.empty) == (4, 1, 3)


def test_a_byte_order_mark_crlf_and_a_quoted_header_do_not_matter(tmp_path):
    header = ",".join(f'"{name}"' for name in DOCTORS_HEADER.split(","))
    path = tmp_path / "doctors.csv"
    text = "\ufeff" + header + "\r\n" + doctor().replace("\n", "\r\n")
    path.write_bytes(text.encode())

    report = run(doctors=path)["doctors"]

    assert (report.read, report.loaded, report.refused) == (1, 1, [])


@pytest.mark.parametrize(
    ("ends", "refused"),
    [
        (["\r\n", "\n", "\n"], []),
        (["\n", "\r\n", "\n"], []),
        (["\r\n", "\r\r\n", "\r"], []),
        (
            ["\n", "\n", "\rrest\n"],
            [(4, "a line break of another system stands inside it")],
        ),
    ],
    ids=["crlf first", "lf first", "twice and cut", "inside"],
)
def test_lines_that_end_differently_are_all_read(tmp_path, ends, refused):
    path = tmp_path / "doctors.csv"
    rows = [
        doctor(npi=npi).replace("\n", end)
        for npi, end in zip((ADA, BEN, CAL), ends, strict=True)
    ]
    path.write_bytes("".join([DOCTORS_HEADER + "\n", *rows]).encode())

    report = run(doctors=path)["doctors"]

    assert refusals(report) == refused
    assert (report.read, report.loaded) == (3, 3 - len(refused))
    assert Practitioner.objects.listed().count() == 3 - len(refused)


def test_letters_of_another_encoding_are_mended_and_counted(tmp_path):
    path = tmp_path / "doctors.csv"
    row = doctor(provider_last_name="MUÑOZ")
    path.write_bytes((DOCTORS_HEADER + "\n" + row).encode("iso-8859-1"))

    report = run(doctors=path)["doctors"]

    assert Practitioner.objects.get().last_name == "Muñoz"
    assert report.repairs["not in UTF-8"] == 1


def test_a_file_from_another_dataset_names_what_it_lacks(tmp_path):
    with pytest.raises(
        ImportRefusedError, match="no column pri_spec, Facility Name"
    ) as e:
        run(doctors=write_links(tmp_path, link()))

    assert "not known: Ind_PAC_ID" in str(e.value)
    account = ImportRun.objects.get()
    assert account.state == ImportRun.State.REFUSED
    assert "no column pri_spec" in account.message


def test_a_column_that_nobody_knows_is_told_and_not_read(tmp_path):
    path = write_doctors(
        tmp_path,
        doctor().replace("\n", ",x\n"),
        header=DOCTORS_HEADER + ",new_column",
    )

    report = run(doctors=path)["doctors"]

    assert report.loaded == 1
    assert report.notes == ["Columns that are not known and not read: new_column."]


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "doctors.csv"
    path.write_text("")

    with pytest.raises(ImportRefusedError, match="no column NPI"):
        run(doctors=path)


def test_a_file_with_the_line_ends_of_another_system_is_a_sentence(tmp_path):
    path = tmp_path / "doctors.csv"
    text = DOCTORS_HEADER + "\n" + doctor()
    path.write_bytes(text.replace("\n", "\r").encode())

    with pytest.raises(ImportRefusedError, match=r"doctors\.csv is no CSV file"):
        run(doctors=path)


def test_a_line_that_is_too_long_is_refused_with_its_line(tmp_path):
    rows = [doctor(), "x" * 200_000 + "\n", doctor(npi=BEN)]

    report = run(doctors=write_doctors(tmp_path, *rows))["doctors"]

    assert refusals(report) == [(3, "it is too long for a row")]
    assert report.loaded == 2


def test_a_header_without_rows_is_refused(tmp_path):
    with pytest.raises(ImportRefusedError, match="no row could be loaded"):
        run(doctors=write_doctors(tmp_path))


@pytest.mark.parametrize("accepts_census", [False, True], ids=["asked", "accepted"])
def test_a_small_release_of_which_nothing_can_be_loaded_retires_nobody(
    tmp_path, accepts_census
):
    run(
        doctors=write_doctors(tmp_path, doctor(), doctor(npi=BEN)),
        affiliations=write_links(tmp_path, link()),
    )
    doctors = write_doctors(tmp_path, doctor(npi="1"), doctor(npi="2"))
    links = write_links(tmp_path, link(npi="1"))

    with pytest.raises(ImportRefusedError) as refused:
        run("2026-03", doctors=doctors, accepts_census=accepts_census)
    with pytest.raises(ImportRefusedError, match="no row could be loaded"):
        run("2026-03", affiliations=links, accepts_census=accepts_census)

    assert str(refused.value) == (
        "doctors.csv is damaged: no row could be loaded; the first refused row is line "
        "2: '1' is no NPI of ten digits. Nothing of it was loaded: download it again."
    )
    assert Practitioner.objects.listed().count() == 2
    assert Affiliation.objects.count() == 1


def test_a_file_of_rubble_stops_early(tmp_path, monkeypatch):
    monkeypatch.setattr(copying, "MOST_BROKEN", 3)

    with pytest.raises(ImportRefusedError, match="line 2: it has 1 columns instead"):
        run(doctors=write_doctors(tmp_path, *["rubble\n"] * 5))

    assert ImportRun.objects.get().state == ImportRun.State.REFUSED


def test_refused_rows_that_are_not_kept_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(people_import, "MOST_KEPT", 1)
    fewer = people_import.REFUSED.replace("LIMIT 100000", "LIMIT 1")
    monkeypatch.setattr(people_import, "REFUSED", fewer)
    path = write_doctors(tmp_path, doctor(), doctor(npi="1"), doctor(npi="2"))

    report = run(doctors=path)["doctors"]

    assert (report.read, report.loaded, report.refused_rows) == (3, 1, 2)
    assert ImportRun.objects.get().refused == 2
    assert [row.line for row in RefusedRow.objects.all()] == [3]


def test_half_a_download_that_is_packed_leaves_all_as_it_was(tmp_path):
    run(doctors=write_doctors(tmp_path, doctor()))
    path = tmp_path / "half.csv.gz"
    packed = gzip.compress((DOCTORS_HEADER + "\n" + doctor(npi=BEN) * 9).encode())
    path.write_bytes(packed[:-20])

    with pytest.raises(ImportRefusedError, match="only half a download"):
        run("2026-03", doctors=path)

    assert [one.npi for one in Practitioner.objects.listed()] == [ADA]
    assert SourceRelease.objects.get().version == "2026-02"


def test_a_file_that_is_refused_takes_nothing_back_from_those_before_it(tmp_path):
    systems, taxonomy = tmp_path / "systems.csv", tmp_path / "taxonomy.csv"
    systems.write_text(
        "ccn,health_sys_id,health_sys_name,hos_majteach\n450068,HSI1,Kind,1\n"
    )
    taxonomy.write_text("no table\n")
    make_hospital(ccn="450068")
    doctors = write_doctors(tmp_path, doctor())

    with pytest.raises(ImportRefusedError, match=r"taxonomy\.csv has no column Code"):
        run(doctors=doctors, systems=systems, taxonomy=taxonomy)

    told = ImportRun.objects.values_list("dataset", "state", "loaded", "message")
    done, refused = ImportRun.State.DONE, ImportRun.State.REFUSED
    assert [row[:3] for row in told.order_by("dataset")] == [
        ("doctors", done, 1),
        ("systems", done, 1),
        ("taxonomy", refused, 0),
    ]
    assert ["no column Code" in row[3] for row in told.order_by("dataset")] == [
        False,
        False,
        True,
    ]
    assert Practitioner.objects.listed().count() == 1


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command_tells_what_was_loaded_before_a_file_that_is_refused(
    tmp_path, capsys, form
):
    files = {
        "hospitals": write_hospitals(tmp_path, "450068", "450069"),
        "doctors": write_doctors(tmp_path, doctor(), header="NPI"),
    }

    with pytest.raises(CommandError, match=r"doctors\.csv has no column Provider L"):
        call_command("import_directory", release="2026-02", format=form, **files)

    told = capsys.readouterr().out
    if form == "json":
        assert list(json.loads(told)) == ["hospitals"]
    else:
        assert told.startswith("CMS Hospital General Information: 2 read, 2 created")
        assert "Doctors" not in told


def test_the_command_says_what_a_stop_left(tmp_path, capsys, monkeypatch):
    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(people_import.doctors, "prepare", stop)
    files = {
        "hospitals": write_hospitals(tmp_path, "450068"),
        "doctors": write_doctors(tmp_path, doctor()),
    }

    with pytest.raises(KeyboardInterrupt):
        call_command("import_directory", release="2026-02", **files)

    told = capsys.readouterr()
    assert told.out.startswith("CMS Hospital General Information: 1 read, 1 created")
    assert told.err.endswith("It was stopped. Nothing of --doctors was loaded.\n")


def test_half_a_file_stops_at_the_census_unless_told_otherwise(tmp_path):
    rows = [doctor(), doctor(npi=BEN), doctor(adr_ln_1="2 ELM ST")]
    run(
        doctors=write_doctors(tmp_path, *rows),
        affiliations=write_links(tmp_path, link()),
    )
    half = write_doctors(tmp_path, rows[0])

    with pytest.raises(
        ImportRefusedError, match="it has 1 rows, the last release had 3"
    ) as stopped:
        run("2026-03", doctors=half)
    assert "--accept-census" in str(stopped.value)
    assert Practitioner.objects.listed().count() == 2

    report = run("2026-03", doctors=half, accepts_census=True)["doctors"]

    assert report.retired == 1
    assert "Accepted all the same" in report.notes[-1]
    assert Affiliation.objects.count() == 1

    # What was accepted is what the next release is compared with.
    alike = write_doctors(tmp_path, doctor(cred="DO"))
    assert run("2026-04", doctors=alike)["doctors"].loaded == 1


def measures(**changes):
    values = {
        "rows": 2000,
        "refused": 0,
        "loaded": 2000,
        "specialties": {"CARDIOLOGY": 0.2, "NEUROLOGY": 0.1},
        "without_hospital": 0.3,
        "orphans": 0.04,
    }
    return census.Measures(**values | changes)


ORPHANS = (
    "20.0% of its rows name a hospital that is not known, in the last release 4.0%"
)


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({}, ""),
        ({"rows": 1600}, "it has 1,600 rows, the last release had 2,000"),
        ({"rows": 2600}, "it has 2,600 rows, the last release had 2,000"),
        ({"refused": 50}, "50 rows are refused, more than 2% of all"),
        (
            {"specialties": {"CARDIOLOGY": 0.1, "NEUROLOGY": 0.1}},
            "10.0% of its clinicians are CARDIOLOGY, in the last release 20.0%",
        ),
        (
            {"specialties": {"CARDIOLOGY": 0.2}},
            "0.0% of its clinicians are NEUROLOGY, in the last release 10.0%",
        ),
        (
            {"without_hospital": 0.5},
            "50.0% of its clinicians have no hospital, in the last release 30.0%",
        ),
        ({"orphans": 0.2}, ORPHANS),
        ({"specialties": {}, "without_hospital": None, "orphans": None}, ""),
        ({"rows": 1700}, ""),
        ({"rows": 2500}, ""),
        ({"refused": 40}, ""),
        (
            {"specialties": {"CARDIOLOGY": 0.3, "NEUROLOGY": 0.1}},
            "30.0% of its clinicians are CARDIOLOGY, in the last release 20.0%",
        ),
        (
            {"without_hospital": 0.1},
            "10.0% of its clinicians have no hospital, in the last release 30.0%",
        ),
        ({"orphans": 0.1}, ORPHANS.replace("20.0%", "10.0%")),
    ],
    ids=[
        "as before",
        "too short",
        "too long",
        "refused",
        "a specialty halved",
        "a specialty gone",
        "hospitals gone",
        "orphans",
        "not measured",
        "short enough",
        "long enough",
        "few refused",
        "a specialty grown",
        "hospitals for nearly all",
        "some orphans",
    ],
)
def test_a_census_says_what_looks_wrong(changes, doubt):
    found = census.doubts(measures(**changes), measures().as_json())

    assert "; ".join(found) == doubt


def test_fewer_numbers_without_a_hospital_are_no_doubt():
    before_the_hospital_file = measures(orphans=1.0).as_json()

    assert census.doubts(measures(orphans=0.04), before_the_hospital_file) == []


def test_what_the_last_release_did_not_measure_is_not_compared():
    last = measures(specialties={}, without_hospital=None, orphans=None)

    assert census.doubts(measures(), last.as_json()) == []


def test_a_census_of_few_rows_compares_their_number_only():
    new = measures(rows=10, refused=9, specialties={})

    assert census.doubts(new, measures(rows=10).as_json()) == []
    assert census.doubts(measures(loaded=0), None) == ["no row could be loaded"]
    assert census.doubts(measures(rows=999, refused=999), None) == []
    assert census.doubts(measures(rows=1000, refused=999), None) != []


def test_a_census_compares_the_ten_largest_specialties():
    shares = {f"SPECIALTY {n}": n / 100 for n in range(1, 12)}

    def doubts_without(name):
        new = measures(specialties={one: s for one, s in shares.items() if one != name})
        return census.doubts(new, measures(specialties=shares).as_json())

    assert doubts_without("SPECIALTY 1") == []
    assert len(doubts_without("SPECIALTY 2")) == 1
    assert len(doubts_without("SPECIALTY 11")) == 1


def test_the_command_says_in_a_sentence_what_is_missing(tmp_path):
    with pytest.raises(CommandError, match="Name at least one file: --doctors"):
        call_command("import_directory")
    with pytest.raises(CommandError, match=r"none\.csv cannot be read: No such file"):
        call_command("import_directory", doctors=tmp_path / "none.csv")


def test_a_mistyped_path_leaves_no_account_open(tmp_path):
    files = {"doctors": write_doctors(tmp_path, doctor())}

    with pytest.raises(CommandError, match=r"none\.csv cannot be read: No such file"):
        call_command("import_directory", **files, affiliations=tmp_path / "none.csv")

    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("release", ["spring", "2026-20", "2026-00", "2026-3", "²⁰²⁶"])
def test_the_command_refuses_a_release_that_is_none(tmp_path, release):
    path = write_doctors(tmp_path, doctor())

    with pytest.raises(CommandError, match=f"'{release}' is no release"):
        call_command("import_directory", doctors=path, release=release)


def test_an_older_release_does_not_replace_a_newer_one(tmp_path):
    run("2026-03", doctors=write_doctors(tmp_path, doctor()))

    with pytest.raises(ImportRefusedError, match="which is older: is --release right"):
        run("2026-02", doctors=write_doctors(tmp_path, doctor(cred="DO")))

    assert Practitioner.objects.get().credential == "MD"


def test_a_release_that_was_given_a_wrong_name_is_no_dead_end(tmp_path):
    hospitals = write_hospitals(tmp_path, "450068")
    run("2062-02", doctors=write_doctors(tmp_path, doctor()), hospitals=hospitals)

    with pytest.raises(ImportRefusedError) as refused:
        run("2026-02", hospitals=hospitals)
    files = {"doctors": write_doctors(tmp_path, doctor()), "hospitals": hospitals}
    reports = run("2026-02", **files, accepts_census=True)
    run("2026-03", doctors=write_doctors(tmp_path, doctor(cred="DO")))

    assert str(refused.value) == (
        "CMS Hospital General Information, release 2062-02 is loaded, and "
        "hospitals.csv is said to be of 2026-02, which is older: is --release right? "
        "Nothing of it was loaded. If it is right, and the one before was not, say "
        "--accept-census."
    )
    [note] = reports["doctors"].notes
    assert note == (
        "Accepted all the same: CMS Doctors and Clinicians, release 2062-02 is loaded, "
        "and doctors.csv is said to be of 2026-02, which is older."
    )
    hospital = Organization.objects.hospitals().get()
    assert hospital.last_release.version == "2026-02"
    assert Practitioner.objects.get().credential == "DO"


def test_a_census_names_the_first_refused_row(tmp_path, monkeypatch):
    monkeypatch.setattr(census, "SMALLEST_SAMPLE", 1)
    path = write_doctors(tmp_path, doctor(), doctor(telephone_number="7.71E+09"))

    with pytest.raises(ImportRefusedError, match=r"line 3: 7\.71E\+09 is in"):
        run(doctors=path)


def test_a_census_measures_what_a_release_says_of_clinicians_and_hospitals(
    tmp_path, monkeypatch
):
    make_hospital(ccn="450068")
    both = [doctor(), doctor(npi=BEN)]
    run(
        doctors=write_doctors(tmp_path, *both),
        affiliations=write_links(tmp_path, link(), link(npi=BEN)),
    )
    monkeypatch.setattr(census, "SMALLEST_SAMPLE", 1)

    def doubt(people, links):
        files = {"doctors": write_doctors(tmp_path, *people)}
        with pytest.raises(ImportRefusedError) as stopped:
            run("2026-03", **files, affiliations=write_links(tmp_path, *links))
        return str(stopped.value)

    others = [doctor(pri_spec="NEUROLOGY"), doctor(npi=BEN, pri_spec="NEUROLOGY")]
    text = doubt(others, [link(), link(npi=BEN)])
    assert "0.0% of its clinicians are CARDIOLOGY, in the last release 100.0%" in text
    text = doubt(both, [link(), link()])
    assert "50.0% of its clinicians have no hospital, in the last release 0.0%" in text
    text = doubt(both, [link(), link(npi=BEN, ccn="450999")])
    assert "50.0% of its rows name a hospital that is not known, " in text
    assert Practitioner.objects.filter(last_release__version="2026-02").count() == 2


def test_an_optional_column_that_is_lacking_is_told(tmp_path):
    header = DOCTORS_HEADER.replace("Telehlth", "Something else")
    path = write_doctors(tmp_path, doctor(), header=header)

    notes = run(doctors=path)["doctors"].notes

    assert notes == [
        "Columns that are not known and not read: Something else.",
        "The file has no Telehlth: that is unknown now.",
    ]


def test_the_command_reports_in_words_and_in_json(tmp_path, capsys):
    path = write_doctors(tmp_path, doctor(), doctor(npi="1"))

    call_command("import_directory", doctors=path, release="2026-02", dry_run=True)
    words = capsys.readouterr()
    call_command("import_directory", doctors=path, release="2026-02", format="json")
    found = json.loads(capsys.readouterr().out)["doctors"]
    call_command(
        *("import_directory", "--dry-run", "--format=json", "--release=2026-03"),
        doctors=path,
    )
    tried = json.loads(capsys.readouterr().out)["doctors"]

    name = "CMS Doctors and Clinicians (dry run, nothing was written)"
    assert f"{name}: 2 read, 1 created" in words.out
    assert "line 3: '1' is no NPI of ten digits" in words.out
    assert "reading doctors.csv" in words.err
    assert found["refused"] == [{"line": 3, "reason": "'1' is no NPI of ten digits"}]
    assert (found["read"], found["loaded"], found["added"]) == (2, 1, 1)
    assert (found["dry_run"], tried["dry_run"]) == (False, True)


def test_a_long_report_names_twenty_rows_and_counts_the_rest():
    report = Report("Test", read=25, refused=[(n, "why", "") for n in range(25)])

    assert "line 19: why" in str(report)
    assert "line 20" not in str(report)
    assert "and 5 more: see the admin" in str(report)


def test_progress_tells_rate_and_time_left():
    told = []
    progress = Progress(told.append)
    progress.told_at = float("-inf")

    progress.reading("dac.csv", 1_200_000, 0.5, 4)
    progress.reading("dac.csv", 1_200_001, 0.5, 4)

    assert told == ["dac.csv: 1,200,000 rows, 50%, 300,000 a second, 4 s left"]
    assert line_of("a", 0, 0, 0) == "a: 0 rows, 0%, 0 a second, just begun"
