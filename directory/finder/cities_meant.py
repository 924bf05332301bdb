"""Which city may be meant by what stands behind a kind of doctors: Cincinatti."""

from itertools import takewhile

from directory.finder.looking_up import places_alike
from directory.finder.sought import BEFORE_PLACES, Sought
from directory.models import Specialization
from directory.values.sort_keys import sort_key

MOST_CITIES = 3
MOST_WORDS = 3  # of a city
AS_LIKE = 0.8  # of difflib: Tuscon, and not Spanish


def cities_meant(sought: Sought, kind: Specialization) -> list[str]:
    """Return what may have been meant, each with a city: at most two queries.

    ``kind`` is called by the words before. A state may have been understood; where a
    city or a ZIP code was, none is meant.
    """
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
    """Return the words of all that a kind of doctors is called."""
    names = [kind.name, kind.title, kind.title_plural, kind.plain_name, *kind.synonyms]
    return {word for name in names for word in sort_key(name).split()}
