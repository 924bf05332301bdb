"""Corrections in the admin: the form of one, and what it does to the facts."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.by_hand import OF_WHOM, QuietForm, TakenBackAdmin
from directory.admin.shared_form import SharedForm
from directory.admin.signed_in import signed_in
from directory.by_hand.correcting import correct, published_value, withdraw
from directory.models import (
    Correction,
    ErrorReport,
    Organization,
    Practice,
    Practitioner,
)
from directory.reporting import settle


class PracticeChoice(forms.ModelChoiceField):
    """One of a clinician's addresses, with the group practice there.

    Known by both: every release numbers the rows of practices anew.
    """

    def prepare_value(self, value: Any) -> Any:
        """Return what the form sends."""
        if isinstance(value, Practice):
            return f"{value.location_id}-{value.organization_id or ''}"
        return super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """Find the practice that was sent."""
        if value in self.empty_values:
            return None
        location, _, organization = str(value).partition("-")
        practices = cast("QuerySet[Practice]", self.queryset)
        try:
            return practices.get(
                location=int(location),
                organization=int(organization) if organization else None,
            )
        except (ValueError, Practice.DoesNotExist):
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            ) from None

    def label_from_instance(self, obj: Any) -> str:
        """Return address and group."""
        return f"{obj.location}, {obj.organization or 'no group named'}"


class CorrectionForm(SharedForm, QuietForm):
    """Name the clinician by NPI or the organization by CCN or PAC ID."""

    whose = forms.CharField(
        label="Whose fact", help_text="NPI of a clinician, or CCN or PAC ID."
    )
    practice = PracticeChoice(
        Practice.objects.none(),
        label="At which address",
        required=False,
        help_text="For a clinician’s telephone number, or where they work no longer. "
        "The addresses stand here once the NPI is known: save to see them.",
    )

    class Meta:
        model = Correction
        fields = ("whose", "field", "practice", "value")
        help_texts = {"value": "Left blank, the page says that it is not known."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["whose"], self.fields["practice"]
            self.fields["field"].disabled = True
        else:
            number = str(self.data.get("whose") or self.initial.get("whose") or "")
            number = number.replace("\0", "")  # the database takes none
            choice = cast("PracticeChoice", self.fields["practice"])
            choice.queryset = (
                Practice.objects.filter(practitioner__npi=number.strip())
                .select_related("location__place", "organization")
                .order_by("location__place__sort_key", "location__line_1", "pk")
            )

    def clean_whose(self) -> str:
        """Find whom the number means."""
        number = str(self.cleaned_data["whose"]).strip().upper()
        if len(number) == 10:
            people = Practitioner.objects.filter(npi=number)
            self.instance.practitioner = people.first()
        if self.instance.practitioner is None:
            known = Organization.objects
            self.instance.organization = (
                known.numbered(number)
                if len(number) == 6
                else known.filter(pac_id=number).first()
            )
        if not (self.instance.practitioner or self.instance.organization):
            raise ValidationError("Nobody in the directory has this number.")
        return number

    def clean(self) -> dict[str, Any] | None:
        """Let the correction be of the practice that was chosen."""
        practice = self.cleaned_data.get("practice")
        if practice is not None:
            self.instance.location = practice.location
            self.instance.organization = practice.organization
        return super().clean()

    def _post_clean(self) -> None:
        if self.errors:
            return
        super()._post_clean()  # type: ignore[misc]
        made = self.instance
        is_new = not self.errors and not made.pk and made.field != Correction.Field.GONE
        if is_new and made.value == published_value(made):
            self.add_error("value", "The directory says so already.")


@admin.register(Correction)
class CorrectionAdmin(TakenBackAdmin):
    """Facts set by hand; each wins over the files until it is withdrawn."""

    form = CorrectionForm
    list_display = ("__str__", "published", "corrected_on", "corrected_by")
    list_select_related = (
        "practitioner",
        "organization",
        "location__place",
        "corrected_by",
    )
    list_filter = ("field",)
    search_fields = (*OF_WHOM, "value")
    search_help_text = "Name, NPI, CCN or PAC ID; or what was corrected"

    def get_fields(self, request: HttpRequest, obj: Correction | None = None) -> Any:
        """Ask whose fact it is only once."""
        return ["field", "value"] if obj else CorrectionForm.Meta.fields

    def save_model(
        self, request: HttpRequest, obj: Correction, form: Any, change: bool
    ) -> None:
        """Correct at once."""
        by = signed_in(request)
        correct(correction=obj, by=by)
        reports = ErrorReport.objects.filter(pk=self._report_number(request))
        for report in reports.order_by("pk"):
            settle(report=report, state="dealt-with", note=f"Corrected: {obj}", by=by)
            self.message_user(request, f"The report is dealt with: {report}.")

    def _report_number(self, request: HttpRequest) -> int:
        """Return which report led here, 0 for none."""
        number = request.GET.get("report", "")
        is_number = number.isascii() and number.isdigit() and len(number) < 19
        return int(number) if is_number else 0

    def delete_model(self, request: HttpRequest, obj: Correction) -> None:
        """Let the file's words show again."""
        withdraw(correction=obj, by=signed_in(request))
