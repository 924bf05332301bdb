"""Cross-links as a page shows them: where each leads at this moment."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse

from articles.models import CrossLink, Revision
from articles.models.article import address_name_of
from articles.models.crosslink import SITE_PAGES, names_something
from articles.models.publication import open_slug
from directory.addresses import address, doctor_address, hospital_address
from directory.models import PractitionerCount, Specialization


class ShownLink(NamedTuple):
    """A stored or typed cross-link with all that a page needs of its target.

    What it does not lead to is None. ``COLUMNS`` says where each value comes from.
    """

    position: int
    kind: str
    key: str
    text: str
    line: int
    state: str
    article_id: int | None
    article_kind: str | None
    specialization_id: int | None
    specialization_slug: str | None
    specialization_level: str | None
    specialization_name: str | None
    specialization_plain_name: str | None
    place_slug: str | None
    organization_id: int | None
    ccn: str | None
    hospital_name: str | None
    hospital_retired_at: Any
    # the hospital that a former number was found to mean
    same_as_ccn: str | None
    same_as_name: str | None
    same_as_retired_at: Any
    practitioner_id: int | None
    npi: str | None
    first_name: str | None
    last_name: str | None
    doctor_retired_at: Any
    # whether the list that a finder link is narrowed to has somebody
    has_doctors: bool
    # where a reader finds the article now
    open_slug: str | None

    @property
    def is_resolved(self) -> bool:
        """Whether the key names something that this site holds, public or not."""
        targets = (
            self.article_id,
            self.specialization_id,
            self.organization_id,
            self.practitioner_id,
        )
        return names_something(self.kind, self.key, targets)

    @property
    def specialization(self) -> Specialization | None:
        """The specialization that it names, with what a list of them shows."""
        if self.specialization_id is None:
            return None
        return Specialization(
            pk=self.specialization_id,
            slug=self.specialization_slug or "",
            name=self.specialization_name or "",
            plain_name=self.specialization_plain_name or "",
        )

    def public_url(self) -> str | None:
        """Return where a reader is led, or None where nothing can be opened.

        The answer never redirects and is never a 404 or 410.
        """
        return ADDRESSES[self.kind](self)


COLUMNS = (
    "position",
    "kind",
    "key",
    "text",
    "line",
    "target_state",
    "target_article_id",
    "target_article__kind",
    "target_specialization_id",
    "target_specialization__slug",
    "target_specialization__level",
    "target_specialization__name",
    "target_specialization__plain_name",
    "target_place__slug",
    "target_organization_id",
    "target_organization__ccn",
    "target_organization__name",
    "target_organization__retired_at",
    "target_organization__same_as__ccn",
    "target_organization__same_as__name",
    "target_organization__same_as__retired_at",
    "target_practitioner_id",
    "target_practitioner__npi",
    "target_practitioner__first_name",
    "target_practitioner__last_name",
    "target_practitioner__retired_at",
    "has_doctors",
    "open_slug",
)


def _article(link: ShownLink) -> str | None:
    if link.article_kind is None or link.open_slug is None:
        return None
    return address(address_name_of(link.article_kind), link.open_slug)


def _page(link: ShownLink) -> str | None:
    name = SITE_PAGES.get(link.key)
    return reverse(name) if name else _article(link)


def _specialization(link: ShownLink) -> str | None:
    slug = link.specialization_slug
    return address("directory:specialization", slug) if slug else None


def _doctors(link: ShownLink) -> str | None:
    slug = link.specialization_slug
    is_family = link.specialization_level == Specialization.Level.FAMILY
    is_empty = bool(link.state) and not link.has_doctors
    if not slug or is_family or is_empty:
        return None
    narrowed = (link.state.lower(), link.place_slug)
    return address("directory:doctors", slug, *filter(None, narrowed))


def _hospital(link: ShownLink) -> str | None:
    # a number that was found to mean another hospital would redirect
    ccn, name, retired_at = (
        (link.same_as_ccn, link.same_as_name, link.same_as_retired_at)
        if link.same_as_ccn
        else (link.ccn, link.hospital_name, link.hospital_retired_at)
    )
    return hospital_address(ccn, name) if ccn and name and not retired_at else None


def _doctor(link: ShownLink) -> str | None:
    if link.npi is None or link.doctor_retired_at:
        return None
    return doctor_address(link.npi, link.first_name or "", link.last_name or "")


ADDRESSES = {
    "article": _article,
    "specialization": _specialization,
    "doctors": _doctors,
    "hospital": _hospital,
    "doctor": _doctor,
    "page": _page,
}


def links_of(revision: Revision) -> list[ShownLink]:
    """Return a stored text's links in its order, in one query."""
    rows = _every_link().filter(revision=revision)
    return [ShownLink(*row) for row in rows]


@cache
def _every_link() -> models.QuerySet[CrossLink, Any]:
    """Return the query of ``links_of()``; building it takes a quarter of its time."""
    counts = PractitionerCount.objects.alias(
        place_or_none=Coalesce("place_id", 0)
    ).filter(
        specialization=OuterRef("target_specialization"),
        state=OuterRef("target_state"),
        place_or_none=Coalesce(OuterRef("target_place_id"), 0),
    )
    is_open: dict[str, Any] = {
        "has_doctors": Exists(counts),
        "open_slug": open_slug("target_article", "target_article__slug"),
    }
    links = CrossLink.objects.order_by("position").annotate(**is_open)
    return links.values_list(*COLUMNS)


def as_shown(links: Iterable[CrossLink]) -> list[ShownLink]:
    """Return what ``build_links()`` made as a page would show it once stored."""
    return [ShownLink(*(_value(link, column) for column in COLUMNS)) for link in links]


def _value(link: CrossLink, column: str) -> Any:
    """Follow a column's name from row to row, as a query does."""
    value: Any = link
    for name in column.split("__"):
        value = getattr(value, name, None)
    return value
