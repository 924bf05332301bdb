"""Addresses of many rows: each pattern is reversed once, then filled in.

``reverse()`` takes some twelve microseconds; a page with forty links calls it forty
times.
"""

import re
from functools import cache

from django.urls import get_script_prefix, reverse
from django.utils.text import slugify

# A sample that each part of an address accepts and that stands nowhere else in it.
SAMPLES = {
    "directory:doctor": ("9900000011", "sample-name"),
    "directory:hospital": ("99999Z", "sample-name"),
    "directory:doctors": ("sample-field", "tx", "sample-city"),
}
EXTENSION = re.compile(
    r"([0-9 ()+.-]+?)[ ,;]*(?:extension|ext|x|#)[. ]*([0-9]+)", re.IGNORECASE
)
SLUG_ALONE = ("sample-slug",)


def address(name: str, *values: str) -> str:
    """Return what ``reverse(name, args=values)`` returns for values of our own rows.

    They are slugs, NPIs, CCNs and states in lower case, so nothing needs quoting.
    """
    return _pattern(name, len(values), get_script_prefix()).format(*values)


def doctor_address(npi: str, first_name: str, last_name: str) -> str:
    """Return the address of a profile."""
    return address("directory:doctor", npi, doctor_slug(first_name, last_name))


def doctor_slug(first_name: str, last_name: str) -> str:
    """Return the readable, never decisive part of a profile's address."""
    return slugify(f"{first_name} {last_name}") or "doctor"


def hospital_address(ccn: str, name: str) -> str:
    """Return the address of a hospital's page; groups and systems have none."""
    return address("directory:hospital", ccn, hospital_slug(name))


def hospital_slug(name: str) -> str:
    """Return the readable, never decisive part of a hospital's address."""
    return slugify(name) or "hospital"


def telephone_address(phone: str) -> str:
    """Return the link that calls a number; (555) 555-0100 ext. 12 has an extension.

    A telephone would dial "ext" as the digits on its keys.
    """
    found = EXTENSION.fullmatch(phone)
    number, extension = found.groups() if found else (phone, "")
    ending = f";ext={extension}" if extension else ""
    return f"tel:{''.join(number.split())}{ending}"


@cache
def _pattern(name: str, count: int, _prefix: str) -> str:
    sample = SAMPLES.get(name, SLUG_ALONE)[:count]
    pattern = reverse(name, args=sample)
    for value in sample:
        pattern = pattern.replace(value, "{}")
    return pattern
