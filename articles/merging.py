"""Two texts that grew out of one, brought together as far as they do not meet; pure.

Lines that only one of both changed are taken from there. Where both changed the same
lines, their sentences are tried the same way; what still meets stays in the text twice,
between lines that say in words whose it is, and is never chosen silently.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MARK = ">>>>> "  # no guide begins a line so: five quotes in one another
SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?]+\s*|\n|$)")


@dataclass(frozen=True)
class Merged:
    """A proposed text, and at how many places both changed the same."""

    text: str
    overlaps: int = 0


@dataclass(frozen=True)
class Stretch:
    """What each of three texts has at one place."""

    base: list[str]
    theirs: list[str]
    yours: list[str]

    @property
    def is_overlap(self) -> bool:
        """Whether both changed it, and not alike."""
        return self.theirs != self.yours and self.base not in (self.theirs, self.yours)

    @property
    def settled(self) -> list[str]:
        """What stands here where it is no overlap: the side that changed it."""
        return self.yours if self.theirs == self.base else self.theirs

    def split(self) -> list["Stretch"]:
        """Cut into neighbours where each of them was changed by one side alone."""
        if not len(self.base) == len(self.theirs) == len(self.yours):
            return [self]
        triples = zip(self.base, self.theirs, self.yours, strict=True)
        return [Stretch([base], [theirs], [yours]) for base, theirs, yours in triples]


def merge(base: str, theirs: str, yours: str, *, who: str) -> Merged:
    """Bring two texts together; ``who`` names in words whose the other one is."""
    out: list[str] = []
    overlaps = 0
    for stretch in _stretches(_lines(base), _lines(theirs), _lines(yours)):
        if not stretch.is_overlap:
            out += stretch.settled
        elif (sentences := _by_sentence(stretch)) is not None:
            out.append(sentences)
        else:
            overlaps += 1
            out += _marked(stretch, who)
    return Merged("".join(out), overlaps)


def marks_in(text: str) -> list[int]:
    """Return the lines, from 1, that a merge left for a person to decide."""
    lines = enumerate(text.splitlines(), start=1)
    return [number for number, line in lines if line.startswith(MARK.strip())]


def _lines(text: str) -> list[str]:
    """Return lines with their ends; the last one gets one too."""
    whole = text if not text or text.endswith("\n") else f"{text}\n"
    return whole.splitlines(keepends=True)


def _by_sentence(stretch: Stretch) -> str | None:
    """Return the words if the two changed different sentences, else None."""
    parts = [
        [part for part in SENTENCE.findall("".join(lines)) if part]
        for lines in (stretch.base, stretch.theirs, stretch.yours)
    ]
    found = list(_stretches(*parts))
    if any(each.is_overlap for each in found):
        return None
    return "".join("".join(each.settled) for each in found)


def _marked(stretch: Stretch, who: str) -> list[str]:
    """Return both texts of a place between lines that say whose they are."""
    return [
        f"{MARK}Both of you changed this place. {who} says:\n",
        *stretch.theirs,
        f"{MARK}You wrote:\n",
        *stretch.yours,
        f"{MARK}End of this place. Keep what is right, delete these three lines.\n",
    ]


def _stretches(
    base: list[str], theirs: list[str], yours: list[str]
) -> Iterator[Stretch]:
    """Cut three texts where all agree; what lies between is one place each."""
    at = (0, 0, 0)
    for start, other, mine, size in _agreements(base, theirs, yours):
        if (start, other, mine) != at:
            yield from Stretch(
                base[at[0] : start], theirs[at[1] : other], yours[at[2] : mine]
            ).split()
        same = base[start : start + size]
        if same:
            yield Stretch(same, same, same)
        at = (start + size, other + size, mine + size)


def _agreements(
    base: list[str], theirs: list[str], yours: list[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield where all three agree: three starts and a length; the ends of all last."""
    theirs_of = _partners(base, theirs)
    yours_of = _partners(base, yours)
    for at in range(len(base)):
        if at in theirs_of and at in yours_of:
            yield at, theirs_of[at], yours_of[at], 1
    yield len(base), len(theirs), len(yours), 0


def _partners(base: list[str], other: list[str]) -> dict[int, int]:
    """Return which place of the other text a kept place of the base is at."""
    matcher = SequenceMatcher(a=base, b=other, autojunk=False)
    return {
        start + step: place + step
        for start, place, size in matcher.get_matching_blocks()
        for step in range(size)
    }
