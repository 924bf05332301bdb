"""Load what every directory needs: ZIP codes, specializations and hospitals."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.imports import hospitals, specializations, zip_codes
from directory.imports.report import ImportRefusedError


class Command(BaseCommand):
    """Print a report for each dataset; a second run has nothing to do."""

    help = "Load the ZIP codes, specializations and hospitals of directory/data."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them in the order in which they build on each other."""
        try:
            self.stdout.write(str(zip_codes.load()))
            self.stdout.write(str(specializations.load()))
            self.stdout.write(str(hospitals.load()))
        except ImportRefusedError as error:
            raise CommandError(str(error)) from error
