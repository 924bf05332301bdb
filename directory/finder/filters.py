"""What stands behind the question mark of a list: read strictly, or said what is wrong.

What a link gives must be right: junk is a friendly 400. What a person types may be
wrong: the page says so beside the field and keeps the rest.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from directory import parameters
from directory.along import SHAPES
from directory.finder.searching import SWITCHES, words_of
from directory.nearby import DISTANCES, USUAL_DISTANCE

ZIP = re.compile(r"([0-9]{5})(?:[ -]?[0-9]{4})?")
# What stands beside a number on its page, and is copied along.
AROUND_NUMBERS = re.compile(
    r"\b(?:npi|national provider identifier|(?:cms|ccn)(?: certification)?(?: number)?)"
    r"\b|\s(?=\d)|(?<=\d)\s|[:#()]",
    re.IGNORECASE,
)
WITHIN = re.compile("|".join(map(str, DISTANCES)))
SORTS = re.compile("name|distance|match")
SHORTEST_WORD = 2

NOT_A_ZIP = "A ZIP code has five digits, such as 60611."
UNKNOWN_ZIP = (
    "We do not know where this ZIP code is. Check the digits, or choose a city instead."
)
NOT_A_NAME = (
    "Type at least the first two letters of the last name. If it has only one, add the "
    "first name."
)
NOT_A_NUMBER = (
    "Give the ten-digit NPI of a doctor, or the six characters of a hospital’s CMS "
    "number. Both stand on their page."
)
GONE_NUMBER = (
    "Whoever has this number is no longer in the public files, so nobody can be left "
    "out for it. Give the number of a hospital, or of a doctor, of the same place."
)
UNKNOWN_NUMBER = (
    "Nobody in the public files has this number. Check the digits, or search for the "
    "doctor by name."
)


@dataclass
class Filters:
    """Fields of a search by name, and what is wrong by field; what was typed stays."""

    values: dict[str, Any]
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)


def read_filters(query: QueryDict) -> Filters:
    """Read the parameters of a list; raises BadRequest for what no link gives."""
    read = parameters.read
    within = read(query, "within", WITHIN)
    found = read_typed(query, TYPED)
    found.values |= {
        "hospital": read(query, "hospital", parameters.CCN),
        "group": read(query, "group", parameters.PAC_ID),
        "within": int(within) if within else USUAL_DISTANCE,
        **{one: bool(read(query, one, parameters.SWITCH)) for one in SWITCHES},
        "sort": read(query, "sort", SORTS),
        "compare": read(query, "compare", SHAPES["compare"]),
    }
    return found


def read_typed(
    query: QueryDict, readers: Mapping[str, Callable[[str], str]]
) -> Filters:
    """Read what a person typed, each field by its reader, which says what is wrong."""
    found = Filters({}, {name: parameters.typed(query, name) for name in readers})
    for name, text in found.typed.items():
        try:
            found.values[name] = readers[name](text) if text else ""
        except ValueError as error:
            found.errors[name] = str(error)
    return found


def read_zip(text: str) -> str:
    """Return the five digits of a ZIP code or ZIP+4; ValueError says what is wrong."""
    found = ZIP.fullmatch(text)
    if found is None:
        raise ValueError(NOT_A_ZIP)
    return found[1]


def read_name(text: str) -> str:
    """Return a name or NPI to look for; ValueError says what is wrong."""
    if not any(len(word[0]) >= SHORTEST_WORD for word in words_of(text)):
        raise ValueError(NOT_A_NAME)
    number = AROUND_NUMBERS.sub("", text)
    return number if parameters.NPI.fullmatch(number) else text


def read_number(text: str) -> str:
    """Return an NPI or a CCN; ValueError says what is wrong."""
    number = AROUND_NUMBERS.sub("", text).upper()
    if not parameters.NPI_OR_CCN.fullmatch(number):
        raise ValueError(NOT_A_NUMBER)
    return number


TYPED = {"near": read_zip, "name": read_name, "apart_from": read_number}
