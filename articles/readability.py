"""How hard a text is to read: Flesch-Kincaid and SMOG; pure.

Kincaid, Fishburne, Rogers, Chissom: Derivation of new readability formulas, 1975;
McLaughlin: SMOG grading, a new readability formula, 1969. Formulas differ by grades on
the same text: good for comparing two versions, not for a verdict.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from articles.sentences import words
from articles.syllables import count_syllables

SMOG_SENTENCES = 30  # what the formula was made on
POLYSYLLABLE = 3


@dataclass(frozen=True)
class Score:
    """What was counted; grades are years of school in the United States."""

    sentences: int
    words: int
    syllables: int
    polysyllables: int

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade; 0 for a text without words."""
        if not self.words:
            return 0.0
        length = self.words / self.sentences
        return 0.39 * length + 11.8 * self.syllables / self.words - 15.59

    @property
    def smog(self) -> float | None:
        """The SMOG grade, or nothing below 30 sentences."""
        if self.sentences < SMOG_SENTENCES:
            return None
        return 3.1291 + 1.043 * math.sqrt(
            self.polysyllables * SMOG_SENTENCES / self.sentences
        )


def score(sentences: Iterable[str]) -> Score:
    """Count sentences that were split already: see ``articles.sentences``."""
    number = total = syllables = long = 0
    for sentence in sentences:
        counts = [count_syllables(word) for word in words(sentence)]
        number += 1
        total += len(counts)
        syllables += sum(counts)
        long += sum(count >= POLYSYLLABLE for count in counts)
    return Score(number, total, syllables, long)


def hardest(sentences: Iterable[str], most: int = 5) -> list[str]:
    """Return the sentences with the highest grades, hardest first."""
    return sorted(sentences, key=lambda each: -score([each]).grade)[:most]
