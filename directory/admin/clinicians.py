"""Clinicians in the admin: searched as readers search them, among all of a country."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest

from directory.admin.linked import LinkedAdmin
from directory.admin.long_lists import MOST, LongListAdmin
from directory.admin.made_up import made_up
from directory.admin.read_only import ReadOnlyInline
from directory.finder.filters import read_name
from directory.finder.named import branches_of
from directory.finder.rows import Rows, all_of
from directory.finder.searching import words_of
from directory.models import (
    Affiliation,
    FormerAffiliation,
    FormerPractice,
    Practice,
    Practitioner,
    PractitionerSpecialization,
)
from directory.sql import fetch_rows


class SpecializationInline(ReadOnlyInline):
    """What somebody does."""

    model = PractitionerSpecialization
    joined = ("specialization", "practitioner")


class PracticeInline(ReadOnlyInline):
    """Where somebody practises."""

    model = Practice
    joined = (
        "practitioner",
        "location__place",
        "organization",
        "release",
        "first_release",
    )


class AffiliationInline(ReadOnlyInline):
    """Hospitals that somebody is linked to."""

    model = Affiliation
    joined = ("practitioner", "organization", "release", "first_release")


class FormerPracticeInline(ReadOnlyInline):
    """Where somebody practiced once."""

    model = FormerPractice
    joined = (
        "practitioner",
        "location__place",
        "organization",
        "first_release",
        "last_release",
    )


class FormerAffiliationInline(ReadOnlyInline):
    """Hospitals that somebody was linked to once."""

    model = FormerAffiliation
    joined = ("practitioner", "organization", "first_release", "last_release")


class ListedFilter(admin.SimpleListFilter):
    """Listed clinicians or retired ones: no index has the names of both."""

    title = "whether listed"
    parameter_name = "retired_at__isempty"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer either."""
        return [("1", "Listed"), ("0", "Retired")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        """Begin with the listed ones."""
        for value, title in self.lookup_choices:
            way = changelist.get_query_string({self.parameter_name: value})
            is_chosen = (self.value() or "1") == value
            yield {"selected": is_chosen, "query_string": way, "display": title}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep either; where nothing was chosen, a number is anybody's."""
        if self.value() == "0":
            return queryset.exclude(retired_at=None)
        is_number = request.GET.get(SEARCH_VAR, "").strip().isdigit()
        is_anybody = is_number and self.value() is None
        return queryset if is_anybody else queryset.filter(retired_at=None)


@admin.register(Practitioner)
class PractitionerAdmin(LongListAdmin, LinkedAdmin):
    """Clinicians, found by NPI or name."""

    list_display = ("full_name", "npi", "seen_in", "retired_at", made_up)
    list_filter = (ListedFilter, "is_demo")
    list_select_related = ("last_release",)
    search_fields = ("npi", "sort_key")
    search_help_text = (
        "NPI, of retired clinicians too; or names: Example Ada. By name, retired "
        "clinicians are found among the retired."
    )
    inlines = (
        SpecializationInline,
        PracticeInline,
        AffiliationInline,
        FormerPracticeInline,
        FormerAffiliationInline,
    )

    @admin.display(description="seen in")
    def seen_in(self, practitioner: Practitioner) -> str:
        """Return the release in short: the dataset is nearly always the same."""
        return practitioner.last_release.version

    def keys_found(
        self, request: HttpRequest, queryset: QuerySet[Any], text: str
    ) -> list[int]:
        """Search names as readers do; a number by how it begins."""
        if text.isdigit():
            numbered = queryset.filter(npi__startswith=text).order_by("npi")
            return list(numbered.values_list("pk", flat=True)[: MOST + 1])
        try:
            name = read_name(text)
        except ValueError as error:
            self.message_user(request, str(error), messages.WARNING)
            return []
        is_retired = request.GET.get(ListedFilter.parameter_name) == "0"
        if is_retired:
            branches = [Rows.retired_people().named(words_of(name))]
        else:
            branches = branches_of(name)
        made_up_or_not = request.GET.get("is_demo__exact")
        if made_up_or_not is not None:
            is_demo = made_up_or_not == "1"
            branches = [one.where("is_demo = %s", is_demo) for one in branches]
        columns = ["sort_key", "npi", "id"]
        found = fetch_rows(*all_of(one.first(MOST + 1, columns) for one in branches))
        return [pk for _, _, pk in sorted(found)[: MOST + 1]]
