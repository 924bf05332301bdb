"""Write a made-up directory in the format of the published files."""

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from directory.sample.clinicians import LARGEST_NUMBER
from directory.sample.damage import Mishap, spoil_folder
from directory.sample.files import Sample, write_sample
from directory.sample.layouts import Drift
from directory.sample.releases import numbers_for


class Command(BaseCommand):
    """Print what was written and how fast."""

    help = "Write the three CMS files with fictional clinicians at real hospitals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare size, seed, folder and variants."""
        parser.add_argument("--practitioners", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
        parser.add_argument(
            "--release",
            type=int,
            default=1,
            help="2, 3, ... are the next months of the same seed: some people leave, "
            "come, move or change",
        )
        parser.add_argument(
            "--drift",
            type=Drift,
            default=Drift.NONE,
            choices=list(Drift),
            help="other column names: those of CMS's interface, or older ones with "
            "hospital links in the doctors' rows",
        )
        parser.add_argument(
            "--damage",
            type=Mishap,
            choices=list(Mishap),
            help="spoil all three files as real ones have been seen spoilt",
        )
        parser.add_argument("--processes", type=int, default=os.cpu_count())

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the files, the same for the same arguments."""
        people = options["practitioners"]
        if people < 1 or numbers_for(max(people, 1)) > LARGEST_NUMBER:
            raise CommandError(
                "--practitioners must be between 1 and 9,600,000: NPIs that begin "
                "with 99 end there."
            )
        if options["release"] < 1 or options["processes"] < 1:
            raise CommandError("--release and --processes begin at 1.")
        started = time.perf_counter()
        sample = Sample(people, options["seed"], options["release"], options["drift"])
        try:
            options["out"].mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{options['out']}: {error.strerror}") from error
        written = write_sample(sample, options["out"], options["processes"])
        if options["damage"]:
            spoil_folder(options["out"], options["damage"])
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"{written.practitioners:,} clinicians: "
            f"{written.doctor_rows:,} doctor rows, "
            f"{written.affiliation_rows:,} affiliation rows, "
            f"{written.hospital_rows:,} hospitals in {options['out']} "
            f"({seconds:.1f} s, {written.practitioners / seconds:,.0f} a second)"
        )
