"""What readers report, in the admin: a queue to work through."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from directory.admin.by_hand import OF_WHOM
from directory.admin.shared_admin import SharedAdmin
from directory.admin.shared_form import SharedForm
from directory.admin.signed_in import signed_in
from directory.models import Correction, ErrorReport
from directory.reporting import field_to_correct, settle


class ErrorReportForm(SharedForm):
    """What came of it; a correction may have settled it meanwhile."""

    class Meta:
        model = ErrorReport
        fields = ("state", "note")


@admin.register(ErrorReport)
class ErrorReportAdmin(SharedAdmin):
    """Reports of readers, new ones first; a correction is one click away."""

    form = ErrorReportForm
    list_display = ("__str__", "reported_at", "state", "settled_by")
    list_filter = ("state", "kind")
    list_select_related = ("practitioner", "organization", "settled_by")
    search_fields = (*OF_WHOM, "=kind")
    search_help_text = "Name, NPI or CCN"
    show_full_result_count = False
    readonly_fields = (
        "about",
        "kind",
        "words",
        "reported_at",
        "settled_at",
        "settled_by",
    )
    fields = ("about", "kind", "words", "reported_at", "state", "note", "settled_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Say no: readers do."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: reports go by themselves, in time."""
        return False

    @admin.display(description="About")
    def about(self, report: ErrorReport) -> str:
        """Lead to the public page and to the correction that would mend it."""
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">Correct this</a>',
            report.target.get_absolute_url(),
            f"{report.target} ({report.number})",
            correction_url(report),
        )

    def save_model(
        self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool
    ) -> None:
        """Settle it; a click on Save alone settles nothing."""
        if form.changed_data:
            by = signed_in(request)
            settle(report=obj, state=obj.state, note=obj.note, by=by)


def correction_url(report: ErrorReport) -> str:
    """Return the form of a correction, filled in; the one that is there, if any."""
    field = field_to_correct(report)
    known = Correction.objects.filter(
        practitioner=report.practitioner,
        organization=report.organization,
        location=None,
        field=field,
    ).first()
    query = {"report": report.pk}
    if known is not None:
        change = "admin:directory_correction_change"
        return reverse(change, args=[known.pk], query=query)
    filled = {"whose": report.number} | ({"field": field} if field else {})
    if present := getattr(report.target, field, "") if field else "":
        filled["value"] = present  # to be changed: a click on Save changes nothing
    return reverse("admin:directory_correction_add", query=filled | query)
