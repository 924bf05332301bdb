"""What each import did, in the admin, and the rows that it refused."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from directory.admin.read_only import ReadOnlyAdmin
from directory.models import ImportRun, RefusedRow
from directory.models.import_run import KILLED

CAME_OF_IT = {"loaded", "added", "changed", "unchanged", "retired"}


def grouped(name: str) -> Any:
    """Return a column of the admin: a number whose thousands are told apart.

    Of what came of a file that was not loaded it says so: nothing did.
    """

    @admin.display(ordering=name)
    def shown(run: ImportRun) -> str:
        number = getattr(run, name)
        is_so = run.is_loaded or not number or name not in CAME_OF_IT
        return f"{number:,}" if is_so else f"would be {number:,}"

    shown.__name__ = name  # the admin finds the field's help by it
    return shown


READ, LOADED, REPEATED, PASSED_OVER, EMPTY, REFUSED, REPAIRED = map(
    grouped,
    ("read", "loaded", "repeated", "passed_over", "empty", "refused", "repaired"),
)
ADDED, CHANGED, UNCHANGED, RETIRED = map(
    grouped, ("added", "changed", "unchanged", "retired")
)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """What each import did: rows in are rows accounted for."""

    list_display = (
        *("__str__", "became", "started_at", READ, LOADED, REPEATED, REPAIRED, REFUSED),
        *(ADDED, CHANGED, RETIRED),
    )
    list_filter = ("dataset", "state", "is_demo")
    fieldsets = [
        (None, {"fields": ["dataset", "version", "is_demo", "became", "why"]}),
        ("File", {"fields": ["file_name", "sha256", "started_at", "took"]}),
    ]

    def get_fieldsets(
        self, request: HttpRequest, obj: ImportRun | None = None
    ) -> list[Any]:
        """Say of numbers whether something came of them."""
        titles = "Rows", "What came of them"
        if obj and not obj.is_loaded:
            titles = "Rows, as they would be loaded", "What would come of them"
        rows = [READ, LOADED, REPEATED, PASSED_OVER, EMPTY, REFUSED, REPAIRED]
        outcome = [ADDED, CHANGED, UNCHANGED, RETIRED, "further", "refused_rows"]
        return [
            *super().get_fieldsets(request, obj),
            (titles[0], {"fields": rows}),
            (titles[1], {"fields": outcome}),
        ]

    @admin.display(description="state", ordering="state")
    def became(self, run: ImportRun) -> str:
        """Say that a run is over whose process was killed."""
        return run.became.label

    @admin.display(description="message")
    def why(self, run: ImportRun) -> str:
        """Show why it stopped, what was odd."""
        return KILLED if run.became != run.state else run.message or "-"

    @admin.display
    def took(self, run: ImportRun) -> str:
        """Show how long it ran."""
        return f"{run.seconds:,.1f} seconds"

    @admin.display
    def further(self, run: ImportRun) -> SafeString | str:
        """Show repairs by kind, and what else was counted."""
        counts = run.details.get("repairs", {}) | run.details.get("parts", {})
        lines = [(name, f"{count:,}") for name, count in counts.items()]
        rows = format_html_join("", "<li>{}: {}</li>", lines)
        return format_html("<ul>{}</ul>", rows) if rows else "-"

    @admin.display
    def refused_rows(self, run: ImportRun) -> SafeString | str:
        """Lead to each row that was refused, with its reason."""
        address = reverse("admin:directory_refusedrow_changelist")
        link = format_html(
            '<a href="{}?run__id__exact={}">each with its reason</a>', address, run.pk
        )
        return link if run.refused else "none"


@admin.register(RefusedRow)
class RefusedRowAdmin(ReadOnlyAdmin):
    """Rows that were not loaded, each with its line and the reason."""

    list_display = ("line", "reason", "text", "run")
    list_filter = ("run__dataset",)
    list_select_related = ("run",)
    search_fields = ("reason", "text", "=line")
