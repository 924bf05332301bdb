"""``manage.py remove_demo``: take all made-up people and texts away."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.importing import remove_demo
from directory.imports import demo


class Command(BaseCommand):
    """Hospitals, specializations, trust pages and everything of yours stay."""

    help = "Remove the demonstration's guides, contributors and doctors."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:
        """Texts first: they link to doctors."""
        for name, number in (remove_demo() | demo.remove()).items():
            self.stdout.write(f"{number} {name} removed")
