"""What rendering a text gives: plain values, lines and columns counted from 1."""

from dataclasses import dataclass, field

from markdown_it.token import Token


class SourceTooLong(ValueError):  # noqa: N818 a name that says it
    """A text is above the cap."""


@dataclass(frozen=True)
class Reference:
    """One cross-link; ``position`` is its placeholder's number, in document order."""

    position: int
    kind: str
    key: str
    text: str
    line: int
    column: int


@dataclass(frozen=True)
class ExternalLink:
    """One link to another site; the same address may come several times."""

    url: str
    text: str
    line: int


@dataclass(frozen=True)
class Heading:
    """An entry of the contents list: a heading of level 2 or 3."""

    id: str
    text: str
    level: int


@dataclass(frozen=True)
class Problem:
    """What is malformed and what to do about it, in words for an editor."""

    line: int
    column: int
    message: str
    code: str = ""


@dataclass(frozen=True)
class Rendered:
    """Everything that one parse gives.

    ``html`` is sanitized; a cross-link stands in it as
    ``<a data-crosslink="N">text</a>`` with no other attribute. ``tokens`` are what was
    written to HTML, for the checks; nothing may change them.
    """

    html: str
    contents: list[Heading]
    text: str
    reading_minutes: int
    references: list[Reference]
    external_links: list[ExternalLink]
    problems: list[Problem]
    tokens: list[Token] = field(repr=False, compare=False)
