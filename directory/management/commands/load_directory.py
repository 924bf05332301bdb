"""Load what every directory needs: specializations and hospitals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.imports import hospitals, specializations
from directory.imports.report import ImportRefusedError


class Command(BaseCommand):
    """Print a report for each dataset; a second run has nothing to do."""

    help = "Load the specializations and the hospitals that lie in directory/data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load both, specializations first."""
        try:
            self.stdout.write(str(specializations.load()))
            self.stdout.write(str(hospitals.load()))
        except ImportRefusedError as error:
            raise CommandError(str(error)) from error
