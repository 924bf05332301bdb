"""Kinds of doctors as patients ask for them: "heart doctor", "kidney stones", "ENT".

English stemming does not join cardiologist and cardiology: titles and lay synonyms do,
and count for more than what stands in running text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import starmap
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Concat, Lower

from directory.finder.searching import MOST_WORDS
from directory.models import PractitionerCount, Specialization
from directory.sql import LANGUAGE
from directory.values.spellings import spellings

AT_MOST = 8
NAMES = ("name", "title", "title_plural", "plain_name")
TEXT = TextField()
BETWEEN = " | "  # names
SHORTEST_BEGINNING = 3  # letters: "la" begins no laboratory
MOST_OF_A_NAME = 5  # words
# How much of what was typed fits, and how well a name does: the best first.
ALL_WORDS, OR_ELSE, NAME_IN_IT = range(3)
NAMED, CALLED, ALMOST, BEGUN, REST = range(5)
PERSON = re.compile(r" (?:doctor|specialist|physician)s?$")
PERSONS = (" doctor", " specialist")
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class NamedKinds:
    """Kinds of doctors, the best first, each with ``is_there`` and ``in_state``.

    ``has_all_words`` is whether they fit all that was typed, ``is_called_so`` whether
    the first is called so, by us or by patients.
    """

    found: list[Specialization]
    has_all_words: bool
    is_called_so: bool


def kinds_named(
    words: str, *, or_else: str = "", counts: Q | None = None, state: str = ""
) -> NamedKinds:
    """Return the kinds that fit these words, with their counts: one query.

    Where none does, those that fit ``or_else``, or whose name stands in it: "see a
    cardiologist about afib". One that is called so, or nearly so, comes first; then one
    whose name begins so. A word may be the beginning of one. The tree has some 150
    rows: no index, and most of the time goes into their text vectors. ``is_there`` is
    whether one of ``counts`` (of PractitionerCount) is of this kind, ``in_state`` how
    many a state has.
    """
    called = SearchVector(all_names(), config=LANGUAGE, weight="A")
    described = SearchVector("what_they_do", config=LANGUAGE, weight="D")
    there = PractitionerCount.objects.filter(specialization=OuterRef("pk"))
    in_state = there.filter(state=state, place=None) if state else there.none()
    texts = [words] if or_else in {"", words} else [words, or_else]
    readings = zip(map(_fits, texts), (ALL_WORDS, OR_ELSE), strict=False)
    found = (
        Specialization.objects.listed()
        .with_counts()
        .alias(vector=called + described, all_names=Lower(all_names()))
        .filter(_fits(*texts) | _has_name(_phrases(or_else)))
        .annotate(
            fits=Case(*starmap(When, readings), default=NAME_IN_IT),
            rank=SearchRank(F("vector"), _query(or_else or words)),
            called=_how_it_is_called(words, or_else),
            is_there=Exists(there.filter(counts) if counts else there.none()),
            in_state=Subquery(in_state.values("practitioners")),
        )
        .order_by("fits", "called", "-rank", "name", "pk")
    )
    rows: list[Any] = list(found[:AT_MOST])
    return NamedKinds(
        [one for one in rows if one.fits == rows[0].fits],
        has_all_words=any(one.fits == ALL_WORDS for one in rows[:1]),
        is_called_so=any(one.called <= CALLED for one in rows[:1]),
    )


def all_names() -> Concat:
    """Return everything that a kind is called, as one text."""
    between = Value(BETWEEN)
    synonyms = Func(
        F("synonyms"), between, function="array_to_string", output_field=TEXT
    )
    names = [part for name in NAMES for part in (between, F(name))]
    return Concat(*names, between, synonyms, between, output_field=TEXT)


def _query(words: str) -> SearchQuery:
    return SearchQuery(words, config=LANGUAGE, search_type="plain")


def _fits(*texts: str) -> Q:
    """Return the condition that one of the texts fits: one text vector of each kind."""
    persons = [person for text in texts for person in _persons(text)]
    one_of_them = Q(vector=reduce(or_, map(_query, texts))) | _has_name(persons)
    return reduce(or_, map(_begun, texts), one_of_them)


def _how_it_is_called(*readings: str) -> Case:
    """Return how well one of the names fits a whole text: NAMED to REST."""
    texts = [text for text in map(_plain, readings) if text]
    persons = {person for text in texts for person in _persons(text)}
    is_person = any(PERSON.search(text) for text in texts)
    return Case(
        *(When(_is_name("iexact", text), then=NAMED) for text in texts),
        When(_has_name(texts), then=CALLED),
        When(_has_name(persons), then=CALLED if is_person else ALMOST),
        *(When(_is_name("istartswith", text), then=BEGUN) for text in texts),
        default=REST,
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _persons(text: str) -> list[str]:
    """Return whom "cancer" or "cancer specialists" means: the cancer doctor."""
    stem = PERSON.sub("", _plain(text))
    return [f"{stem}{person}" for person in PERSONS]


def _is_name(lookup: str, words: str) -> Q:
    """Return the condition that one of the names fits all words at once."""
    return Q(*((f"{name}__{lookup}", words) for name in NAMES), _connector=Q.OR)


def _has_name(texts: Iterable[str]) -> Q:
    """Return the condition that one of the texts is a name or a synonym."""
    one_of_them = "|".join(re.escape(text) for text in texts)
    return Q(all_names__regex=rf"\| ({one_of_them}) \|") if one_of_them else NOBODY


def _phrases(text: str) -> list[str]:
    """Return what a name may be of a text: up to five words that follow each other.

    With each as one of several: synonyms have the eye doctor, and no eye doctors.
    """
    words = _plain(text).split()
    found = [
        " ".join(words[start : start + size])
        for size in range(1, MOST_OF_A_NAME + 1)
        for start in range(len(words) - size + 1)
    ]
    return [*found, *(one.removesuffix("s") for one in found if one.endswith("s"))]


def _begun(words: str) -> Q:
    """Return the condition that each word begins a word of the names or synonyms."""
    found = [
        Q(all_names__regex=_beginning(word)) for word in spellings(words)[:MOST_WORDS]
    ]
    return Q(*found) if found else NOBODY


def _beginning(word: tuple[str, ...]) -> str:
    """Return what finds a word that begins so, or is so where it is short."""
    ways = [one if len(one) >= SHORTEST_BEGINNING else f"{one} " for one in word]
    return rf"\m({'|'.join(ways)})".replace(" ", r"\M")
