"""What the timed work did, to look up."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.models import HousekeepingRun, ReviewReminder
from directory.admin.read_only import ReadOnlyAdmin


@admin.register(HousekeepingRun)
class HousekeepingRunAdmin(ReadOnlyAdmin):
    """Each run with what its parts did."""

    list_display = ["started_at", "ended_at", "failed"]
    fields = ["started_at", "ended_at", "what_was_done"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[HousekeepingRun]:
        """Join what each part did."""
        return HousekeepingRun.objects.prefetch_related("outcomes")

    @admin.display(description="failed")
    def failed(self, run: HousekeepingRun) -> str:
        """Name the parts that failed, or say that it broke off."""
        parts = ", ".join(each.part for each in run.failures)
        return parts or ("" if run.ended_at else "did not reach its end")

    @admin.display(description="what was done")
    def what_was_done(self, run: HousekeepingRun) -> SafeString | str:
        """List the parts in their order."""
        lines = (
            ("Failed: " if each.has_failed else "", each.part, each.words)
            for each in run.outcomes.all()
        )
        return format_html_join("", "<div>{}{}: {}</div>", lines) or "nothing yet"


@admin.register(ReviewReminder)
class ReviewReminderAdmin(ReadOnlyAdmin):
    """Who was told of which review."""

    list_display = ["sent_at", "article", "due_on", "stage", "recipient"]
    list_filter = ["stage"]
    list_select_related = ["article", "recipient"]
    search_fields = ["article__slug", "recipient__username"]
