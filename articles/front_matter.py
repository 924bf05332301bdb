"""Markdown files with YAML front matter, as editors and other tools write them."""

import datetime
from dataclasses import dataclass, field
from typing import Any

import yaml

FENCE = "---\n"
REQUIRED = ("title", "kind")
KNOWN = (
    *REQUIRED,
    "description",
    "topics",
    "author",
    "reviewer",
    "published_on",
    "updated_on",
    "reviewed_on",
    "sources",
)


class FrontMatterError(ValueError):
    """A file's head cannot be read; the message says which line or field."""


@dataclass(frozen=True)
class ArticleFile:
    """One file: what its front matter says and the Markdown below it."""

    title: str
    kind: str
    body: str
    description: str = ""
    topics: list[str] = field(default_factory=list)
    author: str = ""
    reviewer: str = ""
    published_on: datetime.date | None = None
    updated_on: datetime.date | None = None
    reviewed_on: datetime.date | None = None
    sources: list[str] = field(default_factory=list)


def parse(text: str) -> ArticleFile:
    """Read a whole file; raises FrontMatterError."""
    head, separator, body = (
        text.removeprefix("\ufeff").partition(FENCE)[2].partition("\n" + FENCE)
    )
    if not text.startswith(FENCE) or not separator:
        raise FrontMatterError("The file does not begin with a block between --- lines")
    try:
        values = yaml.safe_load(head)
    except yaml.YAMLError as error:
        raise FrontMatterError(f"The front matter is not YAML: {error}") from error
    if not isinstance(values, dict):
        raise FrontMatterError("The front matter holds no fields")
    _check(values)
    return ArticleFile(body=body.removeprefix("\n"), **values)


def _check(values: dict[str, Any]) -> None:
    """Raise FrontMatterError for a missing, unknown or mistyped field."""
    for name in REQUIRED:
        if not values.get(name):
            raise FrontMatterError(f"The field {name} is missing")
    for name, value in values.items():
        if name not in KNOWN:
            raise FrontMatterError(f"The field {name} is not known")
        expected: type = str
        if name.endswith("_on"):
            expected = datetime.date
        elif name in {"topics", "sources"}:
            expected = list
        if type(value) is not expected:
            raise FrontMatterError(
                f"The field {name} should be a {expected.__name__}: {value!r}"
            )
