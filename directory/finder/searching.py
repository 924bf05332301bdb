"""One search of the directory: a specialization, an area, and what narrows it."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import Http404

from directory.addresses import address
from directory.along import Along
from directory.models import Place, Specialization
from directory.nearby import USUAL_DISTANCE
from directory.values.spellings import spellings
from directory.values.states import STATES

EXACT_UP_TO = 1_000
MOST_WORDS = 6
ANYWHERE = " in the whole country"  # where Search.where says nothing
# What people write around a name; nobody is called so. Somebody may be called Do, Pa or
# Mba: such credentials are known behind a comma only, where our own pages write them.
AROUND_NAMES = """
    dr mr mrs ms prof jr sr ii iii iv md phd mbbs mph facc facp facs faaos
    np rn aprn arnp bsn cnm cnp crna crnp dnp fnp msn
    dds dmd dpm dpt lcsw lmft psyd
"""
BEHIND_NAMES = """
    do pa pac c bc pt ot otd dc od rd aud aa agacnp agnp agpcnp cns lpc mba ms pmhnp
    slp
"""
TITLES = frozenset(AROUND_NAMES.split())
CREDENTIALS = TITLES | frozenset(BEHIND_NAMES.split())
# What narrows a list beside its area, each as it is when it is off.
NARROWING: dict[str, Any] = {
    "hospital": "",
    "group": "",
    "name": "",
    "telehealth": False,
    "physicians": False,
    "teaching": False,
}
SWITCHES = [name for name, off in NARROWING.items() if off is False]


def number_words(count: int, *, is_exact: bool = True) -> str:
    """Return a number as a reader reads it; an inexact one stopped being counted."""
    if not is_exact and count > EXACT_UP_TO:
        return f"more than {EXACT_UP_TO:,}"
    return f"{count:,}"


def words_of(name: str) -> list[tuple[str, ...]]:
    """Return the words of a name with their spellings, each once, without titles.

    "Dr. Zoë Müller Jr., DO" -> (muller, mueller), (zoe); what is nothing but a title
    stays.
    """
    before, *behind = (spellings(part) for part in name.split(","))
    words = [word for word in before if word[0] not in TITLES]
    for part in behind:
        words += [word for word in part if word[0] not in CREDENTIALS]
    return sorted(set((words or spellings(name))[:MOST_WORDS]))


def beginnings_of(name: str) -> list[str]:
    """Return what the last name may begin with: no word that another one begins.

    Each once: somebody found for two of them would be listed and counted twice.
    """
    words = dict.fromkeys(spelling for word in words_of(name) for spelling in word)
    return [
        word
        for word in words
        if not any(word != one and word.startswith(one) for one in words)
    ]


@dataclass(frozen=True)
class Way:
    """A link that leads somewhere, with how many people wait there."""

    text: str
    url: str
    count: int = 0
    counts_demo: bool = False
    is_exact: bool = True

    @property
    def number(self) -> str:
        """The count as a reader reads it."""
        return number_words(self.count, is_exact=self.is_exact)


class NotThereError(Http404):
    """Something that an address names is not there; ``ways`` lead to what is."""

    def __init__(self, why: str, ways: list[tuple[str, str]]) -> None:
        super().__init__(why)
        self.ways = ways


@dataclass(frozen=True)
class Search:
    """What is asked for, as the address has it; ``state`` is an abbreviation.

    ``near`` is a ZIP code, ``hospital`` a CCN, ``group`` a PAC ID, ``apart_from`` an
    NPI or a CCN. ``compare`` holds the NPIs of a comparison: it narrows nothing, and
    goes along.
    """

    specialization: Specialization
    state: str = ""
    place: Place | None = None
    near: str = ""
    within: int = USUAL_DISTANCE
    hospital: str = ""
    group: str = ""
    name: str = ""
    telehealth: bool = False
    physicians: bool = False
    teaching: bool = False
    apart_from: str = ""
    sort: str = ""
    compare: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        """What stands behind the question mark, in one order whatever was typed."""
        found: dict[str, Any] = {}
        for name in [one.name for one in fields(self)][3:]:
            value = getattr(self, name)
            if value and (name != "within" or self.near):
                found[name] = 1 if value is True else value
        return found

    @property
    def area(self) -> str:
        """Where, behind "in": Houston, Texas; empty for the whole country."""
        state = STATES.get(self.state, "")
        return f"{self.place.name}, {state}" if self.place else state

    @property
    def where(self) -> str:
        """Where, as the end of a sentence, with a blank before it; or nothing."""
        if self.near:
            return f" within {self.within} miles of ZIP code {self.near}"
        return f" in {self.area}" if self.area else ""

    @property
    def title(self) -> str:
        """Who, and where: Cardiologists in Houston, Texas."""
        return f"{self.specialization.title_plural}{self.where}"

    @property
    def is_filtered(self) -> bool:
        """Whether anything but an area narrows the list: then it has to be counted."""
        return bool(self.near) or self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        """Whether the list holds only some of the people of its area or circle."""
        return any(getattr(self, name) for name in (*NARROWING, "apart_from"))

    @property
    def order(self) -> str:
        """How the list is sorted: distance, match or name."""
        if self.near:
            return "name" if self.sort == "name" else "distance"
        return "match" if self.sort == "match" else "name"

    @property
    def along(self) -> Along:
        """What goes along to doctors and to their comparison."""
        return Along(self.apart_from, self.compare, self.near)

    @property
    def along_and_back(self) -> Along:
        """What goes along where somebody looks for whom to leave out of this list."""
        return replace(self.along, back="/".join(self._parts))

    def url(self, **parameters: Any) -> str:
        """Return the address of this search; a cursor is among ``parameters``."""
        query = urlencode(self.parameters | parameters)
        url = address("directory:doctors", *self._parts)
        return f"{url}?{query}" if query else url

    @property
    def _parts(self) -> list[str]:
        place = self.place.slug if self.place else ""
        parts = [self.specialization.slug, self.state.lower(), place]
        return [part for part in parts if part]

    def narrowed(self, state: str, place: Place | None = None) -> Self:
        """Return the same search in a state or a city."""
        return replace(self, state=state, place=place, near="")

    def without_filters(self) -> Self:
        """Return the search for everybody in the area; who is left out stays out."""
        return replace(self, **NARROWING)
