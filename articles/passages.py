"""The passages of a rendered text, so that a comment can say which one it means."""

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
