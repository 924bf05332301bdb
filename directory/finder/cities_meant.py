"""Which city may be meant by what stands behind a kind of doctors: Cincinatti."""

from itertools import takewhile
from typing import Any

from directory.finder.looking_up import places_alike
from directory.finder.sought import BEFORE_PLACES, Sought
from directory.finder.whereabouts import AS_OTHERS
from directory.models import Specialization
from directory.values.sort_keys import sort_key

MOST_CITIES = 3
MOST_WORDS = 3  # of a city
AS_LIKE = 0.8  # of difflib: Tuscon, and not Spanish


def cities_meant(sought: Sought, kind: Any) -> list[str]:
    """Return what may have been meant, each with a city: at most two queries.

    ``kind`` is called by the words before, as kinds_named() annotates it. A state may
    have been understood; where a ZIP code was, or the city of somebody, none is meant.
    """
    if len(sought.places) > 1 and not kind.is_there:  # Pittsburg, of several states
        others = places_alike(sought.places[0].slug, cutoff=AS_OTHERS)
        others = [place for place in others if place not in sought.places]
        return [f"{sought.what} in {place}" for place in others[:MOST_CITIES]]
    if sought.where and not sought.state:
        return []
    known = words_of_kind(kind)
    words = sort_key(sought.what).split()
    left = [*takewhile(lambda word: word not in known, reversed(words))][::-1]
    kept = words[: len(words) - len(left)]
    while left and left[0] in BEFORE_PLACES:
        del left[0]
    if not (kept and 0 < len(left) <= MOST_WORDS):
        return []
    alike = places_alike("-".join(left), sought.state, cutoff=AS_LIKE)
    return [f"{' '.join(kept)} in {place}" for place in alike[:MOST_CITIES]]


def words_of_kind(kind: Specialization) -> set[str]:
    """Return the words of all that a kind of doctors is called, and of several."""
    names = [kind.name, kind.title, kind.title_plural, kind.plain_name, *kind.synonyms]
    words = {word for name in names for word in sort_key(name).split()}
    return words | {f"{word}s" for word in words}
