"""Tell how far an import is, how fast it goes and how long it will take."""

import time
from collections.abc import Callable

TOLD_EVERY_S = 2.0


class Progress:
    """Writes a line now and then; silent unless given something to write to."""

    def __init__(self, write: Callable[[str], object] | None = None) -> None:
        self.write = write
        self.started = time.monotonic()
        self.told_at = self.started

    def reading(self, name: str, rows: int, share: float, seconds: float) -> None:
        """Tell about a file that is being read, every other second."""
        now = time.monotonic()
        if self.write and now - self.told_at >= TOLD_EVERY_S:
            self.told_at = now
            self.write(line_of(name, rows, share, seconds))

    def step(self, what: str) -> None:
        """Tell what begins now, and how long all before it took."""
        if self.write:
            self.write(f"{time.monotonic() - self.started:6.1f} s  {what}")


def line_of(name: str, rows: int, share: float, seconds: float) -> str:
    """Return ``dac.csv: 1,200,000 rows, 48 %, 310,000 a second, 4 s left``."""
    rate = rows / seconds if seconds else 0
    left = f"{seconds / share - seconds:.0f} s left" if share else "just begun"
    return f"{name}: {rows:,} rows, {share:.0%}, {rate:,.0f} a second, {left}"
