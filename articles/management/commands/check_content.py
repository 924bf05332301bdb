"""Ask the content rules about stored texts or folders of files."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.checking import check_stored
from articles.checking_files import UnreadableFileError, check_folder
from articles.checks import Severity
from articles.checks.verdict import Group, Verdict
from articles.models import Article


class Command(BaseCommand):
    """``manage.py check_content [FOLDER … SLUG …] [--format json]``."""

    help = "Ask the content rules about stored texts, or about folders of files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is checked and how the answer is written."""
        parser.add_argument(
            "what",
            nargs="*",
            help="folders of Markdown files, or short names of stored guides; "
            "without any, the newest text of every guide and page",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings; end with 1 when one of them blocks publishing."""
        try:
            verdicts = list(self._verdicts(options["what"]))
        except UnreadableFileError as error:
            raise CommandError(str(error)) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps([_as_json(*each) for each in verdicts]))
        else:
            self._print(verdicts)
        if any(verdict.blocking for _, verdict in verdicts):
            raise SystemExit(1)

    def _verdicts(self, what: list[str]) -> Iterator[tuple[str, Verdict]]:
        today = timezone.localdate()
        folders = [name for name in what if Path(name).is_dir()]
        for name in folders:
            yield from check_folder(Path(name), today=today)
        slugs = [name for name in what if name not in folders]
        articles = Article.objects.filter(slug__in=slugs) if what else Article.objects
        found = {article.slug: article for article in articles.order_by("slug")}
        if missing := [slug for slug in slugs if slug not in found]:
            raise CommandError(f"No folder and no guide is called {missing[0]}")
        for slug, article in found.items():
            revision = article.latest_revision()
            if revision is not None:
                yield slug, check_stored(revision, today=today)

    def _print(self, verdicts: list[tuple[str, Verdict]]) -> None:
        total = dict.fromkeys(Severity, 0)
        left_out: dict[str, None] = {}
        for name, verdict in verdicts:
            left_out |= dict.fromkeys(verdict.left_out)
            if verdict.groups:
                self.stdout.write(f"{name}")
            for group in verdict.groups:
                self._print_group(group)
            for severity, count in verdict.counts().items():
                total[severity] += count
        self.stdout.write(
            f"{len(verdicts)} checked: {total[Severity.BLOCKS]} block publishing, "
            f"{total[Severity.WARNS]} to look at, {total[Severity.INFORMS]} to know"
        )
        if left_out:
            self.stdout.write(f"Not asked here: {', '.join(left_out)}")

    def _print_group(self, group: Group) -> None:
        look = group.look
        settled = f" (looked at: {look.reason or 'yes'})" if look else ""
        for finding in group.findings:
            self.stdout.write(
                f"  {finding.severity} {finding.rule}{settled}  {finding}"
            )


def _as_json(name: str, verdict: Verdict) -> dict[str, Any]:
    return {
        "name": name,
        "publishable": not verdict.blocking,
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "line": finding.line,
                "passage": finding.passage,
                "message": finding.message,
                "looked_at": group.look is not None,
            }
            for group in verdict.groups
            for finding in group.findings
        ],
        "not_asked": verdict.left_out,
    }
