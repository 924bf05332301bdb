import pytest

from directory.imports.csv_file import columns_of, read_rows, sha256_of
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
        list(read_rows(write(""), ALIASES))


def test_rows_come_trimmed_with_their_line(write):
    path = write(
        "Facility ID,Facility Name\r\n010001 , A\r\n,\r\n010002\r\n", "utf-8-sig"
    )

    rows = list(read_rows(path, ALIASES))

    assert rows == [
        (2, {"ccn": "010001", "name": "A"}),
        (4, {"ccn": "010002", "name": ""}),
    ]


def test_the_digest_is_of_the_bytes(write):
    assert sha256_of(write("a")).startswith("ca978112")
