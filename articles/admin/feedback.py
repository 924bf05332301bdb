"""What readers said of guides, to deal with."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from articles.feedback import deal_with
from articles.models import HelpfulAnswer, MistakeReport
from articles.models.article import desk_address
from directory.admin.signed_in import signed_in

Feedback = HelpfulAnswer | MistakeReport


class StateFilter(admin.SimpleListFilter):
    """New or dealt with."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both states."""
        return [("new", "New"), ("done", "Dealt with")]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Any]
    ) -> models.QuerySet[Any]:
        """Apply the choice."""
        if self.value() == "new":
            return queryset.filter(dealt_with_at=None)
        if self.value() == "done":
            return queryset.exclude(dealt_with_at=None)
        return queryset


class FeedbackAdmin(admin.ModelAdmin):
    """Words of readers: nobody writes them here, editors mark them as dealt with."""

    list_filter = [StateFilter]
    list_select_related = ["article"]
    search_fields = ["article__slug"]
    actions = ["mark_done", "mark_new"]
    change_form_template = "admin/articles/feedback/change_form.html"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer the action where the words are read: the first page leads there."""
        may = {"may_deal_with": self.has_deal_with_permission(request)}
        return super().change_view(
            request, object_id, form_url, may | (extra_context or {})
        )

    @admin.display(description="guide", ordering="article__slug")
    def guide(self, feedback: Feedback) -> SafeString:
        """Lead to the guide's text."""
        address = desk_address(feedback.article_id)
        return format_html('<a href="{}">{}</a>', address, feedback.article)

    @admin.display(description="state", ordering="dealt_with_at")
    def state(self, feedback: Feedback) -> str:
        """Show whether somebody dealt with it."""
        return "Dealt with" if feedback.dealt_with_at else "New"

    @admin.action(description="Mark as dealt with", permissions=["deal_with"])
    def mark_done(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Take it off the list of what waits."""
        self._mark(request, queryset, is_done=True)

    @admin.action(description="Mark as new again", permissions=["deal_with"])
    def mark_new(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Put it on the list of what waits."""
        self._mark(request, queryset, is_done=False)

    def _mark(
        self, request: HttpRequest, queryset: models.QuerySet[Any], *, is_done: bool
    ) -> None:
        chosen = list(queryset)
        deal_with(feedback=chosen, is_done=is_done, by=signed_in(request))
        state = "dealt with" if is_done else "new"
        messages.success(request, f"Marked as {state}: {len(chosen)}.")

    def has_deal_with_permission(self, request: HttpRequest) -> bool:
        """Whether this user may change the state."""
        return request.user.has_perm(f"articles.change_{self.opts.model_name}")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only readers add it."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Feedback | None = None
    ) -> bool:
        """Nobody rewrites what a reader said."""
        return False


@admin.register(HelpfulAnswer)
class HelpfulAnswerAdmin(FeedbackAdmin):
    """Answers to "Was this page helpful?", counted by guide above the list."""

    change_list_template = "admin/articles/helpfulanswer/change_list.html"
    list_display = ["at", "guide", "is_helpful", "reason", "state"]
    list_filter = [StateFilter, "is_helpful", "reason"]
    fields = ["guide", "is_helpful", "reason", "at", "dealt_with_at", "dealt_with_by"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the counts above the list."""
        counts = HelpfulAnswer.objects.per_guide()
        return super().changelist_view(
            request, {"counts": counts, **(extra_context or {})}
        )


@admin.register(MistakeReport)
class MistakeReportAdmin(FeedbackAdmin):
    """Mistakes that readers reported."""

    list_display = ["in_short", "guide", "at", "state"]
    fields = ["guide", "words", "at", "dealt_with_at", "dealt_with_by"]

    @admin.display(description="words", ordering="words")
    def in_short(self, report: MistakeReport) -> str:
        """Show how it begins: a phone has no room for all of it."""
        return Truncator(report.words).chars(90)
