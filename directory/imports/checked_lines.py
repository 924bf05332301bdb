"""Split a published file into whole records that COPY will take.

COPY stops at the first record of the wrong width or encoding, so those are taken out
here. What is right goes on as it is, a block at a time: at millions of rows any parsing
in Python would cost more than the COPY.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import IO

from directory.imports.report import Damage, ImportRefusedError

BLOCK = 1 << 20  # bytes
MARK = re.compile(rb'["\r\0]')  # a line that has one is looked at more closely
LONGEST_RECORD = 1 << 16  # bytes; a quotation that never closes ends here
KEPT_TEXT = 500  # characters of a refused row
NO_MARKS = bytes(set(range(256)) - set(b',"\r\n\0'))
NO_CSV = (
    "{} is no CSV file as it can be read here: a spreadsheet saved it as a workbook, "
    "as “Unicode text” or for an old Macintosh. Open it there, save it as "
    "“CSV UTF-8 (comma delimited)”, and load that file."
)
QUOTED = re.compile(rb'"(?<![^,\n]")[^"\n\0]*"(?=[,\n])')
LINE_END = re.compile(rb"\r+\n")  # COPY ends at the first line that ends otherwise


def header_of(file: IO[bytes], name: str) -> list[str]:
    """Read the first line: the column names, without a byte-order mark.

    Raises ImportRefusedError for a file that a spreadsheet saved as something else.
    """
    line = file.readline(LONGEST_RECORD).removeprefix(codecs.BOM_UTF8)
    if b"\0" in line or b"\r" in line.rstrip(b"\r\n"):
        raise ImportRefusedError(NO_CSV.format(name))
    return next(csv.reader([_text(line)]), [])


def checked_blocks(file: IO[bytes], width: int, damage: Damage) -> Iterator[bytes]:
    """Yield CSV in UTF-8 whose records have ``width`` columns each.

    ``file`` stands after its header. Lines that belong to no such record are taken out
    and noted in ``damage``; so is every count.
    """
    sieve = _Sieve(width, damage)
    rest = b""
    while block := file.read(BLOCK):
        block = rest + block
        cut = block.rfind(b"\n") + 1
        block, rest = _with_one_end(block[:cut]), block[cut:]
        if is_plain(block, width):
            damage.passed += block.count(b"\n")
            yield block
            continue
        lines = block.split(b"\n")[:-1]
        good, unfinished = sieve.sift(lines, is_end=False)
        rest = unfinished + rest
        yield good
    lines = rest.rstrip(b"\r").split(b"\n")
    sieve.is_cut_off = lines[-1] != b""
    good, _ = sieve.sift(lines if sieve.is_cut_off else lines[:-1], is_end=True)
    yield good


def is_plain(block: bytes, width: int) -> bool:
    """Say whether a block has nothing but whole records in UTF-8, one on each line.

    Without the quoted columns, commas and line ends must be left in the right order.
    """
    marks = QUOTED.sub(b"", block).translate(None, NO_MARKS)
    record = b"," * (width - 1) + b"\n"
    return marks == record * (len(marks) // width) and is_utf8(block)


def is_utf8(block: bytes) -> bool:
    """Say whether these bytes can be read as UTF-8."""
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True


class _Sieve:
    """Keeps what is right, a block at a time."""

    def __init__(self, width: int, damage: Damage) -> None:
        self.width = width
        self.damage = damage
        self.is_cut_off = False  # whether the last line has no line break

    def sift(self, lines: list[bytes], *, is_end: bool) -> tuple[bytes, bytes]:
        """Return the good records, and the last one if its end is yet to come."""
        good: list[bytes] = []
        done = 0
        for index in self.doubtful(lines):
            if index < done:
                continue
            end = self.end_of_record(lines, index, is_end=is_end)
            if end == index:
                self.keep(lines[done:index], good)
                unfinished = b"".join(b"%b\n" % line for line in lines[index:])
                return self.in_utf8(good), unfinished
            if self.is_whole(b"\n".join(lines[index:end])):
                if end - index > 1:
                    self.keep(lines[done:index], good)
                    self.keep([b"\n".join(lines[index:end])], good)
                    self.damage.shift(end - index - 1)
                    done = end
                continue
            self.keep(lines[done:index], good)
            is_last = is_end and index == len(lines) - 1
            self.set_aside(lines[index], is_cut_off=is_last and self.is_cut_off)
            done = index + 1
        self.keep(lines[done:], good)
        return self.in_utf8(good), b""

    def doubtful(self, lines: list[bytes]) -> list[int]:
        """Return the positions of lines that must be looked at more closely."""
        commas = self.width - 1
        return [
            index
            for index, line in enumerate(lines)
            if line.count(b",") != commas or MARK.search(line)
        ]

    def end_of_record(self, lines: list[bytes], start: int, *, is_end: bool) -> int:
        """Return where the record that starts here ends; ``start`` if not here."""
        marks = size = 0
        for end in range(start, len(lines)):
            marks += lines[end].count(b'"')
            size += len(lines[end])
            if marks % 2 == 0:
                return end + 1
            if size > LONGEST_RECORD:
                return start + 1
        return len(lines) if is_end else start

    def is_whole(self, record: bytes) -> bool:
        """Say whether a record is well quoted and has all columns."""
        if b"\0" in record:
            return False
        marks = record.count(b'"')
        between = self.width - 1
        if marks == 2 * self.width and record[1:-1].count(b'","') == between:
            return record[:1] == b'"' == record[-1:]
        return _quoted(self.width).fullmatch(record) is not None

    def keep(self, records: list[bytes], good: list[bytes]) -> None:
        """Let records pass."""
        good += records
        self.damage.passed += len(records)

    def set_aside(self, line: bytes, *, is_cut_off: bool) -> None:
        """Note a line that belongs to no record, unless it is empty."""
        damage = self.damage
        text = _text(line)
        if not line.strip(b'," \r'):
            damage.empty += 1
        else:
            reason = _reason(text, self.width, b"\0" in line, is_cut_off)
            number = damage.line_of(damage.passed + 1)
            damage.refused.append((number, reason, text[:KEPT_TEXT]))
        damage.shift(1)

    def in_utf8(self, records: list[bytes]) -> bytes:
        """Join records, decoding one by one those that are not UTF-8."""
        block = b"\n".join([*records, b""])
        if is_utf8(block):
            return block
        mended = []
        for record in records:
            if is_utf8(record):
                mended.append(record)
            else:
                self.damage.recoded += 1
                mended.append(_text(record).encode())
        return b"\n".join([*mended, b""])


@cache
def _quoted(width: int) -> re.Pattern[bytes]:
    column = rb'(?:"(?:[^"]|"")*+"|[^",\r\n]*+)'
    return re.compile(column + rb"(?:,%b){%d}" % (column, width - 1))


def _with_one_end(block: bytes) -> bytes:
    """End every line alike, whatever a spreadsheet or two joined files made of them.

    A search is all that this costs a block without a carriage return.
    """
    if b"\r" not in block:
        return block
    block = block.replace(b"\r\n", b"\n")  # a third of the time of the pattern
    return LINE_END.sub(b"\n", block) if b"\r" in block else block


def _reason(text: str, width: int, has_nul: bool, is_cut_off: bool) -> str:
    """Return why a line is no record."""
    if has_nul:
        return "it holds a NUL byte"
    if is_cut_off:
        return "the file ends in the middle of this row"
    if text.count('"') % 2:
        return "a quotation mark is never closed"
    if "\r" in text:
        return "a line break of another system stands inside it"
    if len(text) > LONGEST_RECORD:
        return "it is too long for a row"
    columns = len(next(csv.reader([text])))
    if columns == width:
        return "a quotation mark stands inside a column"
    return f"it has {columns} columns instead of {width}"


def _text(record: bytes) -> str:
    """Decode UTF-8, else Windows-1252, else ISO-8859-1, which takes every byte."""
    for encoding in ("utf-8", "cp1252", "iso-8859-1"):
        try:
            return record.decode(encoding).rstrip("\r\n").replace("\0", "")
        except UnicodeDecodeError:
            continue
    raise AssertionError("ISO-8859-1 decodes every byte")
