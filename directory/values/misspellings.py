"""What somebody may have meant who typed a name with one letter wrong."""

from collections.abc import Iterator
from string import ascii_lowercase

SHORTEST = 4  # letters: shorter names are all like each other
LONGEST = 20


def one_letter_off(word: str) -> Iterator[str]:
    """Yield a word with a letter more, less or changed, or with two exchanged.

    Some may come twice, or be the word itself. The first letter is taken to be right.
    """
    for at in range(1, len(word) + 1):
        before, behind = word[:at], word[at:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            if behind:
                yield before + letter + behind[1:]
        if behind:
            yield before + behind[1:]
            yield before + behind[1:2] + behind[0] + behind[2:]


def meant_by(words: list[str]) -> Iterator[list[str]]:
    """Yield the words with one of them meant otherwise, or with two as one.

    Mc Donald is McDonald elsewhere; the other way the index of other last names finds.
    """
    for at in range(1, len(words)):
        yield [*words[: at - 1], words[at - 1] + words[at], *words[at + 1 :]]
    for at, word in enumerate(words):
        if SHORTEST <= len(word) <= LONGEST and word.isalpha():
            for other in one_letter_off(word):
                if other != word:
                    yield [*words[:at], other, *words[at + 1 :]]
