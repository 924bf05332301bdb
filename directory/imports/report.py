"""What an import did, row by row: rows in are rows accounted for."""

from dataclasses import dataclass, field


class ImportRefusedError(Exception):
    """A file or a release that must not be loaded; the message says what to do."""


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
    """The account of one import, for the terminal and for tests.

    ``refused`` holds (line number in the file, reason); ``read`` is the number of
    data rows and always ``changes.total + len(refused)``; ``parts`` names what came of
    them in other tables.
    """

    name: str
    read: int = 0
    changes: Changes = field(default_factory=Changes)
    retired: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    is_unchanged: bool = False
    seconds: float = 0.0
    parts: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        if self.is_unchanged:
            return f"{self.name}: already loaded, nothing to do"
        text = (
            f"{self.name}: {self.read:,} read, {self.changes.created:,} created, "
            f"{self.changes.updated:,} updated, {self.changes.skipped:,} unchanged, "
            f"{self.retired:,} retired, {len(self.refused):,} refused "
            f"in {self.seconds:.1f} s"
        )
        parts = [f"  {count:,} {part}" for part, count in self.parts.items()]
        refused = [f"  line {line}: {why}" for line, why in self.refused]
        return "\n".join([text, *parts, *refused])
