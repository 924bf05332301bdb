"""Word lists as plain text files in ``words/``: a line each, ``#`` begins a comment.

Where a line has a second part, ``|`` comes before it: the plain twin of a word, the
number of its syllables.
"""

import re
from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a list, without comments and empty ones."""
    text = (files("articles.checks") / "words" / f"{name}.txt").read_text("utf-8")
    stripped = (line.partition("#")[0].strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


@cache
def pairs(name: str) -> dict[str, str]:
    """Return a list of two parts as a dict, in its order."""
    split = (line.partition("|") for line in lines(name))
    return {first.strip(): second.strip() for first, _, second in split}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return what finds any entry of a list as a whole word, whatever its case."""
    entries = sorted(pairs(name), key=len, reverse=True)
    together = "|".join(re.escape(entry) for entry in entries)
    return re.compile(rf"\b(?:{together})\b", re.IGNORECASE)
