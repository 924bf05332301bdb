"""Write the public guides to a folder of Markdown files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.exporting import export_folder
from articles.models import Article


class Command(BaseCommand):
    """``manage.py export_articles FOLDER [--kind page]``."""

    help = "Write public guides, with their people and sources, as Markdown files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder and what goes there."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--kind", choices=Article.Kind.values, default=Article.Kind.HEALTH
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and count."""
        try:
            names = export_folder(options["folder"], kind=options["kind"])
        except OSError as error:
            raise CommandError(f"{options['folder']}: {error.strerror}") from error
        self.stdout.write(f"{len(names)} files written to {options['folder']}")
