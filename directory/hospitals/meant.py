"""Which hospital may be meant by a name with wrong letters: Methodsit Hospital."""

from collections import Counter
from collections.abc import Collection
from difflib import get_close_matches

from django.db.models import TextField, Value
from django.db.models.functions import Concat, Lower

from directory.finder.whereabouts import split
from directory.hospitals.named import LEFT_OUT, MOST_WORDS
from directory.models import Organization
from directory.values.sort_keys import sort_key
from directory.values.spellings import spellings

MOST_MEANT = 3
MOST_LIKE = 3  # of one word
SHORTEST_WORD = 3  # that may be misspelt, or meant
AS_LIKE = 0.8  # of difflib: one letter wrong in five


def words_of_hospital() -> Concat:
    """Return a hospital's name, city and state as one text, for a query."""
    place, blank = "location__place__", Value(" ")
    parts = ["sort_key", blank, f"{place}sort_key", blank, Lower(f"{place}state")]
    return Concat(*parts, output_field=TextField())


def words_of_hospitals() -> list[str]:
    """Return the words of each listed hospital: one query."""
    hospitals = Organization.objects.listed().hospitals().order_by()
    return list(hospitals.values_list(words_of_hospital(), flat=True))


def hospitals_meant(name: str, hospitals: Collection[str]) -> list[str]:
    """Return a few names that have a hospital and are nearly what was typed.

    ``hospitals`` are the words of each. The first letter of a word is taken to be
    right, and a state at the end.
    """
    rest, state = split(name)
    typed = sort_key(rest if state else name).split()[:MOST_WORDS]
    known = {word for text in hospitals for word in text.split()}
    choices = [_choices(word, known) for word in typed]
    ways = [[_ways(word) for word in words] for words in choices]
    fits: Counter[tuple[int, ...]] = Counter()
    for text in hospitals:
        if not state or text.endswith(f" {state.lower()}"):
            fits[_fit(f" {text} ", ways)] += 1
    del fits[()]
    best = sorted(fits, key=lambda fit: (sum(fit), -fits[fit], fit))
    found = [
        [words[at] for words, at in zip(choices, fit, strict=True)]
        for fit in best[:MOST_MEANT]
    ]
    ending = f", {state}" if state else ""
    return [f"{' '.join(words)}{ending}" for words in found if words != typed]


def _choices(word: str, known: set[str]) -> list[str]:
    """Return the word if it begins a known one, then those most like it."""
    if word in LEFT_OUT or len(word) < SHORTEST_WORD:
        return [word]
    begins = [one for one in known if one[0] == word[0] and len(one) >= SHORTEST_WORD]
    like = get_close_matches(word, sorted(begins), MOST_LIKE, AS_LIKE)
    is_known = any(f" {one} ".startswith(_ways(word)) for one in known)
    return list(dict.fromkeys([word] * is_known + like))


def _fit(text: str, choices: list[list[tuple[str, ...]]]) -> tuple[int, ...]:
    """Return which choice of each word the text has, or nothing if it lacks one."""
    fit = []
    for words in choices:
        has = (at for at, ways in enumerate(words) if any(one in text for one in ways))
        at = next(has, None)
        if at is None:
            return ()
        fit.append(at)
    return tuple(fit)


def _ways(word: str) -> tuple[str, ...]:
    """Return what finds a word in a text: how it may begin there."""
    written = [""] if word in LEFT_OUT else spellings(word)[0]
    return tuple(f" {one}" for one in written)
