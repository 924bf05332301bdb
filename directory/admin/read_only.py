"""Facts of files in the admin: to look up, never to change."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest


class ReadOnly:
    """Nobody adds, changes or deletes; who may view, views."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no."""
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """A list of imported facts: a search counts what it found, never all rows too."""

    show_full_result_count = False


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    """Facts of another table, beside what they belong to."""

    template = "admin/directory/facts.html"
    extra = 0
    joined: tuple[str, ...] = ()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Show them to whoever may see what they belong to."""
        return True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Join what each row prints."""
        return super().get_queryset(request).select_related(*self.joined)
