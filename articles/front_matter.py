"""Markdown files with YAML front matter, as editors and other tools write them."""

import datetime
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

from articles.checks import RULES
from articles.markdown import SourceTooLong, refuse_too_long

FENCE = "---\n"
KINDS = ("health", "page")
LONGEST = {"title": 120, "description": 300, "reviewed_part": 200}
REQUIRED = ("title", "kind")
LONGEST_REASON = 300
MOST_MONTHS = 60  # until the next review
TYPES: dict[str, type] = {
    "checked": dict,
    "review_months": int,
    "sources": list,
    "topics": list,
}
IN_WORDS = {
    datetime.date: "a date such as 2026-05-31",
    dict: "a list of rules, each with its reason",
    int: "a number",
    list: "a list of names",
    str: "words; put them in quotation marks",
}


class FrontMatterError(ValueError):
    """A file's head cannot be read; the message says which line or field."""


# A NUL and halves of surrogate pairs. YAML refuses those that stand there, and takes
# those that are escaped.
NOT_STORED = re.compile("[\0\ud800-\udfff]")


class _Loader(yaml.SafeLoader):
    """Reads no character that the database refuses."""

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> Any:
        """Return what one value says."""
        value = super().construct_scalar(node)
        if isinstance(value, str) and (found := NOT_STORED.search(value)):
            problem = f"a character that cannot be stored, {found[0]!r}: leave it out"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return value


def _load(text: str) -> Any:
    """Read YAML; raises FrontMatterError, which says where."""
    try:
        return yaml.load(text, _Loader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: February 30
        raise FrontMatterError(str(error)) from error


@dataclass(frozen=True)
class ArticleFile:
    """One file: what its front matter says and the Markdown below it.

    ``checked`` gives for content rules that found something why that may stay;
    ``review_months`` is 0 where the file leaves it to the site; ``reviewed_part`` says
    what was reviewed where that is not the whole text.
    ``head_lines`` stand in the file before the body.
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
    reviewed_part: str = ""
    review_months: int = 0
    sources: list[str] = field(default_factory=list)
    checked: dict[str, str] = field(default_factory=dict)
    head_lines: int = 0


# What the front matter may say.
KNOWN = {each.name for each in fields(ArticleFile)} - {"body", "head_lines"}


def parse(text: str) -> ArticleFile:
    """Read a whole file; raises FrontMatterError."""
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise FrontMatterError("The file holds a NUL character")
    head, separator, body = text.partition(FENCE)[2].partition("\n" + FENCE)
    if not text.startswith(FENCE) or not separator:
        raise FrontMatterError("The file does not begin with a block between --- lines")
    try:
        values = _load(FENCE + head)
    except FrontMatterError as error:
        raise FrontMatterError(f"The front matter cannot be read: {error}") from error
    if not isinstance(values, dict):
        raise FrontMatterError("The front matter holds no fields")
    values = _filled(values)
    if isinstance(title := values.get("title"), str):
        values["title"] = title.strip()  # a block of YAML ends with its line
    _check(values)
    body = body.removeprefix("\n")
    try:
        refuse_too_long(body)
    except SourceTooLong as error:
        raise FrontMatterError(str(error)) from error
    head_lines = text.removesuffix(body).count("\n")
    return ArticleFile(body=body, head_lines=head_lines, **values)


def read_rows(path: Path, key: str) -> list[dict[str, Any]]:
    """Read a list that stands beside the files: none without it, each with its key.

    Raises FrontMatterError, which names the list.
    """
    if not path.exists():
        return []
    try:
        rows = _load(path.read_text(encoding="utf-8")) or []
    except (FrontMatterError, UnicodeDecodeError) as error:
        raise FrontMatterError(f"{path.name}: {error}") from error
    if not isinstance(rows, list):
        raise FrontMatterError(f"{path.name}: This is no list. Begin with “- {key}: ”")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not isinstance(row.get(key), str):
            raise FrontMatterError(
                f"{path.name}: Entry {number} does not say its {key}. Begin it with "
                f"“- {key}: ”"
            )
    return [_filled(row) for row in rows]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out fields that stand there without a value."""
    return {name: value for name, value in values.items() if value is not None}


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
    if not 1 <= values.get("review_months", 1) <= MOST_MONTHS:
        raise FrontMatterError(f"The field review_months is from 1 to {MOST_MONTHS}")


def _check_type(name: str, value: Any) -> None:
    expected = datetime.date if name.endswith("_on") else TYPES.get(name, str)
    fits: bool = type(value) is expected
    if not fits:
        raise FrontMatterError(
            f"The field {name} should be {IN_WORDS[expected]}: {value!r}"
        )
    if expected is list:
        _check_names(name, value)
    if name == "checked":
        _check_reasons(value)


def _check_names(field_name: str, names: list[Any]) -> None:
    if any(not isinstance(each, str) for each in names):
        raise FrontMatterError(
            f"The field {field_name} lists something else than names"
        )
    for place, each in enumerate(names):
        if each in names[:place]:
            raise FrontMatterError(f"The field {field_name} names {each} twice")


def _check_reasons(reasons: dict[Any, Any]) -> None:
    for rule, reason in reasons.items():
        if rule not in RULES:
            raise FrontMatterError(f"The field checked names no rule: {rule!r}")
        if not isinstance(reason, str) or len(reason) > LONGEST_REASON:
            raise FrontMatterError(
                f"The field checked says for {rule} why it may stay, in at most "
                f"{LONGEST_REASON} characters"
            )
