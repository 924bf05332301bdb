"""Hospitals by name, as people know them: "Saint Mary's Hospital, Rochester, MN"."""

from dataclasses import dataclass, field

from django.db.models import Case, Q, Value, When

from directory.finder.whereabouts import OTHER_NAMES, split
from directory.independence import SMALL_WORDS
from directory.models import Organization
from directory.parameters import CCN
from directory.values.sort_keys import sort_key
from directory.values.spellings import spellings

AT_MOST = 50
MOST_WORDS = 12
MOST_INITIALS = 4  # SUNY
NOT_A_NAME = "Type at least two letters of the hospital’s name."
# What some write and others leave out; they count where nothing else was typed.
LEFT_OUT = SMALL_WORDS | {"center", "ctr", "hosp", "hospital"}
LEFT_OUT |= {"hospitals", "medical", "near"}


@dataclass
class NamedHospitals:
    """What fits a name that was typed, or what is wrong with it."""

    name: str
    found: list[Organization] = field(default_factory=list)
    has_more: bool = False
    error: str = ""


def hospitals_named(name: str) -> NamedHospitals:
    """Return the listed hospitals that fit a name, at most fifty: one query."""
    if len(sort_key(name).replace(" ", "")) < 2:
        return NamedHospitals(name, error=NOT_A_NAME if name else "")
    hospitals = Organization.objects.listed().hospitals()
    words = [f"({'|'.join(map(str.strip, word))})" for word in spellings(name)]
    order = (
        Case(When(sort_key__regex=f"^{' '.join(words)}", then=Value(0)), default=1),
        *("sort_key", "pk"),
    )
    # Only those that are shown are read whole: all with their measures fill memory.
    first = hospitals.filter(is_named(name)).order_by(*order)[: AT_MOST + 1]
    shown = hospitals.with_place().filter(pk__in=first.values("pk"))
    found = list(shown.order_by(*order))
    return NamedHospitals(name, found[:AT_MOST], has_more=len(found) > AT_MOST)


def is_named(name: str) -> Q:
    """Return the condition that a hospital is meant by these words.

    Each word begins a word of the name or of the city. A state at the end may be the
    one where it lies or a part of its name. A CMS number finds its hospital.
    """
    fits = _has_words(name)
    rest, state = split(name)
    if state:
        there = Q(location__place__state=state)
        fits |= _has_words(rest) & there if rest else there
    return fits | Q(ccn=name.upper()) if CCN.fullmatch(name.upper()) else fits


def _way(word: str) -> str:
    """Return what finds a word; the letters of a short one may stand apart: T J."""
    plain = word.strip()
    letters = " ?".join(plain) if len(plain) <= MOST_INITIALS else plain
    return letters if plain == word else rf"{letters}\M"


def _has_words(text: str) -> Q:
    """Return the condition that each word begins a word of the name or the city."""
    words = spellings(text)[:MOST_WORDS]
    condition = Q() if words else Q(pk=None)
    for word in [one for one in words if one[0] not in LEFT_OUT] or words:
        begins = rf"\m({'|'.join(map(_way, word))})"
        fits = Q(sort_key__regex=begins) | Q(location__place__sort_key__regex=begins)
        if word[0] in OTHER_NAMES:
            fits |= Q(location__place__slug=OTHER_NAMES[word[0]])
        condition &= fits
    return condition
