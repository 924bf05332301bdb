"""Two texts in two columns, line beside line, with the words that differ; pure."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from articles.differences import Line, changed_words

CONTEXT = 3  # equal lines shown before and after a change
SIMILAR = 0.4  # the share of words that two lines have in common to stand side by side
PIECE = re.compile(r"\s+|\S+")  # spaces count: a rewritten line keeps its place
LONGEST_SEARCH = 4_000  # pairs of lines; above, lines are paired in their order


@dataclass(frozen=True)
class Row:
    """A line of each text, numbered from 1; a side without one has no number."""

    old_number: int | None = None
    old: Line = field(default_factory=list)
    new_number: int | None = None
    new: Line = field(default_factory=list)
    left_out: int = 0  # equal lines that this row stands for

    @property
    def is_same(self) -> bool:
        """Whether both sides say the same."""
        return all(kind == "same" for kind, _ in [*self.old, *self.new])


def side_by_side(before: str, after: str) -> list[Row]:
    """Return the lines around every change; none if the texts are equal."""
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    if old == new:
        return []
    groups = list(matcher.get_grouped_opcodes(CONTEXT))
    starts = [group[0][1] for group in groups] + [len(old)]
    ends = [0] + [group[-1][2] for group in groups]
    rows = _gap(starts[0] - ends[0])
    for group, end, start in zip(groups, ends[1:], starts[1:], strict=True):
        for tag, *bounds in group:
            rows += _rows(tag, old, new, *bounds)
        rows += _gap(start - end)
    return rows


def _gap(size: int) -> list[Row]:
    return [Row(left_out=size)] if size else []


def _rows(
    tag: str,
    old: list[str],
    new: list[str],
    old_from: int,
    old_to: int,
    new_from: int,
    new_to: int,
) -> Iterator[Row]:
    """Yield the rows of one change, or of equal lines."""
    gone, came = old[old_from:old_to], new[new_from:new_to]
    pairs = (
        list(zip(range(len(gone)), range(len(came)), strict=True))
        if tag == "equal"
        else _pairs(gone, came)
    )
    borders = [(-1, -1), *pairs, (len(gone), len(came))]
    for (old_last, new_last), (old_next, new_next) in pairwise(borders):
        for at in range(old_last + 1, old_next):
            yield Row(old_number=old_from + at + 1, old=[("removed", gone[at])])
        for at in range(new_last + 1, new_next):
            yield Row(new_number=new_from + at + 1, new=[("added", came[at])])
        if old_next < len(gone) and new_next < len(came):
            words = changed_words(gone[old_next], came[new_next])
            yield Row(
                old_from + old_next + 1,
                [part for part in words if part[0] != "added"],
                new_from + new_next + 1,
                [part for part in words if part[0] != "removed"],
            )


def _pairs(gone: list[str], came: list[str]) -> list[tuple[int, int]]:
    """Return which lines became which, in order: the most words in common."""
    if len(gone) * len(came) > LONGEST_SEARCH:
        return [(at, at) for at in range(min(len(gone), len(came)))]
    old = [Counter(PIECE.findall(line)) for line in gone]
    new = [Counter(PIECE.findall(line)) for line in came]
    # best[i][j]: the greatest sum for the lines from i and from j on
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            alike = _likeness(old[i], new[j])
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], alike and alike + best[i + 1][j + 1]
            )
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            pairs.append((i, j))
            i, j = i + 1, j + 1
    return pairs


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """Return the share of words in common, 0 below what counts as similar."""
    total = old.total() + new.total()
    share = 2 * (old & new).total() / total if total else 0.0
    return share if share >= SIMILAR else 0.0
