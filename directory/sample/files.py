"""Write the three files of a sample, by as many processes as asked for.

Each part of the files follows from its numbers alone, so the number of processes never
shows in the result; at most a few parts are in memory at once.
"""

import csv
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path

from directory.data_files import HOSPITAL_LIST
from directory.sample.clinicians import Clinician, clinician, npis
from directory.sample.groups import Practices
from directory.sample.jobs import jobs_of, seat_of
from directory.sample.layouts import (
    AFFILIATIONS,
    DOCTORS,
    HOSPITALS,
    LAYOUTS,
    Drift,
    Layout,
)
from directory.sample.links import links_of
from directory.sample.plan import Plan
from directory.sample.releases import is_in, numbers_for
from directory.sample.rows import DoctorRows, affiliation_rows
from directory.sample.towns import country_of

PART = 1000  # clinicians; the files do not depend on it
AHEAD = 2  # parts that wait for each process


@dataclass(frozen=True)
class Sample:
    """What the files follow from."""

    practitioners: int
    seed: int
    release: int = 1
    drift: Drift = Drift.NONE
    hospitals: Path = HOSPITAL_LIST


@dataclass
class Written:
    """What was written: rows without headers."""

    practitioners: int = 0
    doctor_rows: int = 0
    affiliation_rows: int = 0
    hospital_rows: int = 0


@dataclass(frozen=True)
class Part:
    """Rows of some clinicians, ready to write."""

    doctors: bytes
    affiliations: bytes
    practitioners: int
    doctor_rows: int
    affiliation_rows: int


class Maker:
    """Makes parts of a sample."""

    def __init__(self, sample: Sample) -> None:
        self.plan = Plan(
            country_of(sample.hospitals),
            sample.practitioners,
            sample.seed,
            sample.release,
        )
        self.practices = Practices(self.plan)
        self.rows = DoctorRows(LAYOUTS[sample.drift])

    def part(self, start: int) -> Part:
        """Return the rows of the clinicians from a number on."""
        end = min(start + PART, self.plan.numbers)
        doctors: list[str] = []
        affiliations: list[str] = []
        people = 0
        for number, npi in zip(range(start, end), npis(start, end), strict=True):
            if is_in(number, self.plan.release):
                people += 1
                one = self.clinician(number, npi)
                seat = seat_of(self.practices, number)
                links = links_of(self.practices, one, seat)
                jobs = jobs_of(self.practices, one, seat)
                doctors += self.rows.doctor_rows(one, jobs, links)
                affiliations += affiliation_rows(one, links)
        return Part(
            "".join(doctors).encode(),
            "".join(affiliations).encode(),
            people,
            len(doctors),
            len(affiliations),
        )

    def clinician(self, number: int, npi: str) -> Clinician:
        """Return a clinician, who began in the group of their first release."""
        plan = self.plan
        home = plan.home_of(number)
        town, group = plan.town_of(home), plan.group_of(home)
        is_solo = plan.is_solo(group, town)
        family = "" if is_solo else self.practices.group(group, town).family
        chooser = self.practices.choosers[plan.towns[town].is_large]
        return clinician(plan.seed, number, npi, family, chooser, plan.release)


@lru_cache(1)
def maker_of(sample: Sample) -> Maker:
    """Return the maker of a sample, once in each process."""
    return Maker(sample)


def make_part(sample: Sample, start: int) -> Part:
    """Return a part; runs in any process."""
    return maker_of(sample).part(start)


def parts_of(sample: Sample, processes: int) -> Iterator[Part]:
    """Yield all parts in order."""
    starts = range(0, numbers_for(sample.practitioners), PART)
    if processes == 1:
        yield from (make_part(sample, start) for start in starts)
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        waiting: deque[Future[Part]] = deque()
        for start in starts:
            waiting.append(pool.submit(make_part, sample, start))
            if len(waiting) > AHEAD * processes:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def write_sample(sample: Sample, folder: Path, processes: int = 1) -> Written:
    """Write the three files into a folder, which is made, and say what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    layout = LAYOUTS[sample.drift]
    written = Written()
    with (
        (folder / DOCTORS).open("wb") as doctors,
        (folder / AFFILIATIONS).open("wb") as affiliations,
    ):
        doctors.write(f"{layout.doctors}\n".encode())
        affiliations.write(f"{layout.affiliations}\n".encode())
        for part in parts_of(sample, processes):
            doctors.write(part.doctors)
            affiliations.write(part.affiliations)
            written.practitioners += part.practitioners
            written.doctor_rows += part.doctor_rows
            written.affiliation_rows += part.affiliation_rows
    written.hospital_rows = write_hospitals(
        layout, sample.hospitals, folder / HOSPITALS
    )
    return written


def write_hospitals(layout: Layout, published: Path, path: Path) -> int:
    """Write the published hospital list, with a layout's column names."""
    header, *lines = published.read_text(encoding="utf-8").splitlines(keepends=True)
    columns = (layout.hospital_name(name) for name in next(csv.reader([header])))
    quoted = ",".join(f'"{name}"' for name in columns)
    path.write_text(f"{quoted}\n{''.join(lines)}", encoding="utf-8", newline="\n")
    return len(lines)
