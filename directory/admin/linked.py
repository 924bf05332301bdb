"""The admin of what guides link to: who links here, and deleting with a replacement."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from directory.admin.signed_in import signed_in
from directory.by_hand.deletion import (
    StillInUseError,
    StillLinkedError,
    Target,
    delete,
    replacements_of,
)
from directory.models import Organization, Practitioner

# Where there are too many to choose from: what tells one, and what it is called.
NUMBERS: dict[type, tuple[str, str]] = {
    Organization: ("ccn", "CCN of the hospital"),
    Practitioner: ("npi", "NPI of the doctor"),
}


class ReplacementForm(forms.Form):
    """What the links to a row lead to once it is deleted."""

    def __init__(self, target: Target, data: Any = None) -> None:
        super().__init__(data)
        number, called = NUMBERS.get(type(target), ("", ""))
        options: dict[str, Any] = {
            "label": "Its links lead to",
            "required": False,
            "error_messages": {"invalid_choice": "There is no such one to lead to."},
        }
        if number:
            options |= {"to_field_name": number, "widget": forms.TextInput}
            options["label"] = f"{options['label']}: {called}"
        self.fields["replacement"] = forms.ModelChoiceField(
            replacements_of(target), **options
        )


class LinkedAdmin(admin.ModelAdmin):
    """Says which public guides link to a row, and deletes none that they still need."""

    change_form_template = "admin/directory/linked_change_form.html"
    actions = None  # each is deleted on its own page, which looks at the links

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the guides beside the facts."""
        target = self.get_object(request, object_id) if object_id else None
        linking = target.incoming_links.published_articles() if target else []
        context = {"linking": linking, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Delete what no guide links to, or lead its links elsewhere first."""
        target = self.get_object(request, object_id)
        if target is None:
            raise Http404
        if not self.has_delete_permission(request, target):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form = ReplacementForm(target, data)
        if form.is_valid() and self._delete(request, target, form):
            return redirect(f"admin:directory_{self.opts.model_name}_changelist")
        name = f"admin:directory_{self.opts.model_name}"
        context = {
            **self.admin_site.each_context(request),
            "title": f"Delete {target}",
            "opts": self.opts,
            "target": target,
            "form": form,
            "linking": target.incoming_links.published_articles(),
            "list_url": reverse(f"{name}_changelist"),
            "change_url": reverse(f"{name}_change", args=[target.pk]),
        }
        return render(request, "admin/directory/delete.html", context)

    def _delete(self, request: HttpRequest, target: Any, form: ReplacementForm) -> bool:
        """Carry the form out; say in it what keeps it from being done."""
        name, user = str(target), signed_in(request)
        replacement = form.cleaned_data["replacement"]
        try:
            delete(target=target, replacement=replacement, by=user)
        except StillLinkedError:
            form.add_error("replacement", "Not deleted: choose where its links lead.")
        except StillInUseError as error:
            form.add_error(None, f"Not deleted. {error}")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{name} is deleted.")
        return form.is_valid()
