"""Markdown files with YAML front matter, as editors and other tools write them."""

import datetime
from dataclasses import dataclass, field
from typing import Any

import yaml

from articles.checks import RULES
from articles.markdown import MAX_SOURCE_BYTES

FENCE = "---\n"
KINDS = ("health", "page")
LONGEST = {"title": 120, "description": 300}
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
    "checked",
)
LONGEST_REASON = 300
TYPES: dict[str, type] = {"checked": dict, "sources": list, "topics": list}


class FrontMatterError(ValueError):
    """A file's head cannot be read; the message says which line or field."""


@dataclass(frozen=True)
class ArticleFile:
    """One file: what its front matter says and the Markdown below it.

    ``checked`` gives for content rules that found something why that may stay.
    """

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
    checked: dict[str, str] = field(default_factory=dict)


def parse(text: str) -> ArticleFile:
    """Read a whole file; raises FrontMatterError."""
    if "\0" in text:
        raise FrontMatterError("The file holds a NUL character")
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
    body = body.removeprefix("\n")
    if len(body.encode()) > MAX_SOURCE_BYTES:
        raise FrontMatterError(
            f"The text has {len(body.encode()):,} bytes, at most {MAX_SOURCE_BYTES:,} "
            "can be stored. Split it into two guides that link to each other"
        )
    return ArticleFile(body=body, **values)


def _check(values: dict[str, Any]) -> None:
    """Raise FrontMatterError for what is missing, unknown, mistyped or too long."""
    for name in REQUIRED:
        if not values.get(name):
            raise FrontMatterError(f"The field {name} is missing")
    for name, value in values.items():
        if name not in KNOWN:
            raise FrontMatterError(f"The field {name} is not known")
        _check_type(name, value)
    for name, longest in LONGEST.items():
        if len(values.get(name, "")) > longest:
            raise FrontMatterError(
                f"The field {name} has more than {longest} characters"
            )
    if values["kind"] not in KINDS:
        raise FrontMatterError(f"The field kind is one of {', '.join(KINDS)}")


def _check_type(name: str, value: Any) -> None:
    expected = datetime.date if name.endswith("_on") else TYPES.get(name, str)
    fits: bool = type(value) is expected
    if not fits:
        raise FrontMatterError(
            f"The field {name} should be a {expected.__name__}: {value!r}"
        )
    if expected is list and any(not isinstance(each, str) for each in list(value)):
        raise FrontMatterError(f"The field {name} lists something else than names")
    if name == "checked":
        _check_reasons(value)


def _check_reasons(reasons: dict[Any, Any]) -> None:
    for rule, reason in reasons.items():
        if rule not in RULES:
            raise FrontMatterError(f"The field checked names no rule: {rule!r}")
        if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
            raise FrontMatterError(
                f"The field checked says for {rule} why it may stay, in at most "
                f"{LONGEST_REASON} characters"
            )
