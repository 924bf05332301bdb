"""Running text as plain words: for search, contents lists, names of links."""

from collections.abc import Iterable

from markdown_it.token import Token

BREAKS = {"softbreak", "hardbreak"}
WORDS_A_MINUTE = 200


def plain(tokens: Iterable[Token] | None) -> str:
    """Return the words of inline tokens, in one line, without marks of notes."""
    parts: list[str] = []
    _collect(tokens, parts)
    return " ".join("".join(parts).split())


def _collect(tokens: Iterable[Token] | None, parts: list[str]) -> None:
    for token in tokens or ():
        if token.type in BREAKS or token.type == "figcaption_open":
            parts.append(" ")
        elif token.type == "image":
            _collect(token.children, parts)
        else:
            parts.append(token.content)


def whole_text(tokens: Iterable[Token]) -> str:
    """Return all words of a text for search, a line for each paragraph or cell."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline":
            lines.append(plain(token.children))
        elif token.type in {"fence", "code_block"}:
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)


def reading_minutes(text: str) -> int:
    """Return how long reading takes at 200 words a minute, at least one minute."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


def line_of(token: Token) -> int:
    """Return the line, from 1, on which a block begins."""
    return token.map[0] + 1 if token.map else 1
