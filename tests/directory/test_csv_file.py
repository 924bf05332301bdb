import pytest

from directory.imports.checked_lines import Damage
from directory.imports.csv_file import columns_of, read_rows
from directory.imports.report import ImportRefusedError

ALIASES = {"ccn": ["Facility ID", "Provider ID"], "name": ["Facility Name"]}


@pytest.fixture
def write(tmp_path):
    def write_file(text, encoding="utf-8"):
        path = tmp_path / "file.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write_file


def test_columns_are_found_by_newer_and_older_names():
    assert columns_of(["Provider ID", "Facility Name"], ALIASES) == {
        "ccn": 0,
        "name": 1,
    }


def test_a_newer_name_wins_where_both_stand():
    assert (
        columns_of(["Provider ID", "Facility ID", "Facility Name"], ALIASES)["ccn"] == 1
    )


def test_spaces_and_case_of_a_header_do_not_matter():
    assert columns_of([" facility id ", "FACILITY NAME"], ALIASES)["ccn"] == 0


def test_a_missing_column_is_named():
    with pytest.raises(ImportRefusedError, match="no column Facility Name"):
        columns_of(["Facility ID"], ALIASES)


def test_an_empty_file_is_refused(write):
    with pytest.raises(ImportRefusedError, match="Facility ID, Facility Name"):
        list(read_rows(write(""), ALIASES, Damage()))


def test_a_renamed_column_is_named_with_the_new_name():
    with pytest.raises(ImportRefusedError, match="not known: Facility Title"):
        columns_of(["Facility ID", "Facility Title"], ALIASES)


def test_a_column_may_be_missing_where_it_is_optional():
    assert columns_of(["Facility ID"], ALIASES, {"name"}) == {"ccn": 0}


def test_rows_come_trimmed_with_their_line(write):
    path = write(
        "Facility ID,Facility Name\r\n010001 , A\r\n,\r\n010002\r\n010003,É\r\n",
        "cp1252",
    )
    damage = Damage()

    rows = list(read_rows(path, ALIASES, damage))

    assert rows == [
        (2, {"ccn": "010001", "name": "A"}),
        (3, {"ccn": "", "name": ""}),
        (5, {"ccn": "010003", "name": "É"}),
    ]
    assert damage.refused == [(4, "it has 1 columns instead of 2", "010002")]
    assert damage.recoded == 1
