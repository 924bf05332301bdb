"""Deleting what public guides may link to: their links are led elsewhere first."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from directory.admin.signed_in import signed_in
from directory.by_hand.deletion import StillInUseError, StillLinkedError

CHANGED = (
    "Not deleted. A text was stored, published or withdrawn meanwhile. Look at it "
    "first, then decide."
)


class DeleteForm(forms.Form):
    """What its page showed when it was opened, beside where the links lead."""

    base_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = self.initial["base_seen"] = now

    def clean(self) -> dict[str, Any] | None:
        """Refuse to delete what came after the page was opened; the next one may."""
        if self.cleaned_data.get("base_seen") != self.now:
            self.data = cast("QueryDict", self.data).copy()
            self.data["base_seen"] = self.now
            raise ValidationError(CHANGED)
        return super().clean()


class DeletingAdmin(admin.ModelAdmin):
    """Deletes on a page that names the guides and asks where their links lead to."""

    actions = None  # each is deleted on that page

    def goes_how(self, target: Any) -> str:
        """Return what deleting a row means."""
        return "It is deleted; this cannot be undone."

    def seen(self, target: Any) -> str:
        """Return what changes with what nobody may delete without having seen it."""
        return ""

    def linking(self, target: Any) -> Iterable[Any]:
        """Return the public guides that link to a row."""
        guides: Iterable[Any] = target.incoming_links.published_articles()
        return guides

    def leading(self, target: Any) -> list[str]:
        """Return in words what else leads to a row, and to nothing without it."""
        return []

    def replacement_field(self, target: Any) -> forms.Field:
        """Return the field that says what its links lead to from then on."""
        raise NotImplementedError

    def carry_out(self, target: Any, replacement: Any, by: User) -> None:
        """Delete a row."""
        raise NotImplementedError

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
        sent = request.POST if request.method == "POST" else None
        form = DeleteForm(sent, now=self.seen(target))
        form.fields["replacement"] = self.replacement_field(target)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        if form.is_valid() and self._delete(request, target, form):
            return redirect(f"{name}_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Delete {target}",
            "opts": self.opts,
            "target": target,
            "goes_how": self.goes_how(target),
            "form": form,
            "linking": self.linking(target),
            "leading": self.leading(target),
            "list_url": reverse(f"{name}_changelist"),
            "change_url": reverse(f"{name}_change", args=[target.pk]),
        }
        return render(request, "admin/delete_linked.html", context)

    def _delete(self, request: HttpRequest, target: Any, form: forms.Form) -> bool:
        """Carry the form out; say in it what keeps it from being done."""
        name = str(target)
        try:
            self.carry_out(target, form.cleaned_data["replacement"], signed_in(request))
        except StillLinkedError:
            form.add_error("replacement", "Not deleted: choose where its links lead.")
        except StillInUseError as error:
            form.add_error(None, f"Not deleted. {error}")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{name} is deleted.")
        return form.is_valid()
