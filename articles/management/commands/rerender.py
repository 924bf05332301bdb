"""Render stored texts again after the renderer changed."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.rerendering import outdated, rerender_outdated


class Command(BaseCommand):
    """``manage.py rerender``: may be stopped and started again."""

    help = "Render every text again whose HTML an older renderer made."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how far it is."""
        total = outdated().count()
        for done, revision in enumerate(rerender_outdated(), start=1):
            self.stdout.write(f"{done:,} of {total:,}: {revision}")
        self.stdout.write(f"{total:,} texts rendered again")
