"""The doctors that somebody compares: a few NPIs in an address, the first one first.

The ZIP code that distances are from goes along in ``near``.
"""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

from directory import parameters
from directory.addresses import address

MOST = 4
MOST_TYPED = 20
ZIP_CODE = re.compile(r"[0-9]{5}")
SHAPE = re.compile(rf"[0-9]{{10}}(?:-[0-9]{{10}}){{0,{MOST - 1}}}")


def read_choice(query: QueryDict) -> list[str]:
    """Return what was chosen, each once in its order, as typed.

    ``doctor`` may stand there several times, each with one number or several with
    commas or blanks between. Raises BadRequest for what nobody types.
    """
    text = ",".join(query.getlist("doctor"))
    numbers = [one for one in re.split(r"[\s,]+", text) if one]
    if len(numbers) > MOST_TYPED or not "".join(numbers).isprintable():
        raise BadRequest("doctor cannot be read")
    if any(len(number) > parameters.LONGEST for number in numbers):
        raise BadRequest("doctor cannot be read")
    return list(dict.fromkeys(numbers))


def comparison_url(numbers: Sequence[str], near: str = "") -> str:
    """Return the address of a comparison."""
    query = [("doctor", number) for number in numbers]
    if near:
        query.append(("near", near))
    return address("directory:compare") + (f"?{urlencode(query)}" if query else "")


def joined(numbers: Sequence[str]) -> str:
    """Return NPIs as a list of doctors carries them: 9900000016-9900000024."""
    return "-".join(numbers)


def parted(text: str) -> list[str]:
    """Return the NPIs of ``joined``, each once."""
    return list(dict.fromkeys(text.split("-"))) if text else []


def read_carried(query: QueryDict) -> str:
    """Return the ``compare`` of a list; raises BadRequest for what no link gives."""
    return parameters.read(query, "compare", SHAPE)


def read_near(query: QueryDict) -> str:
    """Return the ``near`` of a profile; raises BadRequest for what no link gives."""
    return parameters.read(query, "near", ZIP_CODE)


def carrying(url: str, compare: str, near: str = "") -> str:
    """Return a page's address with what goes along, for the way from there on."""
    along = [("compare", compare), ("near", near)]
    query = urlencode([(name, value) for name, value in along if value])
    return f"{url}?{query}" if query else url


def carried(compare: str, near: str = "") -> dict[str, Any]:
    """Return how many are compared already, and where: for templates."""
    numbers = parted(compare)
    return {
        "compare": compare,
        "compared": len(numbers),
        "comparison_url": comparison_url(numbers, near),
    }


def url_with(carried: str, npi: str, near: str = "") -> str:
    """Return the comparison with one more, or an empty string where they are in it."""
    numbers = parted(carried)
    return "" if npi in numbers else comparison_url([*numbers, npi], near)


def url_from(npi: str, carried: str, near: str = "") -> str:
    """Return the comparison with somebody else as its first, as ``url_with`` does."""
    numbers = parted(carried)
    return "" if npi in numbers else comparison_url([npi, *numbers], near)
