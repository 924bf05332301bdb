"""Count the syllables of English words, medical ones among them; pure.

Rules for the spelling, and a list of words that they get wrong
(``checks/words/syllables.txt``). No dictionary: the usual one lacks many medical
words. Tests hold it against words that were counted by hand.
"""

import re
from functools import cache, lru_cache

from articles.checks.word_lists import pairs

ENDING = re.compile(r"['’](?:d|ll|m|re|s|t|ve)$")
PARTS = re.compile(r"[^a-z]+")
VOWELS = re.compile(r"[aeiouy]+")

# Letters that are not heard, taken away in this order, the first that fits at an end.
UNHEARD_INSIDE = re.compile(
    r"(?<=[aeiouy][^aeiouy])e(?=(?:ful|fully|less|ly|ment|ments|ness|some)$)"
)
UNHEARD_ENDS = (
    re.compile(r"(?<=[gq])ue[ds]?$"),  # fatigue, technique
    re.compile(r"(?<=[^aeioutdl])ed$|(?<=[aeiouylr]l)ed$|(?<=[aeiouy])ed$"),
    re.compile(r"(?<=[^aeiouyscxzhgl])es$|(?<=[aeiouylr]l)es$|(?<=[tp]h)es$"),
    re.compile(r"(?<=[^aeiouyl])e$|(?<=[aeiouylrw]l)e$|(?<=[aeiouy])e$"),
)

# The first of two vowels that belongs to the consonant: special, nation, region, quiet.
MELTED = re.compile(
    r"(?:[cst]|x)i(?=a[ln]|e[n]|o[nu])|gi(?=o[nu]|an)|[ln]i(?=ons?$)"
    r"|[gq]u(?=[aeio])|[cg]e(?=o[nu])|^y(?=[aeiou])"
)
# Two vowels that are said apart: di-et, ra-di-o, go-ing, trache-a, be-yond, dehy-drate.
APART = re.compile(
    r"i(?=a(?!ge)|o|u|e[rt]|en[ct]|es[t])|[aeouy](?=ing)|u(?=a[^iy]|ou|it[iy]|id$|ids$)"
    r"|e(?=o|ic|ums?$)|(?<=[aeiou])y(?=[aeiou])|(?<=[^aeiouw])y(?=[aeou])"
    r"|o(?=ic$|em|e[nt])|a(?=o)|^cre(?=at)|^re(?=act)|(?<=[aeiouy]..)e(?=an?$)"
    r"|(?<=[aeiouy]...)e(?=a$)"
)
# A consonant that is a syllable: rhyth-m, did-n't.
SYLLABIC = re.compile(r"(?:sm|thm)s?$|[ds]n$")


def count_syllables(word: str) -> int:
    """Return how many syllables a word has; a number counts as one."""
    parts = PARTS.split(ENDING.sub("", word.lower()))
    return max(1, sum(_count(part) for part in parts if part))


@cache
def _exceptions() -> dict[str, int]:
    return {word: int(number) for word, number in pairs("syllables").items()}


@lru_cache(maxsize=20_000)
def _count(word: str) -> int:
    known = _exceptions().get(word)
    if known is None and word.endswith("s"):
        known = _exceptions().get(word[:-1])
    return known or count_by_rules(word)


def count_by_rules(word: str) -> int:
    """Count by spelling alone, in small letters from a to z."""
    spoken = UNHEARD_INSIDE.sub("", word)
    for ending in UNHEARD_ENDS:
        shorter = ending.sub("", spoken)
        if shorter != spoken and VOWELS.search(shorter):
            spoken = shorter
            break
    count = len(VOWELS.findall(spoken))
    count += len(APART.findall(MELTED.sub("'", spoken)))
    count += len(SYLLABIC.findall(word))
    return max(1, count)
