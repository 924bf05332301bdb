"""Where texts lead outside, to look at."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join

from articles.models import ExternalLink
from articles.models.article import desk_address
from directory.admin.read_only import ReadOnly


class BrokenFilter(admin.SimpleListFilter):
    """Broken or not."""

    title = "broken"
    parameter_name = "broken"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what an editor comes for."""
        return [("1", "Broken")]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[ExternalLink]
    ) -> models.QuerySet[ExternalLink]:
        """Apply the choice."""
        broken = ExternalLink.objects.broken()
        return queryset.filter(pk__in=broken) if self.value() == "1" else queryset


@admin.register(ExternalLink)
class ExternalLinkAdmin(ReadOnly, admin.ModelAdmin):
    """Where texts lead outside and how that answered: texts and check_links say it."""

    list_display = ["url", "said", "first_failed_at", "checked_at", "is_broken"]
    list_filter = [BrokenFilter]
    search_fields = ["url"]
    fields = [
        "url",
        "said",
        "first_failed_at",
        "checked_at",
        "is_broken",
        "public_texts",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ExternalLink]:
        """Leave out what stands in old texts only."""
        return ExternalLink.objects.in_use()

    @admin.display(description="answer")
    def said(self, link: ExternalLink) -> str:
        """Show the last answer in words."""
        return link.answer_in_words or "not asked yet"

    @admin.display(description="broken")
    def is_broken(self, link: ExternalLink) -> str:
        """Say in words whether it failed twice, a day apart: a tick would look well."""
        return "yes" if link.is_broken else "no"

    @admin.display(description="public texts with it")
    def public_texts(self, link: ExternalLink) -> str:
        """Lead to each text that readers see and that has this link."""
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (desk_address(article.pk), article.title)
                for article in link.public_articles().for_cards()
            ),
        )
