"""Parameters of an address, read strictly: junk is a friendly 400, never a query."""

import re
import unicodedata

from django.core.exceptions import BadRequest
from django.http import QueryDict

from directory.slugs import SLUG_FORMAT

NPI = re.compile(r"[0-9]{10}")
CCN = re.compile(r"[0-9A-Z]{6}")
NPI_OR_CCN = re.compile(f"{NPI.pattern}|{CCN.pattern}")
PAC_ID = re.compile(r"[0-9]{10}")
SLUG = re.compile(SLUG_FORMAT)
STATE = re.compile(r"[A-Za-z]{2}")
SWITCH = re.compile(r"1")
LONGEST = 100


def read(
    parameters: QueryDict, name: str, shape: re.Pattern[str], longest: int = LONGEST
) -> str:
    """Return the one value of ``name`` that has this shape, or an empty string.

    Raises BadRequest for a repeated or misshapen value.
    """
    values = parameters.getlist(name)
    if not values or values == [""]:
        return ""
    if len(values) > 1 or len(values[0]) > longest or not shape.fullmatch(values[0]):
        raise BadRequest(f"{name} cannot be read")
    return values[0]


def typed(parameters: QueryDict, name: str) -> str:
    """Return what a person typed or pasted into a field, trimmed; any words will do.

    What cannot be seen is left out: soft hyphens of a page that a name was copied from,
    joiners inside an emoji. Raises BadRequest for what nobody types: a repeated or very
    long value, or one with control characters.
    """
    values = parameters.getlist(name)
    text = "".join(one for one in "".join(values[:1]) if not _is_invisible(one))
    text = " ".join(text.split())
    if len(values) > 1 or len(text) > LONGEST or not text.isprintable():
        raise BadRequest(f"{name} cannot be read")
    return text


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf"
