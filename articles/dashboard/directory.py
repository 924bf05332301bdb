"""The directory's loose ends, for its manager."""

from django.contrib.auth.models import User
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone

from articles.dashboard.section import FETCHED, Row, Section
from directory.models import ErrorReport, ImportRun, OrphanHospital, UnmappedSpecialty

State = ImportRun.State


def reports(_user: User) -> list[Section]:
    """Return errors that readers report about doctors and hospitals: one query."""
    found = ErrorReport.objects.filter(state=ErrorReport.State.NEW)
    rows = [
        Row(
            str(each),
            reverse("admin:directory_errorreport_change", args=[each.pk]),
            f"reported on {timezone.localdate(each.reported_at):%B %-d, %Y}",
        )
        for each in found.select_related("practitioner", "organization")[:FETCHED]
    ]
    more = reverse("admin:directory_errorreport_changelist")
    empty = "No report about a doctor or a hospital waits."
    return [Section("reports", "Errors reported in the directory", empty, rows, more)]


def unmapped(user: User) -> list[Section]:
    """Return values of the files that lead nowhere yet: two queries."""
    rows = [
        Row(
            each.published,
            reverse("admin:directory_unmappedspecialty_change", args=[each.pk]),
            f"{each.clinicians:,} clinician{pluralize(each.clinicians)}",
        )
        for each in UnmappedSpecialty.objects.all()[:FETCHED]
    ]
    if user.has_perm("directory.change_organization"):
        rows = [*_orphans(), *rows]
    empty = "Every specialty and hospital of the files has its place."
    return [Section("unmapped", "Unmapped in the directory", empty, rows[:FETCHED])]


def _orphans() -> list[Row]:
    """Lead to the hospital numbers that the hospital file lacks, all in one row."""
    count = OrphanHospital.objects.orphans().filter(same_as=None).count()
    unmapped = {"same_as__isempty": 1}
    address = reverse("admin:directory_orphanhospital_changelist", query=unmapped)
    text = f"{count:,} hospital number{pluralize(count)}"
    return [Row(text, address, "not in the hospital file")] if count else []


def imports(_user: User) -> list[Section]:
    """Return the last import of each file: one query, one more for each that runs."""
    lasts = ImportRun.objects.order_by("dataset", "-started_at", "-pk")
    rows = [_import(each) for each in lasts.distinct("dataset")]
    more = reverse("admin:directory_importrun_changelist")
    empty = "Nothing was imported yet."
    return [Section("imports", "Last imports", empty, rows, more)]


def _import(run: ImportRun) -> Row:
    address = reverse("admin:directory_importrun_change", args=[run.pk])
    day = f"{timezone.localdate(run.started_at):%B %-d, %Y}"
    rows = f"{run.refused:,} row{pluralize(run.refused)}"
    refused = f", {rows} refused" if run.refused else ""
    became = run.became
    note = f"{became.label} on {day}{refused}"
    return Row(str(run), address, note, became in {State.REFUSED, State.FAILED})
