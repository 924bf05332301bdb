"""The content rules asked about a folder of Markdown files; no database."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings

from articles import checks
from articles.checking import digest_of
from articles.checks.rule import Facts, People, Person, SourceFact
from articles.checks.verdict import Look, Verdict, judge
from articles.front_matter import ArticleFile, FrontMatterError, parse, read_rows
from articles.markdown import render


class UnreadableFileError(Exception):
    """A file is none of ours; the message names it."""


def check_folder(
    folder: Path, *, today: datetime.date
) -> Iterator[tuple[str, Verdict]]:
    """Yield (name, verdict) for each ``*.md``; raises UnreadableFileError.

    People and sources come from the lists beside the files. Where a name is not in
    them, and for links, which need the database, the rules are left out.
    """
    people = _rows(folder / "contributors.yaml", "slug")
    sources = _rows(folder / "sources.yaml", "key")
    for path in sorted(folder.glob("*.md")):
        try:
            file = parse(path.read_text(encoding="utf-8"))
            yield path.stem, _check(file, people, sources, today)
        except (FrontMatterError, UnicodeDecodeError) as error:
            raise UnreadableFileError(f"{path.name}: {error}") from error


def _rows(path: Path, key: str) -> dict[str, dict[str, Any]]:
    try:
        return {row[key]: row for row in read_rows(path, key)}
    except FrontMatterError as error:
        raise UnreadableFileError(str(error)) from error


def _check(
    file: ArticleFile,
    people: dict[str, dict[str, Any]],
    sources: dict[str, dict[str, Any]],
    today: datetime.date,
) -> Verdict:
    named = [name for name in (file.author, file.reviewer) if name]
    facts = Facts(
        sources=[SourceFact(key, sources[key].get("year")) for key in file.sources]
        if set(file.sources) <= set(sources)
        else None,
        people=People(_person(people, file.author), _person(people, file.reviewer))
        if set(named) <= set(people)
        else None,
        today=today,
    )
    report = checks.run(
        render(file.body),
        title=file.title,
        description=file.description,
        is_health=file.kind == "health",
        facts=facts,
        off=settings.CONTENT_RULES_OFF,
    )
    for place, each in enumerate(report.findings):
        if each.line:  # counted from the top of the file, as its editor does
            report.findings[place] = replace(each, line=each.line + file.head_lines)
    looks = {rule: Look(reason) for rule, reason in file.checked.items()}
    return judge(report, digest_of(file.title, file.description, file.body), looks)


def _person(people: dict[str, dict[str, Any]], name: str) -> Person | None:
    if not name:
        return None
    row = people[name]
    return Person(
        row.get("name", name),
        row.get("credential", ""),
        row.get("conflicts_of_interest", ""),
    )
