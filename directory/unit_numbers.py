"""Certification numbers of a hospital's units: its own, with a letter in third place.

Source: CMS State Operations Manual, chapter 2, section 2779A.
"""

import re

# The letter of the unit -> the digit of its hospital: acute care, critical access.
# Swing beds of other hospitals (W, Y) are not folded.
PARENT_DIGITS = dict.fromkeys("STU", "0") | dict.fromkeys("MRZ", "1")


def hospital_number(ccn: str) -> str:
    """Return the number of the hospital that a unit belongs to: 45S068 -> 450068.

    Any other number stays as it is.
    """
    found = re.fullmatch(r"(\d\d)([A-Z])(\d{3})", ccn)
    if found is None or found[2] not in PARENT_DIGITS:
        return ccn
    return f"{found[1]}{PARENT_DIGITS[found[2]]}{found[3]}"
