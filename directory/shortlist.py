"""The doctors that somebody compares: a few NPIs in an address, the first one first."""

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


def carrying(url: str, compare: str) -> str:
    """Return a page's address with what is compared, for the way from there on."""
    return f"{url}?compare={compare}" if compare else url


def carried(compare: str) -> dict[str, Any]:
    """Return how many are compared already, and where: for templates."""
    numbers = parted(compare)
    return {
        "compare": compare,
        "compared": len(numbers),
        "comparison_url": comparison_url(numbers),
    }


def url_with(carried: str, npi: str) -> str:
    """Return the comparison with one more, or an empty string where they are in it."""
    numbers = parted(carried)
    return "" if npi in numbers else comparison_url([*numbers, npi])


def url_from(npi: str, carried: str) -> str:
    """Return the comparison with somebody else as its first, as ``url_with`` does."""
    numbers = parted(carried)
    return "" if npi in numbers else comparison_url([npi, *numbers])
