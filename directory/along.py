"""What a reader has chosen and takes along from page to page, in addresses alone.

Whom they compare, the ZIP code that distances are from, whose colleagues they leave
out, and the list on which they looked for a number to leave out.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import QueryDict

from directory import parameters
from directory.addresses import address

MOST = 4
MOST_TYPED = 20
LONGEST = 200  # the slugs of a kind and a city
NPI_LENGTH = 10
SLUG = parameters.SLUG.pattern.strip("^$")
SHAPES = {
    "apart_from": parameters.NPI_OR_CCN,
    "compare": re.compile(rf"[0-9]{{10}}(?:-[0-9]{{10}}){{0,{MOST - 1}}}"),
    "near": re.compile(r"[0-9]{5}"),
    "back": re.compile(rf"{SLUG}(?:/[a-z]{{2}}(?:/{SLUG})?)?"),
}


@dataclass(frozen=True)
class Along:
    """As an address has it, each empty where nothing was chosen.

    ``apart_from`` is an NPI or a CCN, ``compare`` are NPIs with hyphens between,
    ``back`` is the part of a list's address behind /doctors/.
    """

    apart_from: str = ""
    compare: str = ""
    near: str = ""
    back: str = ""

    @classmethod
    def read(cls, query: QueryDict, **known: str) -> Self:
        """Return what an address has; raises BadRequest for what no link gives.

        ``known`` are those that a page has read already, from a field of its own.
        """
        names = SHAPES.keys() - known.keys()
        found = {
            name: parameters.read(query, name, SHAPES[name], LONGEST) for name in names
        }
        return cls(**known | found)

    @cached_property
    def parameters(self) -> dict[str, str]:
        """What there is, by name: the hidden fields of a form."""
        return {name: value for name, value in asdict(self).items() if value}

    @cached_property
    def query(self) -> str:
        """The end of an address that has no question mark yet."""
        return f"?{urlencode(self.parameters)}" if self.parameters else ""

    @cached_property
    def beside(self) -> str:
        """What stands beside the doctors in the address of a comparison."""
        return urlencode(replace(self, compare="").parameters)

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.query)

    @property
    def first_npi(self) -> str:
        """The doctor whose colleagues are left out; empty for a hospital."""
        return self.apart_from if len(self.apart_from) == NPI_LENGTH else ""

    @property
    def npis(self) -> list[str]:
        """Who is compared, each once, the first one first."""
        return list(dict.fromkeys(self.compare.split("-"))) if self.compare else []

    @property
    def comparison_url(self) -> str:
        """The comparison as it is."""
        return self.comparison(self.npis)

    @property
    def finder_url(self) -> str:
        """The finder, which asks for the kind of doctor and the place."""
        return address("directory:finder") + self.query

    def by_name(self, page: str, name: str) -> str:
        """Return where a page finds people or hospitals by name."""
        query = urlencode(({"name": name} if name else {}) | self.parameters)
        return address(page) + (f"?{query}" if query else "") + "#by-name"

    def comparing(self, npis: Iterable[str]) -> Self:
        """Return the same with others who are compared."""
        return replace(self, compare="-".join(npis))

    def comparison(self, npis: Iterable[str]) -> str:
        """Return the address of a comparison."""
        doctors = urlencode([("doctor", npi) for npi in npis])
        query = "&".join(filter(None, (doctors, self.beside)))
        return address("directory:compare") + (f"?{query}" if query else "")

    def comparison_with(self, npi: str) -> str:
        """Return the comparison with one more; empty where they are in it.

        One that nobody has begun begins with the doctor whose colleagues are left out.
        """
        if npi in self.npis:
            return ""
        first = [self.first_npi] if self.first_npi else []
        return self.comparison(dict.fromkeys([*(self.npis or first), npi]))

    def comparison_from(self, npi: str) -> str:
        """Return the comparison with somebody else as its first; empty likewise."""
        return "" if npi in self.npis else self.comparison([npi, *self.npis])

    def leaving_out(self, number: str) -> str:
        """Return where others are left out: the list that led here, or the finder."""
        along = replace(self, apart_from=number, back="")
        if not self.back:
            return along.finder_url
        return address("directory:doctors", *self.back.split("/")) + along.query


NOTHING = Along()


def read_choice(query: QueryDict) -> list[str]:
    """Return who is to be compared, each once in their order, as typed.

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
