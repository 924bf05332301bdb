"""What is set by hand in the admin: never while an import runs; it can be undone."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect

from directory.admin.shared_admin import SharedAdmin
from directory.imports.staging import require_no_import

# A correction or a report is found by whose it is.
OF_WHOM = (
    *("practitioner__npi", "practitioner__first_name", "practitioner__last_name"),
    *("organization__ccn", "organization__pac_id", "organization__name"),
)


class QuietForm(forms.ModelForm):
    """A change by hand that waits until no import runs; what was typed stays."""

    def clean(self) -> dict[str, Any] | None:
        """Say so, on top of the form."""
        require_no_import()
        return super().clean()


class TakenBackAdmin(SharedAdmin):
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
