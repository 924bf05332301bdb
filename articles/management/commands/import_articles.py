"""Load guides from a folder of Markdown files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.importing import ImportArticlesError, import_folder


class Command(BaseCommand):
    """``manage.py import_articles FOLDER``."""

    help = "Store every Markdown file of a folder, publish what is signed off."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder and the demonstration mark."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--demo", action="store_true", help="mark new guides as demonstration"
        )

        parser.add_argument(
            "--signed-off",
            action="store_true",
            help="record the reviews that the files name: you vouch for them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print what it did."""
        today = timezone.localdate()
        try:
            report = import_folder(
                options["folder"],
                is_demo=options["demo"],
                is_signed_off=options["signed_off"],
                on=today,
            )
        except ImportArticlesError as error:
            raise CommandError(str(error)) from error
        for notice in report.to_look_at:
            self.stdout.write(notice)
        self.stdout.write(
            f"{len(report.created)} created, {len(report.updated)} updated, "
            f"{len(report.unchanged)} unchanged"
        )
        for line in report.lines():
            self.stdout.write(line)
