"""Load published files into the directory: the whole way of ``import_directory``.

Files are copied, checked and compared in a schema of their own, which readers never
see. One transaction at the end writes the difference and swaps the tables that were
built beside the live ones: readers have the old release whole until the new one is
whole, and after a crash at any point they still have it. A second try begins anew.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError, transaction

from directory.imports import (
    hospitals,
    people_import,
    recording,
    systems,
    taxonomy,
)
from directory.imports.progress import Progress
from directory.imports.report import ImportRefusedError, Report
from directory.imports.sessions import session_settings
from directory.models import ImportRun, SourceRelease
from directory.one_run import AlreadyRunningError, Lock, only_run

Dataset = SourceRelease.Dataset
State = ImportRun.State


@dataclass
class Wanted:
    """What the operator asks for."""

    files: Mapping[str, Path]
    version: str
    is_demo: bool = False
    is_dry_run: bool = False
    accepts_census: bool = False
    progress: Progress = field(default_factory=Progress)
    tell: Callable[[str, Report], object] = lambda _dataset, _report: None


def import_directory(wanted: Wanted) -> dict[str, Report]:
    """Load what is new among the files; return a report for each of them.

    Raises ImportRefusedError with a sentence that says what to do. Then nothing of the
    refused file is loaded, and the admin shows what became of each. ``wanted.tell`` has
    the report of each file that is done, also of those before the refused one.
    """
    with only_import():
        runs = recording.begin(wanted.files, wanted.version, is_demo=wanted.is_demo)
        reports = {
            dataset: Report(str(run.get_dataset_display()))
            for dataset, run in runs.items()
        }
        try:
            load(wanted, runs, reports)
        except BaseException as error:  # Ctrl-C too: else it would seem to run on
            is_refusal = isinstance(error, ImportRefusedError)
            state = State.REFUSED if is_refusal else State.FAILED
            message = str(error) or "It was stopped. Nothing of it was loaded."
            with suppress(DatabaseError):
                close(wanted, runs, reports, state, message)
            raise
        close(wanted, runs, reports)
    return reports


def load(
    wanted: Wanted, runs: Mapping[str, ImportRun], reports: Mapping[str, Report]
) -> None:
    """Load hospitals, then people, who are linked to them.

    What is loaded is closed at once: a later file that is refused takes nothing back.
    """
    known = nothing_new(runs)
    for dataset, run in runs.items():
        reports[dataset].is_unchanged = dataset in known
        verify_release(run, reports[dataset], accepts_census=wanted.accepts_census)
    todo = [dataset for dataset, one in reports.items() if not one.is_unchanged]
    if Dataset.HOSPITALS in todo:
        load_hospitals(wanted, runs[Dataset.HOSPITALS], reports[Dataset.HOSPITALS])
        close(wanted, {Dataset.HOSPITALS: runs[Dataset.HOSPITALS]}, reports)
    for together in ({Dataset.DOCTORS, Dataset.AFFILIATIONS}, {Dataset.NPPES}):
        files = {name: wanted.files[name] for name in todo if name in together}
        if files:
            with session_settings():
                people_import.PeopleImport(
                    files=files,
                    runs=runs,
                    reports=reports,
                    is_demo=wanted.is_demo,
                    accepts_census=wanted.accepts_census,
                    progress=wanted.progress,
                ).load(is_dry_run=wanted.is_dry_run)
            close(wanted, {name: runs[name] for name in files}, reports)
    for dataset, module in (
        (Dataset.SYSTEMS, systems),
        (Dataset.TAXONOMY, taxonomy),
    ):
        if dataset in todo:
            wanted.progress.step(f"reading {wanted.files[dataset].name}")
            started = time.monotonic()
            with written(wanted, runs[dataset], reports[dataset]):
                module.load(wanted.files[dataset], runs[dataset], reports[dataset])
                reports[dataset].seconds = time.monotonic() - started
            close(wanted, {dataset: runs[dataset]}, reports)


def nothing_new(runs: Mapping[str, ImportRun]) -> set[str]:
    """Return which of the files would change nothing: they were loaded last.

    The same file of systems says more once there are more hospitals, that of NPPES once
    a doctors file has dropped somebody.
    """
    known = {dataset for dataset, run in runs.items() if recording.is_loaded(run)}
    known.discard(Dataset.SYSTEMS)
    if Dataset.NPPES in known:
        brings_doctors = Dataset.DOCTORS in runs and Dataset.DOCTORS not in known
        run = runs[Dataset.NPPES]
        if brings_doctors or recording.is_loaded_since(Dataset.DOCTORS, run):
            known.discard(Dataset.NPPES)
    return known


def load_hospitals(wanted: Wanted, run: ImportRun, report: Report) -> None:
    """Load the hospital file, or try to."""
    path = wanted.files[Dataset.HOSPITALS]
    wanted.progress.step(f"hospitals from {path.name}")
    with written(wanted, run, report):
        hospitals.load(
            path, wanted.version, report, accepts_census=wanted.accepts_census
        )


@contextmanager
def written(wanted: Wanted, run: ImportRun, report: Report) -> Iterator[None]:
    """Write a small file and its account at once, or neither of it on a dry run."""
    with transaction.atomic():
        yield
        if not wanted.is_dry_run:
            recording.write(run, report, state_of(report))
        transaction.set_rollback(wanted.is_dry_run)


def verify_release(run: ImportRun, report: Report, *, accepts_census: bool) -> None:
    """Stop an older release than the one that readers have, unless told otherwise."""
    last = recording.last_release(run.dataset, is_demo=run.is_demo)
    if last is None or last.version <= run.version:
        return
    doubt = (
        f"{last} is loaded, and {run.file_name} is said to be of {run.version}, "
        "which is older"
    )
    if not accepts_census:
        raise ImportRefusedError(
            f"{doubt}: is --release right? Nothing of it was loaded. If it is right, "
            "and the one before was not, say --accept-census."
        )
    report.notes.append(f"Accepted all the same: {doubt}.")


def close(
    wanted: Wanted,
    runs: Mapping[str, ImportRun],
    reports: Mapping[str, Report],
    fault: State | None = None,
    message: str = "",
) -> None:
    """Close the accounts of all files that are still open; tell what was done.

    That of a file which was loaded is written with it: it says so wherever what follows
    is stopped.
    """
    states = recording.states(runs.values())
    for dataset, run in runs.items():
        report = reports[dataset]
        if report.is_told:
            continue
        if states[run.pk] == State.RUNNING:
            report.is_dry_run = wanted.is_dry_run
            recording.write(run, report, state_of(report, fault), message)
        if run.state not in {State.REFUSED, State.FAILED}:
            report.is_told = True
            wanted.tell(dataset, report)


def state_of(report: Report, fault: State | None = None) -> State:
    """Return what became of a file, where ``fault`` stopped what was not loaded."""
    if report.is_unchanged:
        return State.UNCHANGED
    return fault or (State.DRY_RUN if report.is_dry_run else State.DONE)


@contextmanager
def only_import() -> Iterator[None]:
    """Hold the lock of imports, or say that somebody else does."""
    try:
        with only_run(Lock.IMPORT):
            yield
    except AlreadyRunningError as error:
        message = "Another import is running: wait until it has ended."
        raise ImportRefusedError(message) from error
