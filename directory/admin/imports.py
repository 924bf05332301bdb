"""What each import did, in the admin, and the rows that it refused."""

from django.contrib import admin

from directory.admin.read_only import ReadOnlyAdmin
from directory.models import ImportRun, RefusedRow


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """What each import did: rows in are rows accounted for."""

    list_display = (
        "__str__",
        "state",
        "started_at",
        "read",
        "loaded",
        "repeated",
        "repaired",
        "refused",
        "added",
        "changed",
        "retired",
    )
    list_filter = ("dataset", "state", "is_demo")


@admin.register(RefusedRow)
class RefusedRowAdmin(ReadOnlyAdmin):
    """Rows that were not loaded, each with its line and the reason."""

    list_display = ("line", "reason", "text", "run")
    list_filter = ("run__dataset",)
    list_select_related = ("run",)
    search_fields = ("reason", "text", "=line")
