"""The form by which anybody reports an error: no account, no cookie."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from directory.first_fault import FirstFault
from directory.models import ErrorReport, Organization, Practitioner
from directory.public_forms import FLOOD, may_send, public_form
from directory.reporting import FORM, just_said, kinds_for, report_error
from directory.words_field import Words


class ReportForm(forms.Form):
    """What is wrong, from a list, and a few words."""

    bound_field_class = FirstFault
    kind = forms.ChoiceField(
        label="What is wrong?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong."},
    )
    words = Words(
        label="What is right, as far as you know",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "field__control"}),
        help_text="Please write nothing about your health or who you are.",
    )

    def __init__(self, *args: Any, target: Practitioner | Organization) -> None:
        super().__init__(*args)
        self.fields["kind"].choices = kinds_for(target)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for words where the list says nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        is_other = cleaned.get("kind") == ErrorReport.Kind.OTHER
        if is_other and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", "Say in a few words what is wrong.")
        return cleaned


@public_form
def report_doctor(request: HttpRequest, npi: str) -> HttpResponse:
    """Take a report about a doctor."""
    return _report(request, get_object_or_404(Practitioner.objects.listed(), npi=npi))


@public_form
def report_hospital(request: HttpRequest, ccn: str) -> HttpResponse:
    """Take a report about a hospital."""
    hospitals = Organization.objects.listed().hospitals()
    return _report(request, get_object_or_404(hospitals, ccn=ccn))


def _report(request: HttpRequest, target: Practitioner | Organization) -> HttpResponse:
    is_sent = request.method == "POST"
    form = ReportForm(request.POST if is_sent else None, target=target)
    is_flood, status = False, 200
    if is_sent:
        status = 400
        if form.is_valid():
            told = {"target": target, **form.cleaned_data}
            if just_said(**told) or may_send(request, FORM):
                report_error(**told)
                return redirect(f"{request.path}?sent=1")
            is_flood, status = True, 429
    context = {
        "target": target,
        "is_doctor": isinstance(target, Practitioner),
        "form": form,
        "flood": FLOOD if is_flood else "",
        "is_taken": not is_sent and request.GET.get("sent") == "1",
        "crumbs": [(str(target), target.get_absolute_url())],
        "shows_demo": target.is_demo,
    }
    return render(request, "directory/report.html", context, status=status)
