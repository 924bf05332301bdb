"""What was set by hand in the admin: deleting it takes it back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect

from directory.mapping import unmap_specialty
from directory.models import SpecializationCode
from directory.read_only_admin import ReadOnly

LOAD_AGAIN = (
    "The clinicians of {code} stay as they are until the doctors file is loaded again: "
    "the file of last time will do. Then it is unmapped."
)


class TakenBackAdmin(admin.ModelAdmin):
    """What was set by hand: deleting it takes it back, unless an import runs."""

    def delete_view(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        """Withdraw it, unless an import runs."""
        return self._unless_refused(request, super().delete_view, *args, **named)

    def changelist_view(self, request: HttpRequest, *args: Any, **named: Any) -> Any:
        """Withdraw several, unless an import runs."""
        return self._unless_refused(request, super().changelist_view, *args, **named)

    def _unless_refused(
        self, request: HttpRequest, view: Callable[..., Any], *args: Any, **named: Any
    ) -> Any:
        try:
            return view(request, *args, **named)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return redirect(f"admin:directory_{self.opts.model_name}_changelist")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Take all of them back or none."""
        with transaction.atomic():
            for one in queryset:
                self.delete_model(request, one)


@admin.register(SpecializationCode)
class MappedSpecialtyAdmin(ReadOnly, TakenBackAdmin):
    """Specialties that were mapped by hand."""

    list_display = ("code", "specialization")
    list_select_related = ("specialization",)
    search_fields = ("code", "specialization__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SpecializationCode]:
        """Leave those of the tree out: they are its file's."""
        return super().get_queryset(request).filter(is_by_hand=True)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those in who map."""
        return request.user.has_perm("directory.change_unmappedspecialty")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the list to them."""
        return self.has_view_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever maps take it back."""
        return self.has_view_permission(request)

    def delete_model(self, request: HttpRequest, obj: SpecializationCode) -> None:
        """Take it back, and say when that takes effect."""
        unmap_specialty(code=obj, by=cast("User", request.user))
        self.message_user(request, LOAD_AGAIN.format(code=obj.code), messages.WARNING)
