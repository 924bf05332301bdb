"""Whether somebody with what was typed into the search may need help at once.

Better once too often than once too little: the page says "if it is happening now".
"""

from articles.checks.word_lists import lines
from directory.values.sort_keys import sort_key


def says_one_of(name: str, words: str) -> bool:
    """Return whether the words hold a line of a list: all its words, in any order.

    A line after "=" is nothing but itself: "stroke", and not "stroke recovery".
    """
    typed = sort_key(words)
    alone = typed.split()
    return any(
        line[1:] == typed if line.startswith("=") else set(line.split()).issubset(alone)
        for line in lines(name)
    )
