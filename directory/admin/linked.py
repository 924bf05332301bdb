"""The admin of facts that guides link to: who links here, and what may replace one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from directory.admin.deleting import DeletingAdmin
from directory.admin.read_only import ReadOnlyAdmin
from directory.by_hand.deletion import delete, replacements_of
from directory.models import Organization, Practitioner

# Where there are too many to choose from: what tells one, and what it is called.
NUMBERS: dict[type, tuple[str, str]] = {
    Organization: ("ccn", "CCN of the hospital"),
    Practitioner: ("npi", "NPI of the doctor"),
}


def correction_url(request: HttpRequest, target: Any) -> str:
    """Return the form of a correction for whoever may write one; empty else."""
    numbers = (getattr(target, name, "") for name in ("npi", "ccn", "pac_id"))
    whose = next(filter(None, numbers), "")
    may = request.user.has_perm("directory.add_correction")
    form = reverse("admin:directory_correction_add", query={"whose": whose})
    return form if whose and may else ""


class LinkedAdmin(DeletingAdmin, ReadOnlyAdmin):
    """Says which public guides link to a fact; deletes none that they still need."""

    change_form_template = "admin/directory/linked_change_form.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those who may; they say where its links lead."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def goes_how(self, target: Any) -> str:
        """Add what becomes of it later."""
        later = "The next import brings back what its file still has."
        return f"{super().goes_how(target)} {later}"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the guides beside the facts, and lead to a correction."""
        target = self.get_object(request, object_id) if object_id else None
        context = {
            "linking": self.linking(target) if target else [],
            "correction_url": correction_url(request, target),
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def replacement_field(self, target: Any) -> forms.Field:
        """Offer what may take its place, or ask for the number of it."""
        number, called = NUMBERS.get(type(target), ("", ""))
        options: dict[str, Any] = {
            "label": "Its links lead to",
            "required": False,
            "error_messages": {"invalid_choice": "There is no such one to lead to."},
        }
        if number:
            options |= {"to_field_name": number, "widget": forms.TextInput}
            options["label"] = f"{options['label']}: {called}"
        return forms.ModelChoiceField(replacements_of(target), **options)

    def carry_out(self, target: Any, replacement: Any, by: User) -> None:
        """Delete a row of the directory."""
        delete(target=target, replacement=replacement, by=by)
