import pytest

from directory.imports.csv_file import columns_of, read_rows
from directory.imports.report import Damage, ImportRefusedError

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


@pytest.mark.parametrize(
    ("line_end", "encoding"),
    [("\r\n", "utf-16"), ("\n", "utf-16-le"), ("\r", "utf-8")],
    ids=["Unicode text", "without a mark", "old Macintosh"],
)
def test_what_a_spreadsheet_saved_otherwise_is_refused_with_what_to_do(
    write, line_end, encoding
):
    lines = ["Facility ID,Facility Name", "450068,Mercy", "450069,Kindness"]
    path = write(line_end.join(lines), encoding)

    with pytest.raises(ImportRefusedError, match="save it as “CSV UTF-8"):
        list(read_rows(path, ALIASES, Damage()))


def test_a_workbook_named_as_a_table_is_refused_with_what_to_do(write):
    path = write("PK\3\4\x14\0\6\0", "latin-1")

    with pytest.raises(ImportRefusedError, match="save it as “CSV UTF-8"):
        list(read_rows(path, ALIASES, Damage()))


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
