"""How else the files may write a word: they have capital letters without marks."""

import unicodedata

from directory.values.sort_keys import sort_key

# Whoever typed a file made one letter of it, or two: MULLER or MUELLER.
TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
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
