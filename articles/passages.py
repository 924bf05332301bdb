"""Passages and blocks of a rendered text: a comment says which passage it means."""

import re
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption"})
SPACE = re.compile(r"\s+")


class _PassageParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.passages: list[str] = []
        self.words: list[str] = []

    def end_passage(self) -> None:
        """Keep the words since the last block began or ended."""
        words = SPACE.sub(" ", "".join(self.words)).strip()
        if words:
            self.passages.append(words)
        self.words = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in BLOCKS:
            self.end_passage()

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_passage()

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def passages_of(html: str) -> list[str]:
    """Return the words of each paragraph, heading, list item and cell, in order."""
    parser = _PassageParser()
    parser.feed(html)
    parser.close()
    parser.end_passage()
    return parser.passages


class _BlockParser(HTMLParser):
    VOID = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ends: list[int] = []
        self.depth = 0
        self.html = html
        self.lines = [0, *(found.end() for found in re.finditer("\n", html))]

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag not in self.VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag not in self.VOID
        if self.depth == 0 and tag not in self.VOID:
            line, column = self.getpos()
            end = self.html.index(">", self.lines[line - 1] + column)
            self.ends.append(end + 1)


def block_ends(html: str) -> list[int]:
    """Return where each outermost element of well-formed HTML ends."""
    parser = _BlockParser(html)
    parser.feed(html)
    parser.close()
    return parser.ends
