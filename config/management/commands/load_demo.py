"""``manage.py load_demo``: the demonstration's guides, pages and doctors."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from articles.importing import ImportArticlesError, import_folder
from directory.imports import demo, hospitals, specializations, zip_codes
from directory.imports.report import ImportRefusedError

MOST_DOCTORS = 1_000_000


class Command(BaseCommand):
    """Load what a newcomer looks at; quick and without effect the second time."""

    help = "Load the demonstration content; remove_demo takes it away again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the size."""
        parser.add_argument(
            "--doctors",
            type=int,
            default=demo.PEOPLE,
            help=f"how many are made up (default {demo.PEOPLE:,})",
        )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        """Directory first: guides link to it. All or nothing."""
        if not 1 <= options["doctors"] <= MOST_DOCTORS:
            raise CommandError(f"--doctors must be between 1 and {MOST_DOCTORS:,}.")
        articles = settings.BASE_DIR / "articles"
        today = timezone.localdate()
        try:
            for report in (
                zip_codes.load(),
                specializations.load(),
                hospitals.load(),
                *demo.load(options["doctors"]),
            ):
                self.stdout.write(str(report))
            guides = import_folder(articles / "guides", is_demo=True, on=today)
            pages = import_folder(articles / "pages", is_demo=False, on=today)
        except (ImportArticlesError, ImportRefusedError) as error:
            raise CommandError(str(error)) from error
        loaded = len(guides.created + guides.updated + pages.created + pages.updated)
        self.stdout.write(f"{loaded} guides and pages loaded")
        for line in guides.lines() + pages.lines():
            self.stdout.write(line)
