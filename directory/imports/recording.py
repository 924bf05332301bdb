"""Keep an account of each import, and of each row that it refused."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from directory.imports.report import Report
from directory.imports.source_file import sha256_of
from directory.imports.staging import copy_rows
from directory.models import ImportRun, SourceRelease
from directory.models.import_run import KILLED
from directory.sql import fetch_row

State = ImportRun.State
CODE_VERSION = 1  # raise it when the same file would be read differently


def begin(
    files: Mapping[str, Path], version: str, *, is_demo: bool
) -> dict[str, ImportRun]:
    """Open an account for each file; those of runs that died are closed."""
    ImportRun.objects.filter(state=State.RUNNING).update(
        state=State.FAILED, message=KILLED
    )
    digests = {dataset: sha256_of(path) for dataset, path in files.items()}
    return {
        dataset: ImportRun.objects.create(
            dataset=dataset,
            version=version,
            file_name=path.name[:200],
            sha256=digests[dataset],
            is_demo=is_demo,
        )
        for dataset, path in files.items()
    }


def is_recorded(dataset: str, digest: str, code_version: int) -> bool:
    """Say whether a file that comes along was loaded by this code before."""
    return SourceRelease.objects.filter(
        dataset=dataset, sha256=digest, code_version=code_version
    ).exists()


def record(
    dataset: str, version: str, digest: str, code_version: int, rows: int
) -> SourceRelease:
    """Write the release of ZIP codes, of the tree or of hospitals."""
    release, _ = SourceRelease.objects.update_or_create(
        dataset=dataset,
        version=version,
        is_demo=False,
        defaults={
            "sha256": digest,
            "code_version": code_version,
            "row_count": rows,
            "imported_at": timezone.now(),
        },
    )
    return release


def is_loaded(run: ImportRun) -> bool:
    """Say whether this very file was the last one loaded, by this code."""
    last = last_release(run.dataset, is_demo=run.is_demo)
    return last is not None and (
        last.version,
        last.sha256,
        last.code_version,
    ) == (run.version, run.sha256, CODE_VERSION)


def last_release(dataset: str, *, is_demo: bool) -> SourceRelease | None:
    """Return the release that was loaded last: readers have it."""
    releases = SourceRelease.objects.filter(dataset=dataset, is_demo=is_demo)
    return releases.order_by("-imported_at", "-pk").first()


def let_load_again(*datasets: str) -> None:
    """Let the files that were loaded last be loaded again: they say something else now.

    Only they know who has which code.
    """
    SourceRelease.objects.filter(dataset__in=datasets).update(code_version=0)


def is_loaded_since(dataset: str, run: ImportRun) -> bool:
    """Say whether a file of a dataset was loaded after the last one of the run's."""
    own = last_release(run.dataset, is_demo=run.is_demo)
    last = last_release(dataset, is_demo=run.is_demo)
    return bool(own and last and last.imported_at > own.imported_at)


def last_census(dataset: str, *, is_demo: bool) -> dict[str, Any] | None:
    """Return what the last release that was loaded measured, if there is one."""
    last = ImportRun.objects.filter(
        dataset=dataset,
        is_demo=is_demo,
        state=State.DONE,
        details__has_key="census",
    )
    run = last.order_by("-started_at", "-pk").first()
    return run.details["census"] if run else None


def reserve_release(run: ImportRun) -> int:
    """Return the primary key that the release has or will have."""
    known = SourceRelease.objects.filter(
        dataset=run.dataset, version=run.version, is_demo=run.is_demo
    ).values_list("pk", flat=True)
    if known:
        return int(known[0])
    sequence = "pg_get_serial_sequence('directory_sourcerelease', 'id')"
    return int(fetch_row(f"SELECT nextval({sequence})")[0])


def record_release(run: ImportRun, pk: int, report: Report) -> None:
    """Write the release, as part of the transaction that makes it visible."""
    SourceRelease.objects.update_or_create(
        pk=pk,
        defaults={
            "dataset": run.dataset,
            "version": run.version,
            "is_demo": run.is_demo,
            "sha256": run.sha256,
            "code_version": CODE_VERSION,
            "row_count": report.loaded + report.repeated,
            "imported_at": timezone.now(),
        },
    )


def states(runs: Iterable[ImportRun]) -> dict[int, str]:
    """Return primary key -> state of each account, as it is written."""
    written = ImportRun.objects.filter(pk__in=[run.pk for run in runs])
    return dict(written.values_list("pk", "state"))


def write(run: ImportRun, report: Report, state: State, message: str = "") -> None:
    """Close an account with what a report says, and keep the refused rows."""
    run.state = state
    run.message = "\n".join(filter(None, [message, *report.notes]))
    for name in ("read", "loaded", "repeated", "passed_over", "empty", "seconds"):
        setattr(run, name, getattr(report, name))
    run.refused = report.refused_rows
    run.repaired = sum(report.repairs.values())
    run.added = report.changes.created
    run.changed = report.changes.updated
    run.unchanged = report.changes.skipped
    run.retired = report.retired
    run.details |= {"repairs": report.repairs, "parts": report.parts}
    run.save()
    copy_rows(
        "directory_refusedrow",
        ["run_id", "line", "reason", "text"],
        refused_rows(run, report),
    )


def refused_rows(run: ImportRun, report: Report) -> Iterable[tuple[Any, ...]]:
    """Yield run, line, reason and text of each refused row."""
    for line, reason, text in report.refused:
        yield run.pk, line, reason[:300], text
