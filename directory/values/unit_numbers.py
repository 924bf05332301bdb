"""Certification numbers of hospitals, and of their units: a letter in third place.

Source: the letters and the number ranges of hospitals, ResDAC, NCH Provider Number
Table (https://resdac.org/sites/datadocumentation.resdac.org/files/
NCH%20Provider%20Number%20Table.txt), after CMS, State Operations Manual, chapter 2,
sections 2779A and 2779C; by the latter the last three digits are the hospital's.
"""

import re

# The letter -> the digit that its hospital has in that place, and what the unit is.
UNITS = {
    "M": ("1", "Psychiatric unit"),  # of a critical access hospital, 1300 to 1399
    "R": ("1", "Rehabilitation unit"),
    "S": ("0", "Psychiatric unit"),  # of a short-term hospital, 0001 to 0879
    "T": ("0", "Rehabilitation unit"),
    "U": ("0", "Swing bed"),
    "W": ("2", "Swing bed"),  # of a long-term care hospital, 2000 to 2299
    "Y": ("3", "Swing bed"),  # of a rehabilitation hospital, 3025 to 3099
    "Z": ("1", "Swing bed"),
}
UNIT_NUMBER = re.compile(rf"([0-9A-Z]\d)([{''.join(UNITS)}])(\d{{3}})")


def with_zeros(ccn: str) -> str:
    """Return a number with the zeros that a spreadsheet took from it: 10001 -> 010001.

    It has six characters. In SQL the same stands in directory/imports/affiliations.py.
    """
    return ccn.zfill(6) if re.fullmatch("[0-9]{3,5}", ccn) else ccn


def hospital_number(ccn: str) -> str:
    """Return the number of the hospital that a unit belongs to: 45S068 -> 450068.

    Any other number stays as it is, as does that of a unit whose hospital is excluded
    from prospective payment itself: it has a letter in fourth place too.
    """
    found = UNIT_NUMBER.fullmatch(ccn)
    if found is None:
        return ccn
    state, letter, rest = found.groups()
    return f"{state}{UNITS[letter][0]}{rest}"


def unit_numbers(ccn: str) -> list[str]:
    """Return the numbers that units of a hospital may have: 450068 -> 45S068, ...."""
    return [
        f"{ccn[:2]}{letter}{ccn[3:]}"
        for letter, (digit, _) in UNITS.items()
        if digit == ccn[2]
    ]
