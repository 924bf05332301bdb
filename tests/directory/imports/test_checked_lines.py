"""Lines that COPY would stop at are taken out; all others pass as they are."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.imports import checked_lines
from directory.imports.checked_lines import checked_blocks, header_of
from directory.imports.report import Damage


def check(text, width=3):
    damage = Damage()
    data = text if isinstance(text, bytes) else text.encode()
    good = b"".join(checked_blocks(io.BytesIO(data), width, damage))
    return good.decode(), damage


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\n",
        '"a","b","c"\n',
        'a,"b, and b",c\n',
        'a,"b ""quoted""",c\n',
        'x,y,z\na,"two\nlines",c\nd,e,f\n',
        ",,c\n",
    ],
    ids=["plain", "quoted", "comma", "quotes", "two lines", "blanks"],
)
def test_what_is_right_passes_unchanged(text):
    good, damage = check(text)

    assert good == text
    assert (damage.refused, damage.empty, damage.recoded) == ([], 0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "a,b,c\r\nd,e,f\r\n",
        "a,b,c\r\nd,e,f\n",
        "a,b,c\nd,e,f\r\n",
        "a,b,c\r\r\nd,e,f\n",
        '"a","b","c"\r\nd,e,f\r',
    ],
    ids=["crlf", "first", "last", "twice", "at the end"],
)
def test_every_line_ends_alike(text):
    good, damage = check(text)

    assert good.replace('"', "") == "a,b,c\nd,e,f\n"
    assert (damage.passed, damage.refused, damage.empty) == (2, [], 0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("a,b", "it has 2 columns instead of 3"),
        ("a,b,c,d", "it has 4 columns instead of 3"),
        ('a,"b,c', "a quotation mark is never closed"),
        ('a,b"b"b,c', "a quotation mark stands inside a column"),
        ("a,b\0,c", "it holds a NUL byte"),
        ("\\.", "it has 1 columns instead of 3"),
        ('"",""a","', "a quotation mark stands inside a column"),
        ("a,b\rb,c", "a line break of another system stands inside it"),
    ],
    ids=["short", "long", "open", "inside", "nul", "end of copy", "edge", "return"],
)
def test_what_is_wrong_is_set_aside_with_line_and_reason(line, reason):
    good, damage = check(f"a,b,c\n{line}\nd,e,f\n")

    assert good == "a,b,c\nd,e,f\n"
    assert damage.refused == [(3, reason, line.replace("\0", ""))]
    assert (damage.read, damage.passed) == (3, 2)
    assert [damage.line_of(ordinal) for ordinal in (1, 2)] == [2, 4]


def test_a_file_that_ends_in_the_middle_of_a_row_says_so():
    good, damage = check("a,b,c\nd,e")

    assert good == "a,b,c\n"
    assert damage.refused == [(3, "the file ends in the middle of this row", "d,e")]


def test_a_last_row_without_a_line_break_is_a_row():
    assert check("a,b,c\nd,e,f")[0] == "a,b,c\nd,e,f\n"


def test_empty_lines_are_counted_and_shift_what_follows():
    good, damage = check("\na,b,c\r\n\r\n,\nd,e,f\n\n")

    assert good == "a,b,c\nd,e,f\n"
    assert damage.empty == 4
    assert [damage.line_of(ordinal) for ordinal in (1, 2)] == [3, 6]


def test_a_quotation_never_closed_costs_one_line_only():
    good, damage = check('a,b,c\nx,"y,z\n' + "d,e,f\n" * 5)

    assert good == "a,b,c\n" + "d,e,f\n" * 5
    assert [row[:2] for row in damage.refused] == [
        (3, "a quotation mark is never closed")
    ]


def test_lines_behind_a_row_of_two_lines_are_numbered_right():
    _, damage = check('a,"b\nb",c\nd,e,f\nbad\ng,h,i\n')

    assert [damage.line_of(ordinal) for ordinal in (1, 2, 3)] == [2, 4, 6]
    assert damage.refused[0][0] == 5


def test_bytes_of_another_encoding_are_read_as_what_they_are():
    good, damage = check("a,JOSÉ,c\n".encode("latin-1") + "d,ÑU,f\n".encode())

    assert good == "a,JOSÉ,c\nd,ÑU,f\n"
    assert damage.recoded == 1


def test_a_byte_that_windows_does_not_know_is_kept_too():
    assert check(b"a,\x81,c\n")[0] == "a,\x81,c\n"


def test_a_header_has_no_mark_and_may_be_quoted():
    assert header_of(io.BytesIO(b'\xef\xbb\xbf"NPI","A, B"\r\n1,2\n'), "a.csv") == [
        "NPI",
        "A, B",
    ]
    assert header_of(io.BytesIO(b""), "a.csv") == []


PIECES = ["a,b,c", "a,b", "", '"a",b,c', '"a', 'a"', "é,b,c", '",', 'a,"b', 'b",c']


@given(st.lists(st.sampled_from(PIECES)))
def test_no_line_is_lost_uncounted_at_any_block_size(pieces):
    text = "".join(piece + "\n" for piece in pieces)
    whole, in_one = check(text)

    for size in (1, 2, 7):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(checked_lines, "BLOCK", size)
            assert check(text) == (whole, in_one)
    set_aside = len(in_one.refused) + in_one.empty
    assert whole.count("\n") + set_aside == len(pieces)
    assert len(list(csv.reader(io.StringIO(whole, newline="")))) == in_one.passed


MARKS = ["a", ",", '"', '""', '","', ',"a, b",', "\n", "\r\n", "\r", "\0", "é"]
MARKS += ["a,b,c\n"]


@given(st.lists(st.sampled_from(MARKS)), st.sampled_from(["utf-8", "cp1252"]))
def test_a_block_passes_whole_only_if_each_of_its_lines_would(marks, encoding):
    data = "".join(marks).encode(encoding)

    good, damage = check(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checked_lines, "is_plain", lambda block, width: False)
        assert check(data) == (good, damage)
