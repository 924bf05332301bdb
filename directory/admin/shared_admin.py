"""Rows that a colleague may change or delete while their pages are open."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

SEEN = "base_seen"  # the field that says what a page showed
CHANGED_ONE = (
    "Not deleted. Somebody changed or used it meanwhile: it goes as below now."
)
CHANGED_SOME = (
    "Nothing is deleted. Somebody changed, used or deleted some of them meanwhile: "
    "choose them again, and look at what goes along."
)


class SharedAdmin(admin.ModelAdmin):
    """Loses no words about a row that is gone, and deletes nothing unseen."""

    actions = ("delete_selected",)
    delete_confirmation_template = "admin/delete_shared.html"
    delete_selected_confirmation_template = "admin/delete_shared_several.html"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Answer that a row is gone; the desk's site shows what was typed of it."""
        is_sent = request.method == "POST"
        if is_sent and self.get_object(request, unquote(object_id)) is None:
            raise Http404
        return super().change_view(request, object_id, form_url, extra_context)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Delete what the page showed, and show it again if that is another now."""
        row = self.get_object(request, unquote(object_id))
        seen = self._seen(request, [row]) if row else ""
        if row and request.method == "POST" and request.POST.get(SEEN) != seen:
            self.message_user(request, CHANGED_ONE, messages.WARNING)
            return redirect(request.get_full_path())
        context = {"seen": seen, **(extra_context or {})}
        return super().delete_view(request, object_id, context)

    @admin.action(
        permissions=["delete"], description="Delete selected %(verbose_name_plural)s"
    )
    def delete_selected(
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> TemplateResponse | None:
        """Do the same with several."""
        seen = self._seen(request, list(queryset))
        if "post" in request.POST and request.POST.get(SEEN) != seen:
            self.message_user(request, CHANGED_SOME, messages.WARNING)
            return None
        page = delete_selected(self, request, queryset)
        if page is not None and page.context_data is not None:
            page.context_data["seen"] = seen
        return page

    def _seen(self, request: HttpRequest, rows: list[Any]) -> str:
        """Return what changes with the rows, and with what goes along with them."""
        going, *_ = self.get_deleted_objects(rows, request)
        stored = [str(sorted(model_to_dict(row).items())) for row in rows]
        words = "\n".join(sorted([*_leaves(going), *stored]))
        return hashlib.sha256(words.encode()).hexdigest()


def _leaves(tree: list[Any]) -> Iterator[str]:
    for each in tree:
        if isinstance(each, list):
            yield from _leaves(each)
        else:
            yield str(each)
