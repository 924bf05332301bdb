"""What differs between two texts, line by line; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

CONTEXT = 1  # equal lines shown beside a change


@dataclass(frozen=True)
class Line:
    """One line of a comparison; ``kind`` is same, removed, added or skipped."""

    kind: str
    text: str


def compare(before: str, after: str) -> list[Line]:
    """Return changed lines with a little of what stands around them.

    Equal texts give no lines.
    """
    old, new = before.splitlines(), after.splitlines()
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    groups = [
        list(_lines(group, old, new)) for group in matcher.get_grouped_opcodes(CONTEXT)
    ]
    skipped = [Line("skipped", "…")]
    return [line for group in groups for line in [*group, *skipped]][:-1]


def _lines(
    opcodes: list[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Iterator[Line]:
    for tag, old_from, old_to, new_from, new_to in opcodes:
        if tag == "equal":
            yield from (Line("same", text) for text in old[old_from:old_to])
            continue
        yield from (Line("removed", text) for text in old[old_from:old_to])
        yield from (Line("added", text) for text in new[new_from:new_to])
