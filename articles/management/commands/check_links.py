"""Ask the external links of guides whether they still answer."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.external_links.queue import (
    DUE_DAYS,
    SECONDS_BETWEEN,
    NothingReachedError,
    asking,
    check_due,
)
from directory.one_run import AlreadyRunningError


def seconds(value: str) -> float:
    """Return a pause that other people's servers can live with."""
    gap = float(value)
    if not 1 <= gap <= 3600:
        raise ArgumentTypeError("a pause lasts from 1 to 3600 seconds")
    return gap


def whole(value: str) -> int:
    """Return a number of links, or of days: a calendar ends at the year 1."""
    number = int(value)
    if not 1 <= number <= 100_000:
        raise ArgumentTypeError("give a number from 1 to 100000")
    return number


class Command(BaseCommand):
    """``manage.py check_links``."""

    help = "Ask the external links that are due; stop and start it as you like."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare how much is asked and how often."""
        parser.add_argument("--limit", type=whole, help="links to ask; default all")
        parser.add_argument(
            "--due-days",
            type=whole,
            default=DUE_DAYS,
            help="ask again after so many days",
        )
        parser.add_argument(
            "--gap",
            type=seconds,
            default=SECONDS_BETWEEN,
            help="seconds between asking one host",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the check and print what it found."""
        try:
            summary = check_due(
                ask=asking(options["gap"]),
                clock=timezone.now,
                days=options["due_days"],
                limit=options["limit"],
            )
        except AlreadyRunningError:
            self.stdout.write("Another run is at work; nothing was asked.")
            return
        except NothingReachedError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(summary))
