"""``manage.py housekeeping``: the timed work of the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.housekeeping import keep_house
from directory.one_run import AlreadyRunningError


class Command(BaseCommand):
    """Once a day; more often does no harm."""

    help = "Send reminders, delete what is not kept, ask external links that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what each part did; the exit code says whether one failed."""
        try:
            run = keep_house()
        except AlreadyRunningError:
            self.stdout.write("Another run is at work; nothing was done.")
            return
        for outcome in run.outcomes.all():
            mark = "FAILED  " if outcome.has_failed else ""
            self.stdout.write(f"{mark}{outcome}")
        if failures := run.failures:
            parts = ", ".join(each.part for each in failures)
            raise CommandError(f"Housekeeping: {parts} failed; the rest is done.")
