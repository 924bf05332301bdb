"""Does a release look like the last one? A file can be whole and wrong all the same."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

SMALLEST, LARGEST = 0.85, 1.25  # rows, as a share of the last release
MOST_REFUSED = 0.02  # of all rows
TOP = 10  # specialties that are compared
SHIFT = 0.35  # how far a top specialty's share may move, as a share of itself
HOSPITAL_SHIFT = 0.10  # how far the share without a hospital may move
ORPHAN_GROWTH = 0.05  # of the share of rows without a known hospital
SMALLEST_SAMPLE = 1000  # rows; below it shares say nothing


@dataclass
class Measures:
    """What is compared; shares are between 0 and 1, None where it was not measured."""

    rows: int
    refused: int
    loaded: int
    specialties: dict[str, float] = field(default_factory=dict)
    without_hospital: float | None = None
    orphans: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what is kept for the next release."""
        return asdict(self)


def doubts(new: Measures, last: Mapping[str, Any] | None) -> list[str]:
    """Return a sentence for each thing that looks wrong; ``last`` is from as_json()."""
    found = []
    if new.loaded == 0:  # all else would be retired
        found.append("no row could be loaded")
    if new.rows >= SMALLEST_SAMPLE and new.refused > new.rows * MOST_REFUSED:
        found.append(
            f"{new.refused:,} rows are refused, more than {MOST_REFUSED:.0%} of all"
        )
    if last is None:
        return found
    if not last["rows"] * SMALLEST <= new.rows <= last["rows"] * LARGEST:
        found.append(f"it has {new.rows:,} rows, the last release had {last['rows']:,}")
    if new.rows < SMALLEST_SAMPLE:
        return found
    return [*found, *_specialties(new, last), *_shares(new, last)]


def _specialties(new: Measures, last: Mapping[str, Any]) -> list[str]:
    before = last["specialties"]
    top = sorted(before, key=lambda name: (-before[name], name))[:TOP]
    found = []
    for name in top:
        share = new.specialties.get(name, 0.0)
        if new.specialties and abs(share - before[name]) > before[name] * SHIFT:
            found.append(
                f"{share:.1%} of its clinicians are {name}, "
                f"in the last release {before[name]:.1%}"
            )
    return found


def _shares(new: Measures, last: Mapping[str, Any]) -> list[str]:
    found = []
    share, before = new.without_hospital, last["without_hospital"]
    if None not in (share, before) and abs(share - before) > HOSPITAL_SHIFT:
        text = "of its clinicians have no hospital"
        found.append(f"{share:.1%} {text}, in the last release {before:.1%}")
    share, before = new.orphans, last["orphans"]
    # Fewer are no doubt: the hospital file came, or somebody mapped the numbers.
    if None not in (share, before) and share - before > ORPHAN_GROWTH:
        text = "of its rows name a hospital that is not known"
        found.append(f"{share:.1%} {text}, in the last release {before:.1%}")
    return found
