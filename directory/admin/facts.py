"""Facts of the files in the admin: to look up and to link to, read-only.

One that was changed here would be lost with the next release. Corrections outlive it.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from directory.admin.linked import LinkedAdmin
from directory.admin.long_lists import MOST, LongListAdmin
from directory.admin.made_up import made_up
from directory.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from directory.admin.signed_in import signed_in
from directory.admin.slug_form import SlugForm
from directory.by_hand.renaming import rename_specialization
from directory.hospitals.named import is_named
from directory.models import (
    Location,
    Organization,
    Place,
    PractitionerCount,
    SourceRelease,
    Specialization,
    SpecializationCode,
)
from directory.values.sort_keys import sort_key

MOST_WORDS = 12  # of an address: each is looked for among all cities


class CodeInline(ReadOnlyInline):
    """What other systems call it."""

    model = SpecializationCode
    joined = ("specialization",)


class SpecializationForm(SlugForm):
    """The one field that is not the tree's: the address."""

    class Meta:
        help_texts = {"slug": "The address. Every one that it had leads here for good."}


@admin.register(Specialization)
class SpecializationAdmin(LinkedAdmin):
    """The tree, whose words come from its file; an address may be changed here."""

    form = SpecializationForm
    fields = (
        "name",
        "slug",
        "level",
        "parent",
        "title",
        "title_plural",
        "plain_name",
        "what_they_do",
        "when_to_see",
        "profession",
        "synonyms",
        "questions_to_ask",
    )

    list_display = ("name", "plain_name", "level", "parent", "profession")
    list_filter = ("level", "profession")
    list_select_related = ("parent",)
    search_fields = ("name", "title", "plain_name", "slug")
    inlines = (CodeInline,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those who may give a specialization another address."""
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Keep everything else as the file has it."""
        return [name for name in self.fields if name != "slug"]

    def save_model(
        self, request: HttpRequest, obj: Specialization, form: Any, change: bool
    ) -> None:
        """Let the address that it had lead to the new one."""
        slug, obj.slug = obj.slug, form.initial["slug"]
        user = signed_in(request)
        rename_specialization(specialization=obj, slug=slug, by=user)


@admin.register(Organization)
class OrganizationAdmin(LinkedAdmin):
    """Hospitals, group practices, health systems."""

    list_display = ("name", "kind", "ccn", "pac_id", "location", "rating", made_up)
    list_filter = (
        "kind",
        "rating",
        "is_demo",
        ("retired_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("location__place",)
    search_fields = ("sort_key", "ccn", "pac_id")
    search_help_text = "Name, with its city or state if need be; CCN; PAC ID"

    def view_on_site(self, obj: Organization) -> str | None:
        """Offer the public page of a hospital: groups and systems have none."""
        is_hospital = obj.kind == Organization.Kind.HOSPITAL
        return obj.get_absolute_url() if is_hospital else None

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search as readers do, who write Saint for St."""
        term = search_term.strip()
        if term:
            queryset = queryset.filter(is_named(term) | Q(pac_id=term))
        return queryset, False


@admin.register(Place)
class PlaceAdmin(LinkedAdmin):
    """Cities."""

    list_display = ("name", "state", "slug", "latitude", "longitude")
    list_filter = ("state",)
    search_fields = ("sort_key", "slug", "=state")


@admin.register(Location)
class LocationAdmin(LongListAdmin, ReadOnlyAdmin):
    """Street addresses."""

    list_display = ("line_1", "line_2", "place", "zip_code")
    list_select_related = ("place",)
    search_fields = ("line_1", "line_2", "zip_code", "place__sort_key")
    search_help_text = "Street, city, ZIP code, or several of them"

    def keys_found(
        self, request: HttpRequest, queryset: QuerySet[Any], text: str
    ) -> list[int]:
        """Look the first words up; cities before, or a join compares all addresses.

        In no order: whatever is met first is enough of what many addresses have.
        """
        for word in list(dict.fromkeys(text.split()))[:MOST_WORDS]:
            cities = Place.objects.filter(sort_key__contains=sort_key(word) or word)
            queryset = queryset.filter(
                Q(line_1__icontains=word)
                | Q(line_2__icontains=word)
                | Q(zip_code=word)
                | Q(place__in=list(cities.values_list("pk", flat=True)))
            )
        found = queryset.order_by().values_list("pk", flat=True)
        return list(found[: MOST + 1])


@admin.register(SourceRelease)
class SourceReleaseAdmin(ReadOnlyAdmin):
    """Which files were loaded, when."""

    list_display = ("__str__", "row_count", "code_version", "imported_at", "is_demo")
    list_filter = ("dataset", "is_demo")


@admin.register(PractitionerCount)
class PractitionerCountAdmin(ReadOnlyAdmin):
    """How many practitioners each page says there are."""

    list_display = ("specialization", "state", "place", "practitioners")
    list_select_related = ("specialization", "place")
    search_fields = ("specialization__name", "=state", "place__sort_key")
