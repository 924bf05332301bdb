"""Loose ends of imports in the admin: specialties and hospitals mapped by hand."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import pluralize

from directory.admin.by_hand import QuietForm, TakenBackAdmin
from directory.admin.read_only import ReadOnly
from directory.admin.signed_in import signed_in
from directory.by_hand.mapping import (
    map_orphan,
    map_specialty,
    require_unmapped,
    unmap_orphan,
    unmap_specialty,
)
from directory.hospitals.named import hospitals_named
from directory.models import (
    Organization,
    OrphanHospital,
    Specialization,
    SpecializationCode,
    UnmappedSpecialty,
)

LOAD_AGAIN = (
    "The clinicians of {code} stay as they are until the doctors file is loaded again: "
    "the file of last time will do. Then it is unmapped."
)
TIED = "This is no loose end any more: somebody mapped it, or a newer file settled it."
AT_MOST = 12  # hospitals of a name, above the field


class UnmappedSpecialtyForm(QuietForm):
    """Choose what a specialty string means."""

    specialization = forms.ModelChoiceField(
        Specialization.objects.with_doctors().order_by("name", "pk"),
        help_text="Its clinicians get it at once, and with every release to come.",
    )

    class Meta:
        model = UnmappedSpecialty
        fields = ()

    def clean(self) -> dict[str, Any] | None:
        """Refuse what another press of the button mapped while this one waited."""
        cleaned = super().clean()
        require_unmapped(self.instance)
        return cleaned


class LooseEndAdmin(admin.ModelAdmin):
    """A list of loose ends: each is tied by a form, and then it is gone."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: imports find them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say no: the next import would find them again."""
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead to the list from an address of one that was tied meanwhile."""
        if self.get_object(request, unquote(object_id)) is None:
            self.message_user(request, TIED, messages.WARNING)
            return redirect(f"admin:directory_{self.opts.model_name}_changelist")
        return super().change_view(request, object_id, form_url, extra_context)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Go back to the list as it was narrowed, where it stands no more."""
        return self.response_post_save_change(request, obj)


@admin.register(UnmappedSpecialty)
class UnmappedSpecialtyAdmin(LooseEndAdmin):
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
            unmapped=obj, specialization=specialization, by=signed_in(request)
        )
        text = f"{obj} is {specialization}: {specialization.counted(count)} gained."
        self.message_user(request, text, messages.SUCCESS)


class OrphanHospitalForm(QuietForm):
    """Choose which hospital a number stands for, or that it stands for none."""

    stands_for = forms.CharField(
        label="Stands for the hospital with CCN",
        required=False,
        help_text="Six characters, as in the hospital file: 450068. Write a name, with "
        "its city or state if need be, and save to see the numbers. Empty it to take a "
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

    def clean(self) -> dict[str, Any] | None:
        """Refuse what another press of the button did while this one waited."""
        cleaned = super().clean()
        chosen = self.cleaned_data.get("stands_for")
        mapped = OrphanHospital.objects.filter(pk=self.instance.pk, same_as=chosen)
        if chosen and mapped.exists():
            self.add_error("stands_for", "It stands for this hospital already.")
        return cleaned

    def clean_stands_for(self) -> Organization | None:
        """Find the hospital."""
        typed = self.cleaned_data["stands_for"].strip()
        if not typed and self.was_mapped:
            return None
        if not typed:
            raise ValidationError("Name the hospital.")
        named = Organization.objects.listed().hospitals().filter(is_stub=False)
        found = named.filter(ccn=typed.upper()).first()
        if found is None and (numbers := so_named(typed)):
            raise ValidationError(["Choose one by its number:", *numbers])
        if found is None:
            raise ValidationError(f"The hospital file names no hospital {typed}.")
        return found


def so_named(text: str) -> list[str]:
    """Return the hospitals of a name in words, each with its number and city."""
    found = [one for one in hospitals_named(text).found if not one.is_stub]
    lines = [
        f"{one.ccn}: {one}, {one.location.place if one.location else 'city not known'}"
        for one in found[:AT_MOST]
    ]
    return [*lines, "And more: write the city, too."] if found[AT_MOST:] else lines


def links_in_words(count: int) -> str:
    """Return ``1 link`` or ``1,200 links``."""
    return f"{count:,} link{pluralize(count)}"


@admin.register(OrphanHospital)
class OrphanHospitalAdmin(LooseEndAdmin):
    """Hospital numbers of the affiliation file that the hospital file lacks."""

    form = OrphanHospitalForm
    list_display = ("ccn", "name", "links", "same_as", "last_release")
    list_filter = (("same_as", admin.EmptyFieldListFilter),)
    list_select_related = ("same_as", "last_release")
    readonly_fields = ("ccn", "name", "links")
    search_fields = ("=ccn", "sort_key")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrphanHospital]:
        """Begin with what matters to most clinicians: what is mapped has no link."""
        return cast("QuerySet[OrphanHospital]", OrphanHospital.objects.orphans())

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
        hospital, by = form.cleaned_data["stands_for"], signed_in(request)
        if hospital:
            moved = map_orphan(orphan=obj, hospital=hospital, by=by)
            text = f"{obj.ccn} is {hospital}: {links_in_words(moved)} moved."
        else:
            moved = unmap_orphan(orphan=obj, by=by)
            links = links_in_words(moved)
            text = f"{obj.ccn} is no other hospital any more: {links} back."
        self.message_user(request, text, messages.SUCCESS)


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
        unmap_specialty(code=obj, by=signed_in(request))
        self.message_user(request, LOAD_AGAIN.format(code=obj.code), messages.WARNING)

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: int
    ) -> HttpResponse:
        """Go back to the list: who may change nothing is led to the front page else."""
        super().response_delete(request, obj_display, obj_id)
        return redirect(f"admin:directory_{self.opts.model_name}_changelist")
