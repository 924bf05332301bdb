"""``manage.py import_directory``: load published files into the directory."""

import json
import re
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from directory.imports.directory_import import Wanted, import_directory
from directory.imports.progress import Progress
from directory.imports.report import ImportRefusedError, Report
from directory.models import SourceRelease

FILES = {
    "doctors": "CMS Doctors and Clinicians, DAC_NationalDownloadableFile.csv",
    "affiliations": "CMS Facility_Affiliation.csv",
    "hospitals": "CMS Hospital_General_Information.csv",
    "nppes": "NPPES npidata_pfile_….csv",
    "systems": "AHRQ Compendium, hospital linkage file",
    "taxonomy": "NUCC taxonomy CSV, for whoever has a licence",
}

# A month that there is not would count as newer than all others of its year.
RELEASE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")


class Command(BaseCommand):
    """Parse the arguments and print the reports."""

    help = "Load published files, each also .zip or .gz, each alone or together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare one option a file, and how to go about it."""
        for name, text in FILES.items():
            parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=text)
        parser.add_argument(
            "--release",
            default=f"{timezone.localdate():%Y-%m}",
            help="as CMS names it: 2026-02 (default: this month)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="report, and change nothing"
        )
        parser.add_argument(
            "--accept-census",
            action="store_true",
            help="load a release that does not look like the last one",
        )
        parser.add_argument(
            "--demo",
            action="store_true",
            help="mark everybody as made up: for sample files",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, then report."""
        files = {name: options[name] for name in FILES if options[name]}
        if not files:
            wanted = ", ".join(f"--{name}" for name in FILES)
            raise CommandError(f"Name at least one file: {wanted}.")
        if RELEASE.fullmatch(options["release"]) is None:
            raise CommandError(
                f"{options['release']!r} is no release: write it as 2026-02 or 2026."
            )
        done: dict[str, Report] = {}
        try:
            import_directory(
                Wanted(
                    files={SourceRelease.Dataset(name): files[name] for name in files},
                    version=options["release"],
                    is_demo=options["demo"],
                    is_dry_run=options["dry_run"],
                    accepts_census=options["accept_census"],
                    progress=Progress(self.stderr.write),
                    tell=done.__setitem__,
                )
            )
        except ImportRefusedError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            stopped = ", ".join(f"--{name}" for name in files if name not in done)
            if stopped:
                self.stderr.write(f"It was stopped. Nothing of {stopped} was loaded.")
            raise
        finally:  # those before the one that was refused too
            self.print_reports(done, options["format"])

    def print_reports(self, reports: Mapping[str, Report], form: str) -> None:
        """Print what became of each file."""
        if form == "json":
            found = {name: report.as_json() for name, report in reports.items()}
            self.stdout.write(json.dumps(found, indent=2))
        else:
            for report in reports.values():
                self.stdout.write(str(report))
