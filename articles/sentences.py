"""Running text as sentences and words, as a reader would count them; pure."""

import re
from collections.abc import Iterator

END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s|$)")
LAST_WORD = re.compile(r"[\w.’']*$")
# A number with its signs, or letters with what joins them: 1,000 and follow-up.
WORD = re.compile(
    r"\d+(?:[.,:/]\d+)*"
    r"|[^\W\d_]+(?:[-‐’'][^\W\d_]+|[-‐]?\d+)*"  # noqa: RUF001 hyphens that are typed
)
# Their full stop never ends a sentence; those of the second list may, before a capital.
NEVER_LAST = frozenset(
    {"dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "fig", "approx"}
)
SELDOM_LAST = frozenset({"al", "a.m", "p.m", "etc", "u.s", "u.k", "jr", "sr", "inc"})
BEFORE_A_NUMBER = frozenset({"no", "nos", "p", "pp", "vol", "sec"})
# A letter that is no initial of a name: hepatitis B, Medicare Parts A and D.
LETTERED = re.compile(
    r"\b(?:class|grade|group|hepatitis|influenza|option|parts?|plans?|stage|types?"
    r"|vitamins?) (?:[a-z],? (?:and |or )?)*[a-z]$",
    re.IGNORECASE,
)


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence of a passage with the offset at which it begins.

    A passage without a full stop is one sentence; one without words is none.
    """
    begin = 0
    for end in END.finditer(text):
        if _goes_on(text, begin, end):
            continue
        yield from _trimmed(text, begin, end.end())
        begin = end.end()
    yield from _trimmed(text, begin, len(text))


def words(text: str) -> list[str]:
    """Return words and numbers; a hyphenated word is one."""
    return WORD.findall(text)


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, str]]:
    piece = text[begin:end]
    if WORD.search(piece):
        yield begin + len(piece) - len(piece.lstrip()), piece.strip()


def _goes_on(text: str, begin: int, end: re.Match[str]) -> bool:
    """Whether the sentence goes on behind what looks like its end."""
    after = text[end.end() :].lstrip()
    if not after:
        return False
    if after[0].islower():
        return True
    if not end[0].startswith("."):
        return False
    found = LAST_WORD.search(text, begin, end.start())
    last = found[0].lower() if found else ""
    if last in NEVER_LAST:
        return True
    if last in BEFORE_A_NUMBER:
        return after[0].isdigit()
    if len(last) == 1 and last.isalpha() and last != "i":
        return not LETTERED.search(text[begin : end.start()])
    return last in SELDOM_LAST and not after[0].isupper()
