"""What an import did, row by row: rows in are rows accounted for."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

NUMBERS = ("read", "loaded", "repeated", "passed_over", "empty", "refused_rows")
SHOWN = 20  # refused rows in the terminal; the admin has all
WORD = re.compile(r"\b[0-9A-Z]{6,10}\b")  # as long as a CCN or an NPI

type Refusal = tuple[int, str, str]  # line in the file, reason, how the row begins


class ImportRefusedError(Exception):
    """A file or a release that must not be loaded; the message says what to do."""


@dataclass
class Damage:
    """What was found on the way."""

    passed: int = 0
    empty: int = 0
    recoded: int = 0
    refused: list[Refusal] = field(default_factory=list)
    # the n-th record that passed, and by how many lines it stands lower than n
    shifts: list[tuple[int, int]] = field(default_factory=lambda: [(0, 1)])

    @property
    def read(self) -> int:
        """Every record behind the header."""
        return self.passed + self.empty + len(self.refused)

    def words(self) -> set[str]:
        """Return what stands in the lines that are no rows: the numbers they name."""
        texts = (text for _, _, text in self.refused)
        return {word for text in texts for word in WORD.findall(text)}

    def line_of(self, ordinal: int) -> int:
        """Return the line on which the n-th record that passed begins."""
        at = bisect_right(self.shifts, ordinal, key=lambda shift: shift[0])
        return ordinal + self.shifts[at - 1][1]

    def shift(self, lines: int) -> None:
        """Note that the records to come stand ``lines`` lower."""
        self.shifts.append((self.passed + 1, self.shifts[-1][1] + lines))


@dataclass(frozen=True)
class Changes:
    """How many rows of one table were made, changed, or left as they were."""

    created: int = 0
    updated: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        """Every row that was staged."""
        return self.created + self.updated + self.skipped


@dataclass
class Report:
    """The account of one import, for the terminal, the admin and tests.

    ``read`` is the number of rows behind the header. ``repairs`` and ``parts`` name how
    many rows were mended in which way, and what came of them in other tables.
    """

    name: str
    read: int = 0
    loaded: int = 0
    repeated: int = 0
    passed_over: int = 0
    empty: int = 0
    changes: Changes = field(default_factory=Changes)
    retired: int = 0
    refused: list[Refusal] = field(default_factory=list)
    refused_beyond: int = 0  # refused and not kept
    is_unchanged: bool = False
    is_dry_run: bool = False
    is_told: bool = False  # to whoever asked for the import
    seconds: float = 0.0
    repairs: dict[str, int] = field(default_factory=dict)
    parts: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def account_for(self, damage: Damage) -> None:
        """Take in what was found while a file was cut into rows."""
        self.read = damage.read
        self.empty += damage.empty
        self.refused = sorted([*self.refused, *damage.refused])
        self.repairs["not in UTF-8"] = damage.recoded

    @property
    def refused_rows(self) -> int:
        """How many rows were refused."""
        return len(self.refused) + self.refused_beyond

    def as_json(self) -> dict[str, Any]:
        """Return every number, and line and reason of the rows that were refused."""
        numbers = {name: getattr(self, name) for name in NUMBERS}
        return {
            "name": self.name,
            "already_loaded": self.is_unchanged,
            "dry_run": self.is_dry_run,
            **numbers,
            "added": self.changes.created,
            "changed": self.changes.updated,
            "unchanged": self.changes.skipped,
            "retired": self.retired,
            "repaired": self.repairs,
            "came_of_it": self.parts,
            "notes": self.notes,
            "seconds": round(self.seconds, 1),
            "refused": [
                {"line": line, "reason": reason} for line, reason, _ in self.refused
            ],
        }

    def __str__(self) -> str:
        if self.is_unchanged:
            return f"{self.name}: already loaded, nothing to do"
        tried = " (dry run, nothing was written)" if self.is_dry_run else ""
        text = (
            f"{self.name}{tried}: {self.read:,} read, "
            f"{self.changes.created:,} created, "
            f"{self.changes.updated:,} updated, {self.changes.skipped:,} unchanged, "
            f"{self.retired:,} retired, {self.refused_rows:,} refused "
            f"in {self.seconds:.1f} s"
        )
        rows = {
            "rows loaded": self.loaded,
            "rows that say what an earlier one said": self.repeated,
            "rows that are not for this directory": self.passed_over,
            "empty rows": self.empty,
        }
        rows |= {f"rows repaired: {what}": n for what, n in self.repairs.items()}
        lines = [f"  {count:,} {part}" for part, count in rows.items() if count]
        lines += [f"  {count:,} {part}" for part, count in self.parts.items()]
        lines += [f"  {note}" for note in self.notes]
        shown = self.refused[:SHOWN]
        lines += [f"  line {line:,}: {reason}" for line, reason, _ in shown]
        if self.refused_rows > SHOWN:
            lines.append(f"  and {self.refused_rows - SHOWN:,} more: see the admin")
        return "\n".join([text, *lines])
