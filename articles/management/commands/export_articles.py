"""Write the public guides to a folder of Markdown files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from articles.exporting import export_folder, left_over
from articles.models import Article


class Command(BaseCommand):
    """``manage.py export_articles FOLDER [--kind page] [--prune]``."""

    help = "Write public guides, with their people and sources, as Markdown files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the folder and what goes there."""
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--kind", choices=Article.Kind.values, default=Article.Kind.HEALTH
        )
        parser.add_argument(
            "--prune",
            action="store_true",
            help="delete files of guides that were renamed, withdrawn or deleted, "
            "and drafts that stand there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write and count."""
        folder, kind = options["folder"], options["kind"]
        try:
            names = export_folder(folder, kind=kind)
            others = left_over(folder, kind=kind, written=names)
            if options["prune"]:
                for path in others:
                    path.unlink()
        except OSError as error:
            raise CommandError(f"{folder}: {error.strerror}") from error
        self.stdout.write(f"{len(names)} files written to {folder}")
        texts = Article.objects.filter(kind=kind)
        hidden = texts.count() - texts.published().count()
        if hidden:
            plural = pluralize(hidden)
            self.stdout.write(f"Not written, since not public: {hidden:,} text{plural}")
        if others:
            listed = ", ".join(path.name for path in others)
            self.stdout.write(
                f"Deleted, since no public text is there: {listed}"
                if options["prune"]
                else "No public text is at the address of these files, which were "
                f"there before; --prune deletes them: {listed}"
            )
