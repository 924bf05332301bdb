"""Lists of the admin among millions of rows: a thousand rows, and they say so.

Django's own counts all rows for every page, and puts all of them in order for most.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

MOST = 1_000


class FirstPages(Paginator):
    """Pages of the first rows; which ones they are is asked once, without joins."""

    object_list: QuerySet[Any]

    @cached_property
    def keys(self) -> list[Any]:
        """Return the keys of the first rows, and one more if there are more."""
        return list(self.object_list.values_list("pk", flat=True)[: MOST + 1])

    @cached_property
    def count(self) -> int:
        """Return how many rows the pages have together."""
        return min(len(self.keys), MOST)

    def rows(self, bottom: int, top: int) -> QuerySet[Any]:
        """Return some of the first rows."""
        return self.object_list.filter(pk__in=self.keys[bottom:top])

    def page(self, number: Any) -> Page:
        """Return a page, found by its rows' keys."""
        found = super().page(number)
        found.object_list = self.rows(found.start_index() - 1, found.end_index())
        return found


class FirstRows(ChangeList):
    """A list that says of how many more rows it does not know."""

    is_cut = False

    def get_results(self, request: HttpRequest) -> None:
        """Look for no row twice."""
        super().get_results(request)
        if not self.multi_page or (self.show_all and self.can_show_all):
            self.result_list = self.paginator.rows(0, MOST)
        if len(self.paginator.keys) > MOST:
            self.is_cut = True
            self.result_count = f"more than {MOST:,}"  # type: ignore[assignment]

    def get_ordering_field(self, field_name: Any) -> Any:
        """Return nothing for a column that the list does not offer to sort by.

        An address that was kept from once, or written by hand, may ask for it.
        """
        is_offered = self.sortable_by is None or field_name in self.sortable_by
        return super().get_ordering_field(field_name) if is_offered else None


class LongListAdmin(admin.ModelAdmin):
    """A table that nobody reads from end to end, but searches."""

    paginator = FirstPages
    show_facets = admin.ShowFacets.NEVER  # they would count all rows
    sortable_by = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Show the first rows."""
        return FirstRows

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Search with as little of the table as its indexes allow."""
        text = search_term.strip()
        if text:
            keys = self.keys_found(request, queryset, text)
            queryset = queryset.filter(pk__in=keys)
        return queryset, False

    def keys_found(
        self, request: HttpRequest, queryset: QuerySet[Any], text: str
    ) -> list[int]:
        """Return the keys of what is found, of a thousand and one at most."""
        raise NotImplementedError
