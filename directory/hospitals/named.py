"""Hospitals by name, as people know them: "Saint Mary's Hospital, Rochester, MN"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Case, Q, Value, When

from directory.finder.whereabouts import NICKNAMES, split
from directory.independence import SMALL_WORDS
from directory.models import Organization
from directory.parameters import CCN
from directory.values.sort_keys import sort_key
from directory.values.spellings import spellings

AT_MOST = 50
MOST_WORDS = 12
MOST_INITIALS = 4  # SUNY
# What people write whole and names in the files have cut short, each a word of its own.
CUT_SHORT = """
    affairs va, veterans va, community comm, company co, general gen, memorial mem,
    psychiatric psych, rehabilitation rehab,
    arkansas ar, kansas ks, maryland md, minnesota mn, mississippi ms, missouri mo,
    tennessee tn, texas tx, wisconsin wi
"""
ABBREVIATED = dict(re.findall(r"(\w+) (\w+)", CUT_SHORT))
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
    begins = " ?".join(map(_way, spellings(name.lower().removeprefix("the "))))
    fit = Case(
        When(sort_key__regex=f"^(the )?{begins}", then=Value(0)),
        When(_has_words(name, end=r"\M"), then=Value(1)),  # VA before Valley
        default=2,
    )
    order = (fit, "sort_key", "pk")
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


def _way(spelt: Iterable[str]) -> str:
    """Return what finds a word in any of its spellings, as one group."""
    return f"({'|'.join(map(_letters, spelt))})"


def _letters(word: str) -> str:
    """Return what finds a word whose letters may stand apart: T J, New York.

    A few initials may begin something; what is longer has to end where a word does.
    """
    plain = word.strip()
    apart = " ?".join(plain)
    if plain != word:
        return rf"{apart}\M"
    return apart if len(plain) <= MOST_INITIALS else rf"{plain}|{apart}\M"


def _words(text: str) -> list[tuple[str, ...]]:
    """Return the words of a text, each with how a name may have it.

    Written together with the word before (Advent Health), or cut short.
    """
    words = spellings(text)[:MOST_WORDS]
    found = []
    for before, word in zip([("",), *words], words, strict=False):
        short = ABBREVIATED.get(word[0])
        cut_short = [f"{short} "] if short else []
        found.append((*word, before[0] + word[0], *cut_short))
    return found


def _has_words(text: str, end: str = "") -> Q:
    """Return the condition that each word begins a word of the name or the city.

    With an ``end`` it is all of that word.
    """
    words = _words(text)
    condition = Q() if words else Q(pk=None)
    for word in [one for one in words if one[0] not in LEFT_OUT] or words:
        begins = rf"\m{_way(dict.fromkeys(word))}{end}"
        fits = Q(sort_key__regex=begins) | Q(location__place__sort_key__regex=begins)
        if word[0] in NICKNAMES:
            fits |= Q(location__place__slug=NICKNAMES[word[0]])
        condition &= fits
    return condition
