"""How else the files may write a word: they have capital letters without marks."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product

from directory.values.sort_keys import sort_key

# Whoever typed a file made one letter of it, or two: MULLER or MUELLER.
TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
SECOND_LETTER = re.compile(r"(?:(?<=[aou])e|(?<=a)a)(?=\w)", re.IGNORECASE)
NO_SECOND = re.compile(
    r"(?:(?<=\b[aou])|(?<=[^aeiou][aou]))(?=[^\W\d_aeiou]|u(?<=au))", re.IGNORECASE
)
MOST_TRIED = 3
MOST_PHRASES = 8
# Each as a word of its own: Stone is no Saint One.
SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "center": "ctr"}
OTHERWISE = SHORT | {short: long for long, short in SHORT.items()}


def spellings(text: str) -> list[tuple[str, ...]]:
    """Return the words of a text, each as its sort key has it and how else it may be.

    "Saint Müller" -> (saint, "st "), (muller, mueller). A blank ends a whole word.
    """
    plain = sort_key(text).split()
    if text.isascii():
        longer = plain
    else:
        composed = unicodedata.normalize("NFC", text).lower()
        longer = sort_key(composed.translate(TWO_LETTERS)).split()
    return [
        (word, f"{OTHERWISE[word]} ")
        if word in OTHERWISE
        else tuple(dict.fromkeys([word, other]))
        for word, other in zip(plain, longer, strict=False)
    ]


def phrases(text: str) -> list[str]:
    """Return a text as it may stand in a sort key, word by word; of many ways a few.

    "Ada Müller" -> ada muller, ada mueller. A blank ends a whole word.
    """
    ways = product(*spellings(text))
    return [" ".join(way).replace("  ", " ") for way in islice(ways, MOST_PHRASES)]


def with_other_letters(text: str) -> list[str]:
    """Return a text with one letter where two may stand for one with marks, or two.

    "Jurgen Muller" -> Juergen or Mueller alone, and Juergen Mueller; and the other way.
    Most such letters stand for nothing else (Joel, Thomas): this is for where nobody
    is found as it was typed.
    """
    letter = "E" if text.isupper() else "e"
    return [*_changed(text, SECOND_LETTER, ""), *_changed(text, NO_SECOND, letter)]


def _changed(text: str, places: re.Pattern[str], by: str) -> Iterator[str]:
    """Yield a text with each of its last few places changed, and with all of them."""
    found = list(places.finditer(text))[-MOST_TRIED:]
    for chosen in [[one] for one in found] + [found] * (len(found) > 1):
        other = text
        for one in reversed(chosen):
            other = other[: one.start()] + by + other[one.end() :]
        yield other
