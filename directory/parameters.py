"""Parameters of an address, read strictly: junk is a friendly 400, never a query."""

import re

from django.core.exceptions import BadRequest
from django.http import QueryDict

NPI = re.compile(r"[0-9]{10}")
CCN = re.compile(r"[0-9A-Z]{6}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
STATE = re.compile(r"[A-Za-z]{2}")
LONGEST = 100


def read(parameters: QueryDict, name: str, shape: re.Pattern[str]) -> str:
    """Return the one value of ``name`` that has this shape, or an empty string.

    Raises BadRequest for a repeated or misshapen value.
    """
    values = parameters.getlist(name)
    if not values or values == [""]:
        return ""
    if len(values) > 1 or len(values[0]) > LONGEST or not shape.fullmatch(values[0]):
        raise BadRequest(f"{name} cannot be read")
    return values[0]
