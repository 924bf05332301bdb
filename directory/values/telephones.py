"""Telephone numbers that somebody typed, as the files' own are written."""

import re

DIGITS = 10
EXTENSION = re.compile(r"[ ,;]*(?:extension|ext|x|#)[. :]*([0-9]{1,4})$", re.IGNORECASE)
NOT_A_TELEPHONE = (
    f"A telephone number has {DIGITS} digits, such as (617) 555-0123. An extension of "
    "up to four may follow: x12."
)


def telephone(text: str) -> str:
    """Return a number as readers see those of files: "617.555.0123 ext 4".

    That is (617) 555-0123 x4. A 1 may stand before it. ValueError says what is wrong.
    """
    number, *extension = EXTENSION.split(text.strip())[:2]
    digits = re.sub(r"[\W_]", "", number)
    if len(digits) > DIGITS:
        digits = digits.removeprefix("1")
    if not re.fullmatch(f"[0-9]{{{DIGITS}}}", digits):
        raise ValueError(NOT_A_TELEPHONE)
    ending = f" x{extension[0]}" if extension else ""
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}{ending}"
