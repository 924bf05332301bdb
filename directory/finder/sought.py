"""What somebody looks for, and where: "best heart doctor in Austin, TX", "near me"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Q

from directory.finder.whereabouts import (
    COUNTRY_AT_END,
    ELSEWHERE,
    STATE_NAMES,
    cities_called,
    split,
    zip_code_in,
)
from directory.models import Place
from directory.nearby import USUAL_DISTANCE, Circle, circle_around
from directory.values.states import STATES

MOST_WORDS = 4  # of a place: Salt Lake City, Utah
NEAR_ME = re.compile(
    r"\b(?:near|nearest|close|closest|around)(?: to)? (?:me|here)\b|\bnear ?by\b",
    re.IGNORECASE,
)
SECOND_OPINION = re.compile(r"\bsecond opinions?\b", re.IGNORECASE)
BEFORE_PLACES = {"in", "near", "around", "at", "of", "from", "zip", "code"}
# What says that somebody is wanted, and not who.
WISHES = """
    a an the i me my we want need find search looking look for to see who is are there
    how get named called any some good best great top rated recommended local nearest
    closest please
    what which kind type of treat treats treating do does should can about with
    center centers clinic clinics hospital hospitals institute
"""
ANYBODY = "doctor doctors physician physicians specialist specialists"
BEFORE_NAMES = {"dr", "drs", "md", "mr", "mrs", "ms", "prof", "professor"}
# Abbreviations of states that are words, or stand behind a name: behind "in" only.
ALSO_WORDS = {"in", "me", "or", "hi", "oh", "ok", "md", "ms"}


@dataclass(frozen=True)
class Sought:
    """Whom somebody looks for, and the place if one was named.

    ``what`` is empty where anybody will do, or nobody is asked for: a place alone.
    ``where`` is for the finder, ``area`` for a sentence: "in Houston, Texas".
    ``counts`` are the rows of PractitionerCount that tell who is there; around a ZIP
    code nobody was counted, and the country stands in. ``circle`` is what lies around
    it, ``places`` are the cities that can be meant, ``state`` is the state where no
    city was named.
    """

    what: str = ""
    is_anybody: bool = False
    where: str = ""
    area: str = ""
    counts: Q | None = None
    circle: Circle | None = None
    places: tuple[Place, ...] = ()
    state: str = ""

    @property
    def place(self) -> Place | None:
        """The city, where only one can be meant."""
        return self.places[0] if len(self.places) == 1 else None


def read_sought(text: str) -> Sought:
    """Tell a place at the end or the beginning from the rest: one query.

    Two where there is a ZIP code, anywhere. One that nobody knows is no place.
    """
    rest = SECOND_OPINION.sub(" ", NEAR_ME.sub(" ", text)).strip()
    rest = COUNTRY_AT_END.sub("", rest)
    zip_code = zip_code_in(rest)
    if zip_code:
        rest = f"{rest[: zip_code.start()]} {rest[zip_code.end() :]}"
    words = [word for word in re.split(r"[\s,;?!]+", rest) if word]
    found = _with_place(words) or _whom(words)
    circle = circle_around(zip_code[1], USUAL_DISTANCE) if zip_code else None
    if circle:
        area = f"near ZIP code {circle.zip_code}"
        country = Q(state="", place__isnull=True)
        return replace(
            found, where=circle.zip_code, area=area, counts=country, circle=circle
        )
    if NEAR_ME.search(text) and not (found.what or found.where):
        return replace(found, is_anybody=True)
    return found


def _with_place(words: list[str]) -> Sought | None:
    """Return the reading with the longest place at the end, else at the beginning."""
    readings = [(rest, part, *split(" ".join(part))) for rest, part in _parts(words)]
    condition = Q(pk=None)
    for _, _, city, state in readings:
        if city:
            named = Q(slug__in=cities_called(city))
            condition |= named & Q(state=state) if state else named
    places = list(Place.objects.listed().filter(condition).order_by("state", "pk"))
    for rest, part, city, state in readings:
        slugs = cities_called(city)
        there = [
            one for one in places if one.slug in slugs and state in {"", one.state}
        ]
        if there:
            area = there[0].name
            if len(there) == 1:
                area = f"{area}, {STATES[there[0].state]}"
            counts = Q(place__in=there)
            if len(there) > 1 and not state and city in STATE_NAMES:  # Washington
                counts |= Q(state=STATE_NAMES[city], place__isnull=True)
            sought = _in(area, rest, part, counts)
            return replace(sought, places=tuple(there))
        if state and not city and _is_state(rest, part):
            is_either = part[0].lower() in ELSEWHERE  # LA: the finder asks which
            area = part[0].upper() if is_either else STATES[state]
            found = _in(area, rest, part, Q(state=state, place__isnull=True))
            return replace(found, state=state)
    return None


def _in(area: str, rest: list[str], part: list[str], counts: Q) -> Sought:
    where = " ".join(part)
    return replace(_whom(rest), where=where, area=f"in {area}", counts=counts)


def _parts(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield (the rest, what may be a place): nobody but Dr. Houston is called Dr."""
    is_titled = bool(words) and words[0].lower().strip(".") in BEFORE_NAMES
    sizes = range(min(MOST_WORDS, len(words) - 2 * is_titled), 0, -1)
    for size in sizes:
        yield words[:-size], words[-size:]
    for size in () if is_titled else sizes:
        yield words[size:], words[:size]


def _is_state(rest: list[str], part: list[str]) -> bool:
    """Whether an abbreviation means a state: MD behind a name is no Maryland."""
    is_behind_in = bool(rest) and rest[-1].lower() == "in"
    return is_behind_in or part[0].lower() not in ALSO_WORDS


def _whom(words: list[str]) -> Sought:
    """Return who is wanted, without the words around it."""
    end = len(words)
    while end and words[end - 1].lower() in BEFORE_PLACES:
        end -= 1
    kept = [word for word in words[:end] if word.lower() not in WISHES.split()]
    persons = [word for word in kept if word.lower() in ANYBODY.split()]
    if kept == persons:
        return Sought(is_anybody=bool(kept))
    rest = [word for word in kept if word not in persons]
    if persons:  # a doctor for gout: gout doctor
        rest.insert(kept.index(persons[0]) or len(rest), persons[0])
    return Sought(" ".join(rest))
