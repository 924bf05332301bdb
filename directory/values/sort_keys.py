"""Keys to sort and look names up by: the embedded server has no ICU collation."""

import re
import unicodedata

# Letters that are no letter with an accent to Unicode.
CLOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
    | {"\u0131": "i"}  # Turkish, without a dot
    | dict.fromkeys("'.\u2019\u02bb\u02bc")  # Hawaii's okina is a letter to Unicode
)


def sort_key(*parts: str) -> str:
    """Return unaccented lower-case words: ``("O'Brien", "José")`` -> ``obrien jose``.

    Apostrophes and dots vanish; every other mark separates words.
    """
    text = " ".join(parts)
    if text.isascii():
        return " ".join(re.findall("[a-z0-9]+", text.lower().translate(CLOSED)))[
            :200
        ].rstrip()
    words = re.findall(r"[^\W_]+", unaccented(text).casefold().translate(CLOSED))
    return " ".join(words)[:200].rstrip()


def unaccented(text: str) -> str:
    """Return a text whose letters have lost their marks."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
