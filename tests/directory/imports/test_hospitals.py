"""The real file, and damaged ones."""

import pytest
from django.db.models import Q

from directory.data_files import HOSPITAL_LIST
from directory.imports import census, hospitals
from directory.imports.csv_file import read_rows
from directory.imports.report import Changes, Damage, ImportRefusedError, Report
from directory.models import Location, Organization, Place, RefusedRow, SourceRelease
from tests.directory.release_files import run
from tests.factories import make_hospital, make_specialization

HEADER = ",".join(names[0] for names in hospitals.COLUMNS.values())
ROW = (
    "450068,{name},6411 FANNIN,{city},TX,{zip},(713) 704-3700,Acute Care Hospitals,"
    "Voluntary non-profit - Private,Yes,{rating},{footnote}"
)


def row(**values):
    defaults = {
        "name": "MEMORIAL HOSPITAL",
        "city": "HOUSTON",
        "zip": "77030",
        "rating": "3",
        "footnote": "",
    }
    return ROW.format(**defaults | values)


@pytest.fixture
def write(tmp_path):
    def write_file(*rows):
        path = tmp_path / "hospitals.csv"
        path.write_text("\n".join([HEADER, *rows]) + "\n")
        return path

    return write_file


@pytest.fixture(scope="module")
def real():
    report = Report("Hospitals")
    return list(hospitals.read_hospitals(HOSPITAL_LIST, report, set())), report


def test_every_row_of_the_real_file_is_read(real):
    found, report = real

    assert len(found) == report.read == 5421
    assert report.refused == []


def test_the_real_file_has_these_ratings(real):
    found, _ = real

    unrated = [one for one in found if one.rating is None]
    limited = [one for one in found if one.rating and one.rating_note]

    assert len(unrated) == 2552
    assert all(one.rating_note for one in unrated)
    assert len(limited) == 12


def test_every_real_hospital_is_located(real):
    found, _ = real
    centroids = hospitals.read_centroids()

    without_centroid = [one for one in found if one.zip_code not in centroids]

    assert all(one.latitude and one.longitude for one in found)
    assert len(without_centroid) == 135


def test_no_real_name_is_left_in_capitals(real):
    found, _ = real

    shouting = [one.name for one in found if one.name.isupper() and len(one.name) > 4]

    assert shouting == []


def test_real_numbers_may_end_in_a_letter(real):
    found, _ = real

    assert sum(not one.ccn.isdigit() for one in found) > 100
    assert len({one.ccn for one in found}) == 5421


def test_names_are_no_key(real):
    found, _ = real
    names = [one.published_name for one in found]

    assert names.count("MEMORIAL HOSPITAL") == 12


@pytest.mark.django_db
def test_the_real_file_is_loaded_once_and_reads_well():
    first = hospitals.load()
    second = hospitals.load()

    assert first.read == first.changes.total + len(first.refused)
    assert first.changes.created == Organization.objects.hospitals().count() == 5421
    assert second.is_unchanged
    assert Organization.objects.filter(location__latitude=None).count() == 0
    assert Place.objects.filter(Q(latitude=None) | Q(name="")).count() == 0
    release = SourceRelease.objects.get()
    assert (release.version, release.row_count) == ("2026", 5421)
    found = Organization.objects.with_place().get(ccn="450068")
    assert found.name == "Memorial Hermann - Texas Medical Center"
    assert found.published_name == "MEMORIAL HERMANN - TEXAS MEDICAL CENTER"
    assert str(found.location) == "6411 Fannin, Houston, TX"
    assert found.location.building[1:] == ("77030", "6411 FANNIN")
    assert found.has_emergency_service is True
    assert found.first_release == found.last_release
    # the file spells the first in three ways
    louis = Place.objects.filter(state="MO", name__endswith=" Louis")
    names = list(louis.values_list("name", flat=True))
    assert names == ["Lake St. Louis", "St. Louis"]


@pytest.mark.django_db
def test_the_packaged_file_does_not_replace_a_newer_release(write):
    run("2026-07", hospitals=write(row(name="NEW NAME")))

    report = hospitals.load()

    assert report.is_unchanged
    assert [one.name for one in Organization.objects.listed()] == ["New Name"]


@pytest.mark.django_db
def test_an_earlier_file_can_be_loaded_again(write):
    hospitals.load(write(row(name="RIGHT")), "2026-07")
    hospitals.load(write(row(name="WRONG")), "2026-08")

    first = hospitals.load(write(row(name="RIGHT")), "2026-09")
    second = hospitals.load(write(row(name="RIGHT")), "2026-09")

    assert (first.is_unchanged, second.is_unchanged) == (False, True)
    assert Organization.objects.get().name == "Right"


@pytest.mark.django_db
def test_an_unchanged_row_of_a_newer_release_keeps_its_first_release(write):
    hospitals.load(write(row()), "2025")
    report = hospitals.load(write(row(), row(name="B").replace("450068", "450069")))

    found = Organization.objects.get(ccn="450068")

    assert report.changes == Changes(created=1, updated=0, skipped=1)
    assert found.first_release.version == "2025"
    assert found.last_release.version == "2026"


@pytest.mark.django_db
def test_a_file_read_by_newer_code_changes_only_what_differs(write, monkeypatch):
    path = write(row(), row(name="B").replace("450068", "450069"))
    hospitals.load(path)
    Organization.objects.filter(ccn="450068").update(name="Wrong")
    monkeypatch.setattr(hospitals, "CODE_VERSION", 99)

    report = hospitals.load(path)

    assert (report.changes.updated, report.changes.skipped) == (1, 1)
    assert Organization.objects.get(ccn="450068").name == "Memorial Hospital"


@pytest.mark.django_db
def test_a_hospital_that_vanished_is_retired_and_comes_back(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2024")
    report = hospitals.load(write(*rows[1:]), "2025")
    gone = Organization.objects.get(ccn="450060")

    hospitals.load(write(*rows, row()), "2026")

    back = Organization.objects.get(ccn="450060")
    assert report.retired == 1
    assert gone.retired_at is not None
    assert back.retired_at is None


@pytest.mark.django_db
def test_a_file_retires_nobody_twice_and_no_number_that_waits_for_its_hospital(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2024")
    hospitals.load(write(*rows[1:]), "2025")
    gone = Organization.objects.get(ccn="450060")
    for ccn in ("459997", "459998", "459999"):
        make_hospital(ccn=ccn, is_stub=True)

    another = row().replace("450068", "450099")
    report = hospitals.load(write(*rows[1:], another), "2027")

    assert (report.loaded, report.retired) == (12, 0)
    assert Organization.objects.get(ccn="450060").retired_at == gone.retired_at
    waiting = Organization.objects.filter(is_stub=True, retired_at=None)
    assert waiting.count() == 3


@pytest.mark.django_db
def test_a_hospital_whose_row_is_refused_stays_as_it_was(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2025")
    wrong = row(rating="6").replace("450068", "450060")

    report = hospitals.load(write(wrong, *rows[1:]), "2026", accepts_census=True)

    hospital = Organization.objects.get(ccn="450060")
    assert (report.refused_rows, report.retired) == (1, 0)
    assert (hospital.retired_at, hospital.last_release.version) == (None, "2025")


@pytest.mark.django_db
def test_a_hospital_whose_line_is_cut_off_stays_as_it_was(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2025")

    report = hospitals.load(write(*rows[:-1], rows[-1][:40]), "2026")

    hospital = Organization.objects.get(ccn="450071")
    assert (report.refused_rows, report.retired) == (1, 0)
    assert (hospital.retired_at, hospital.last_release.version) == (None, "2025")


@pytest.mark.django_db
def test_another_file_of_the_same_release_retires_what_it_lacks(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2026")

    report = hospitals.load(write(*rows[1:]), "2026")

    assert report.retired == 1
    assert Organization.objects.get(ccn="450060").retired_at is not None
    assert Organization.objects.listed().count() == 11


@pytest.mark.django_db
def test_half_a_download_changes_nothing(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2025")

    with pytest.raises(ImportRefusedError, match="holds 3 hospitals, but 12 are known"):
        hospitals.load(write(*rows[:3]), "2026")

    assert Organization.objects.listed().count() == 12
    assert SourceRelease.objects.get().version == "2025"


@pytest.mark.django_db
def test_a_shorter_file_that_is_right_is_loaded_when_told_so(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2025")

    report = run("2026", hospitals=write(*rows[:3]), accepts_census=True)["hospitals"]

    assert (report.loaded, report.retired) == (3, 9)
    assert report.notes == [
        "Accepted all the same: hospitals.csv holds 3 hospitals, but 12 are known."
    ]


@pytest.mark.django_db
def test_empty_rows_do_not_make_half_a_download_whole(write):
    rows = [row().replace("450068", f"4500{n}") for n in range(60, 72)]
    hospitals.load(write(*rows), "2025")

    with pytest.raises(ImportRefusedError, match="holds 3 hospitals, but 12 are known"):
        hospitals.load(write(*rows[:3], *["," * 11, ""] * 10), "2026")

    assert Organization.objects.listed().count() == 12


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        ({"rating": "6"}, "'6' is no rating"),
        ({"name": 'A "B" C'}, "a quotation mark stands inside a column"),
    ],
    ids=["a value", "a row that is none"],
)
def test_a_damaged_file_retires_nobody(write, monkeypatch, damage, reason):
    monkeypatch.setattr(census, "SMALLEST_SAMPLE", 40)
    rows = [row().replace("450068", f"4500{n}") for n in range(10, 60)]
    hospitals.load(write(*rows), "2025")
    broken = [row(**damage).replace("450068", f"4500{n}") for n in (12, 13)]

    with pytest.raises(ImportRefusedError) as refused:
        hospitals.load(write(*rows[:2], *broken, *rows[4:]), "2026")

    assert str(refused.value) == (
        "hospitals.csv is damaged: 2 rows are refused, more than 2% of all. "
        f"The first is line 4: {reason}. Nothing was changed: is the download "
        "complete? If the file is right, say --accept-census."
    )
    assert Organization.objects.listed().count() == 50
    assert SourceRelease.objects.get().version == "2025"


@pytest.mark.django_db
def test_a_file_without_rows_is_refused(write):
    with pytest.raises(ImportRefusedError) as refused:
        hospitals.load(write("," * 11))

    assert str(refused.value) == (
        "hospitals.csv is damaged: no row could be loaded. Nothing was changed."
    )


@pytest.mark.django_db
def test_the_account_of_a_spreadsheets_file_adds_up(write):
    path = write(
        row(name="ÉCOLE").replace("450068", "10001"),
        "," * 11,
        row(name="B").replace("450068", "010001"),
        "",
        row(),
        row(rating="6").replace("450068", "450070"),
    )
    path.write_bytes(path.read_text().encode("cp1252"))

    report = run(hospitals=path)["hospitals"]

    assert (report.read, report.loaded, report.empty) == (6, 2, 2)
    assert [row[:2] for row in report.refused] == [
        (4, "010001 stands in the file twice"),
        (7, "'6' is no rating"),
    ]
    texts = RefusedRow.objects.order_by("line").values_list("text", flat=True)
    assert [text.partition(",")[0] for text in texts] == ["010001", "450070"]
    assert report.repairs == {
        "not in UTF-8": 1,
        "certification number filled with zeros": 1,
    }
    assert SourceRelease.objects.get().row_count == 2
    assert set(Organization.objects.values_list("ccn", flat=True)) == {
        "010001",
        "450068",
    }


@pytest.mark.django_db
def test_a_search_around_a_hospitals_zip_code_works_at_once(write, client):
    make_specialization()
    address = "/doctors/cardiology/?near=77098"
    assert client.get(address).status_code == 400  # no file knows where that is

    hospitals.load(write(row(zip="77098")))

    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_an_address_nobody_stands_at_is_dropped(write):
    hospitals.load(write(row()), "2025")
    hospitals.load(write(row(zip="77002")), "2026")

    assert list(Location.objects.values_list("zip_code", flat=True)) == ["77002"]


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (row().replace("450068", "50-068"), "no certification number"),
        (row().replace("450068", "45E+04"), "no certification number"),
        (row().replace("(713) 704-3700", "7.14E+09"), "is in scientific notation"),
        (row().replace("3700", "3700 or 704-3800"), "its phone is too long"),
        (row(name="A" * 201), "its name is too long"),
        (row(city="A" * 101), "its city is too long"),
        (row().replace(",TX,", ",ZZ,"), "is no state"),
        (row(zip="7703"), "no ZIP code"),
        (row(zip="７７０３０"), "no ZIP code"),  # noqa: RUF001 (full-width digits)
        (row(name=""), "no name or no city"),
        (row(city="..."), "no name or no city"),
        (row(rating="6"), "is no rating"),
    ],
    ids=[
        "ccn",
        "ccn as a number",
        "phone as a number",
        "phone",
        "long name",
        "long city",
        "state",
        "short zip",
        "wide digits",
        "name",
        "city",
        "rating",
    ],
)
def test_a_damaged_row_is_refused_with_line_and_reason(write, damaged, reason):
    report = Report("Hospitals")
    whole = row().replace("450068", "450070")

    found = list(hospitals.read_hospitals(write(damaged, whole), report, set()))

    assert [one.ccn for one in found] == ["450070"]
    assert report.read == 2
    [(line, why, text)] = report.refused
    assert line == 2
    assert reason in why
    assert text


def test_a_number_that_stands_twice_is_refused_once(write):
    report = Report("Hospitals")

    found = list(hospitals.read_hospitals(write(row(), row(name="B")), report, set()))

    assert [one.name for one in found] == ["Memorial Hospital"]
    [(line, why, text)] = report.refused
    assert (line, why) == (3, "450068 stands in the file twice")
    assert text.startswith("450068,B,")


def test_every_published_column_is_known_to_the_reader():
    first = next(iter(read_rows(HOSPITAL_LIST, hospitals.COLUMNS, Damage())))

    assert first[0] == 2
    assert first[1]["ccn"] == "010001"


def test_a_report_says_what_was_refused():
    report = Report("Hospitals", read=2, refused=[(3, "why", "")])

    assert "2 read" in str(report)
    assert "line 3: why" in str(report)
    assert "5 group practices" in str(Report("x", parts={"group practices": 5}))
    assert Changes(1, 2, 3).total == 6
