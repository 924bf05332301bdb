"""The measures behind a rating as bars, with their numbers in words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH = 320  # of a bar, in the units of its picture
NAMES = {
    "mortality": "Deaths",
    "safety": "Safety: infections and complications",
    "readmission": "Patients who had to come back",
    "experience": "Patients’ experience",
    "timely": "Timely and effective care",
}


@dataclass(frozen=True)
class Bar:
    """One part of a group's bar: what it stands for, where it begins, how long."""

    name: str
    left: int
    width: int


@dataclass(frozen=True)
class MeasureGroup:
    """One group: its name, a sentence with the numbers, a note, and perhaps bars."""

    name: str
    words: str
    note: str
    bars: list[Bar]


def measure_groups(
    measures: Mapping[str, Mapping[str, int | str]],
) -> list[MeasureGroup]:
    """Return the groups in our order, from what the import stored."""
    return [
        MeasureGroup(
            name,
            words_of(measures[group]),
            str(measures[group].get("note", "")),
            bars_of(measures[group]),
        )
        for group, name in NAMES.items()
        if group in measures
    ]


def words_of(counts: Mapping[str, int | str]) -> str:
    """Return the numbers in a sentence."""
    if "all" not in counts:
        return "No counts."
    text = f"{counts['reported']} of {counts['all']} measures have a result here"
    if "better" not in counts or not counts["reported"]:
        return f"{text}."
    return (
        f"{text}: {counts['better']} better than the national value, "
        f"{counts['same']} no different, {counts['worse']} worse."
    )


def bars_of(counts: Mapping[str, int | str]) -> list[Bar]:
    """Return the parts of a whole bar; what has no result comes last."""
    if not counts.get("all"):
        return []
    whole = int(counts["all"])
    names = ["better", "same", "worse"] if "better" in counts else ["reported"]
    parts = [(name, int(counts[name])) for name in names]
    parts.append(("none", whole - int(counts["reported"])))
    bars, before = [], 0
    for name, number in parts:
        left, right = WIDTH * before // whole, WIDTH * (before + number) // whole
        before += number
        if number:
            bars.append(Bar(name, left, right - left))
    return bars
