"""Imports in the admin: what they did, and what the directory manager mends."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from directory.correcting import correct, withdraw
from directory.imports.staging import require_no_import
from directory.mapping import map_orphan, map_specialty, unmap_orphan
from directory.models import (
    Correction,
    ErrorReport,
    ImportRun,
    Organization,
    OrphanHospital,
    Practice,
    Practitioner,
    RefusedRow,
    Specialization,
    UnmappedSpecialty,
)
from directory.read_only_admin import ReadOnlyAdmin
from directory.reporting import settle
from directory.taken_back_admin import TakenBackAdmin


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    """What each import did: rows in are rows accounted for."""

    list_display = (
        "__str__",
        "state",
        "started_at",
        "read",
        "loaded",
        "repeated",
        "repaired",
        "refused",
        "added",
        "changed",
        "retired",
    )
    list_filter = ("dataset", "state", "is_demo")


@admin.register(RefusedRow)
class RefusedRowAdmin(ReadOnlyAdmin):
    """Rows that were not loaded, each with its line and the reason."""

    list_display = ("line", "reason", "text", "run")
    list_filter = ("run__dataset",)
    list_select_related = ("run",)
    search_fields = ("reason", "text", "=line")


class QuietForm(forms.ModelForm):
    """A change by hand that waits until no import runs; what was typed stays."""

    def clean(self) -> dict[str, Any] | None:
        """Say so, on top of the form."""
        require_no_import()
        return super().clean()


class UnmappedSpecialtyForm(QuietForm):
    """Choose what a specialty string means."""

    specialization = forms.ModelChoiceField(
        Specialization.objects.with_doctors().order_by("name", "pk"),
        help_text="Its clinicians get it at once, and with every release to come.",
    )

    class Meta:
        model = UnmappedSpecialty
        fields = ()


class MappedAdmin(admin.ModelAdmin):
    """A list of loose ends: each is tied by a form, and then it is gone."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: imports find them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: the next import would find them again."""
        return False

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Go back to the list, where it stands no more."""
        return redirect(f"admin:directory_{self.opts.model_name}_changelist")


@admin.register(UnmappedSpecialty)
class UnmappedSpecialtyAdmin(MappedAdmin):
    """Specialties of the files that lead nowhere yet."""

    form = UnmappedSpecialtyForm
    list_display = ("published", "clinicians")
    readonly_fields = ("published", "clinicians")
    search_fields = ("published",)

    def save_model(
        self, request: HttpRequest, obj: UnmappedSpecialty, form: Any, change: bool
    ) -> None:
        """Map it."""
        specialization = form.cleaned_data["specialization"]
        count = map_specialty(
            unmapped=obj, specialization=specialization, by=cast("User", request.user)
        )
        text = f"{obj} is {specialization}: {specialization.counted(count)} gained."
        self.message_user(request, text, messages.SUCCESS)


class OrphanHospitalForm(QuietForm):
    """Choose which hospital a number stands for, or that it stands for none."""

    stands_for = forms.CharField(
        label="Stands for the hospital with CCN",
        max_length=6,
        required=False,
        help_text="Six characters, as in the hospital file: 450068. Empty it to take a "
        "wrong choice back.",
    )

    class Meta:
        model = OrphanHospital
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_mapped = self.instance.same_as is not None
        if self.instance.same_as:
            self.initial["stands_for"] = self.instance.same_as.ccn

    def clean_stands_for(self) -> Organization | None:
        """Find the hospital."""
        ccn = self.cleaned_data["stands_for"].strip().upper()
        if not ccn and self.was_mapped:
            return None
        if not ccn:
            raise ValidationError("Name the hospital.")
        named = Organization.objects.listed().hospitals().filter(is_stub=False)
        found = named.filter(ccn=ccn).first()
        if found is None:
            raise ValidationError(f"The hospital file names no hospital {ccn}.")
        return found


@admin.register(OrphanHospital)
class OrphanHospitalAdmin(MappedAdmin):
    """Hospital numbers of the affiliation file that the hospital file lacks."""

    form = OrphanHospitalForm
    list_display = ("ccn", "name", "links", "same_as", "last_release")
    list_filter = (("same_as", admin.EmptyFieldListFilter),)
    list_select_related = ("same_as", "last_release")
    readonly_fields = ("ccn", "name", "links")
    search_fields = ("=ccn", "sort_key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrphanHospital]:
        """Count the links of each: what is mapped has none any more."""
        orphans = OrphanHospital._default_manager.filter(
            is_stub=True, kind=Organization.Kind.HOSPITAL
        ).annotate(link_count=Count("affiliations"))
        return cast("QuerySet[OrphanHospital]", orphans.order_by("-link_count", "pk"))

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Put those first that matter to most clinicians."""
        return ["-link_count", "pk"]

    @admin.display(ordering="link_count")
    def links(self, obj: Any) -> int:
        """How many rows name it."""
        return int(obj.link_count)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those in who may change organizations."""
        return self.has_change_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the list to them."""
        return self.has_change_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those in who may change organizations."""
        return request.user.has_perm("directory.change_organization")

    def save_model(
        self, request: HttpRequest, obj: OrphanHospital, form: Any, change: bool
    ) -> None:
        """Map it, or take that back."""
        hospital, by = form.cleaned_data["stands_for"], cast("User", request.user)
        if hospital:
            moved = map_orphan(orphan=obj, hospital=hospital, by=by)
            text = f"{obj.ccn} is {hospital}: {moved:,} links moved."
        else:
            moved = unmap_orphan(orphan=obj, by=by)
            text = f"{obj.ccn} is no other hospital any more: {moved:,} links are back."
        self.message_user(request, text, messages.SUCCESS)


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


class CorrectionForm(QuietForm):
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["whose"], self.fields["practice"]
            self.fields["field"].disabled = True
        else:
            number = str(self.data.get("whose") or self.initial.get("whose") or "")
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
            known = (
                Organization.objects.filter(ccn=number)
                if len(number) == 6
                else (Organization.objects.filter(pac_id=number))
            )
            self.instance.organization = known.first() if number else None
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
    search_fields = ("practitioner__npi", "organization__ccn", "value")

    def get_fields(self, request: HttpRequest, obj: Correction | None = None) -> Any:
        """Ask whose fact it is only once."""
        return ["field", "value"] if obj else CorrectionForm.Meta.fields

    def save_model(
        self, request: HttpRequest, obj: Correction, form: Any, change: bool
    ) -> None:
        """Correct at once."""
        by = cast("User", request.user)
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
        withdraw(correction=obj, by=cast("User", request.user))
