"""Spoilt sample files: each damage is what it says, and nothing else."""

import csv

import pytest
from django.core.management import call_command

from directory.sample.damage import (
    Mishap,
    in_latin_1,
    spoil_file,
    spoil_folder,
    through_spreadsheet,
    with_byte_order_mark,
    with_crlf,
    with_quoted_header,
)
from directory.sample.files import Sample, write_sample
from directory.sample.layouts import AFFILIATIONS, DOCTORS, HOSPITALS, Drift

LINES = [b"NPI,Facility Name\n", b'1,"A, INC"\n', b"2,B\n"]


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path):
    write_sample(Sample(200, 5), tmp_path)
    return tmp_path


def test_a_byte_order_mark_comes_first():
    assert b"".join(with_byte_order_mark(LINES)) == b"\xef\xbb\xbf" + b"".join(LINES)


def test_lines_end_as_in_windows():
    assert list(with_crlf(LINES))[1:] == [b'1,"A, INC"\r\n', b"2,B\r\n"]


def test_only_the_header_is_quoted():
    assert list(with_quoted_header(LINES)) == [b'"NPI","Facility Name"\n', *LINES[1:]]


def test_accents_become_single_bytes():
    assert list(in_latin_1(["JOSÉ\n".encode()])) == [b"JOS\xc9\n"]


@pytest.mark.parametrize("drift", list(Drift))
def test_a_spreadsheet_loses_zeros_and_writes_telephones_as_powers(tmp_path, drift):
    write_sample(Sample(200, 5, drift=drift), tmp_path / "spoilt")
    write_sample(Sample(200, 5, drift=drift), tmp_path / "whole")

    spoil_folder(tmp_path / "spoilt", Mishap.SPREADSHEET)

    for name in (DOCTORS, AFFILIATIONS, HOSPITALS):
        spoilt = rows_of(tmp_path / "spoilt" / name)
        whole = rows_of(tmp_path / "whole" / name)
        assert len(spoilt) == len(whole) + 3
        assert not any(any(row.values()) for row in spoilt[-3:])
        lost = {
            column
            for one, other in zip(whole, spoilt, strict=False)
            for column in one
            if one[column] != other[column]
        }
        assert {column.strip().lower() for column in lost} == LOST[drift][name]


NAMES = {
    Drift.NONE: {
        DOCTORS: {"ind_pac_id", "org_pac_id", "zip code", "telephone number"},
        AFFILIATIONS: {
            "ind_pac_id",
            "facility affiliations certification number",
            "facility type certification number",
        },
        HOSPITALS: {"facility id", "zip code"},
    },
}
LOST = {
    Drift.NONE: NAMES[Drift.NONE],
    Drift.API: {
        DOCTORS: {"ind_pac_id", "org_pac_id", "zip_code", "telephone_number"},
        AFFILIATIONS: {
            name.replace(" ", "_") for name in NAMES[Drift.NONE][AFFILIATIONS]
        },
        HOSPITALS: NAMES[Drift.NONE][HOSPITALS],
    },
    Drift.OLD: {
        DOCTORS: {"ind_pac_id", "org_pac_id", "zip", "phn_numbr"}
        | {f"hosp_afl_{number}" for number in range(1, 6)},
        AFFILIATIONS: NAMES[Drift.NONE][AFFILIATIONS],
        HOSPITALS: {"provider id", "zip code"},
    },
}


def test_a_spreadsheet_writes_a_telephone_number_as_7_71e_09():
    lines = [b"NPI,Telephone Number\n", b"1,7714446200\n", b"2,\n"]

    assert list(through_spreadsheet(lines))[1:3] == [b"1,7.71E+09\n", b"2,\n"]


def test_a_cut_line_keeps_all_other_rows(folder):
    before = (folder / DOCTORS).read_bytes()

    spoil_file(folder / DOCTORS, Mishap.CUT_LINE)

    after = (folder / DOCTORS).read_bytes()
    assert before.startswith(after)
    assert not after.endswith(b"\n")
    assert after.count(b"\n") == before.count(b"\n") - 1


def test_half_a_download_is_half_the_file(folder):
    before = (folder / DOCTORS).read_bytes()

    spoil_file(folder / DOCTORS, Mishap.HALF)

    assert (folder / DOCTORS).read_bytes() == before[: len(before) // 2]


def test_every_row_stands_twice_below_one_header(folder):
    before = rows_of(folder / DOCTORS)

    spoil_file(folder / DOCTORS, Mishap.TWICE)

    assert rows_of(folder / DOCTORS) == before * 2
    assert len(list(folder.iterdir())) == 3


def test_another_dataset_stands_under_each_name(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    spoil_folder(folder, Mishap.OTHER_DATASET)

    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after.keys() == before.keys()
    assert after[DOCTORS] == before[AFFILIATIONS]
    assert after[AFFILIATIONS] == before[HOSPITALS]
    assert after[HOSPITALS] == before[DOCTORS]


@pytest.mark.parametrize("damage", list(Mishap))
def test_the_command_spoils_on_request(tmp_path, damage):
    options = {"practitioners": 60, "processes": 1, "verbosity": 0}
    call_command("make_sample_directory", out=tmp_path / "whole", **options)
    call_command(
        "make_sample_directory", out=tmp_path / "spoilt", damage=damage, **options
    )

    whole, spoilt = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("whole", "spoilt")
    )
    assert whole.keys() == spoilt.keys()
    assert whole[AFFILIATIONS] != spoilt[AFFILIATIONS]
