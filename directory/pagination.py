"""Pages by cursor in the order (sort_key, npi): nobody is skipped or shown twice."""

from dataclasses import dataclass

from django.db.models import Q

from directory.models import Practitioner
from directory.models.practitioner import PractitionerQuerySet

PAGE_SIZE = 20


@dataclass(frozen=True)
class Page:
    """Some practitioners in order, with the cursors of the neighbouring pages."""

    practitioners: list[Practitioner]
    has_previous: bool = False
    has_next: bool = False

    @property
    def before(self) -> str:
        """The cursor of the page before, or an empty string."""
        return self.practitioners[0].npi if self.has_previous else ""

    @property
    def after(self) -> str:
        """The cursor of the page behind, or an empty string."""
        return self.practitioners[-1].npi if self.has_next else ""


def page_of(
    practitioners: PractitionerQuerySet, *, after: str = "", before: str = ""
) -> Page:
    """Return the page behind or before the practitioner with this NPI: one query.

    A cursor is the NPI of somebody seen, so that a page stays right when others come
    or go. An unknown one gives an empty page.
    """
    cursor = after or before
    key = Practitioner.objects.filter(npi=cursor).values("sort_key")
    if before:
        behind = Q(sort_key__lt=key) | Q(npi__lt=before)
        found = practitioners.filter(behind, sort_key__lte=key)
        found = found.order_by("-sort_key", "-npi")
    else:
        found = practitioners.order_by("sort_key", "npi")
        if after:
            behind = Q(sort_key__gt=key) | Q(npi__gt=after)
            found = found.filter(behind, sort_key__gte=key)
    rows = list(found[: PAGE_SIZE + 1])
    has_more = len(rows) > PAGE_SIZE
    rows = rows[:PAGE_SIZE]
    if not rows:
        return Page([])
    if before:
        return Page(rows[::-1], has_previous=has_more, has_next=True)
    return Page(rows, has_previous=bool(after), has_next=has_more)
