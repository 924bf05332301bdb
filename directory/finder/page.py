"""The page that offers the ways to a doctor: by kind and place, or by name."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from directory.along import Along
from directory.finder.apart import Apart, apart_from
from directory.finder.cards import card_of
from directory.finder.filters import read_name, read_number, read_typed
from directory.finder.named import last_names_in, names_alike, people_named
from directory.finder.pagination import Cursor, Page
from directory.finder.searching import NotThereError, Search
from directory.finder.whereabouts import (
    Whereabouts,
    find_whereabouts,
    zip_code_in,
)
from directory.models import Practitioner, PractitionerSpecialization, Specialization
from directory.tree import tree_of
from directory.values.states import STATES

NO_KIND = "Choose the kind of doctor as well."


@dataclass
class FinderForm:
    """What was typed into the finder, and what is wrong by field.

    ``along`` has whom to leave out and the ZIP code, as far as they were understood.
    A link may fill in the place alone; ``is_sent`` is whether the form asked.
    """

    where: str
    name: str
    apart_from: str
    after: Cursor | None
    before: Cursor | None
    along: Along
    is_sent: bool
    errors: dict[str, str] = field(default_factory=dict)
    whereabouts: Whereabouts = field(default_factory=Whereabouts)

    def search(self, specialization: Specialization, state: str) -> Search | None:
        """Return the one search that was meant, or None with what is to be said."""
        if self.errors:
            return None
        search = Search(
            specialization,
            state,
            name=self.name,
            apart_from=self.along.apart_from,
            compare=self.along.compare,
        )
        if not self.where:
            return search
        self.whereabouts = find_whereabouts(search, self.where)
        if self.whereabouts.error:
            self.errors["where"] = self.whereabouts.error
        return self.whereabouts.search


def read(query: QueryDict) -> FinderForm:
    """Read the parameters of the finder; raises BadRequest for what nobody types."""
    found = read_typed(
        query, {"where": str, "name": read_name, "apart_from": read_number}
    )
    known = {"apart_from": found.values.get("apart_from", "")}
    zip_code = zip_code_in(found.values["where"])
    if zip_code:
        known["near"] = zip_code[1]
    along = Along.read(query, **known)
    if "where" not in query:  # no field: a link has the ZIP code
        found.values["where"] = along.near
    return FinderForm(
        **(found.typed | found.values),
        after=Cursor.read(query, "after"),
        before=Cursor.read(query, "before"),
        along=along,
        is_sent="specialization" in query,
        errors=found.errors,
    )


def finder_context(form: FinderForm, slug: str, state: str) -> dict[str, Any]:
    """Return what the template needs: at most ten queries."""
    found = list(Specialization.objects.listed().with_counts())
    apart = apart_from(form.along.apart_from, form.errors)
    form.along = replace(form.along, apart_from=apart.number if apart else "")
    if form.where and not slug and form.is_sent:
        form.errors.setdefault("specialization", NO_KIND)
    is_by_name = bool(form.name and not slug and not form.errors)
    page = Page([])
    if is_by_name:
        page = people_named(form.name, after=form.after, before=form.before)
    is_nobody = is_by_name and not page.practitioners
    if is_nobody and (form.after or form.before):
        way = (f"Doctors named “{form.name}”", _url_of(form, name=form.name))
        raise NotThereError("no such page", [way])
    return {
        "along": form.along,
        "everybody_url": replace(form.along, apart_from="").finder_url,
        "families": tree_of(found),
        "where": form.where or STATES.get(state, ""),
        "chosen_slug": slug or _kind_of(apart) or form.along.back.partition("/")[0],
        "form": form,
        "apart": apart,
        "is_by_name": is_by_name,
        "page": page,
        "names_alike": _named(form, names_alike(form.name) if is_nobody else []),
        "hospitals_named_url": form.along.by_name("directory:hospitals", form.name),
        "last_names": _named(form, last_names_in(form.name) if is_nobody else []),
        "cards": [
            card_of(
                one,
                one.listed_practices,
                along=form.along,
                independence=apart.compared_with(one) if apart else None,
            )
            for one in page.practitioners
        ],
        "is_first_page": not (form.after or form.before),
        "previous_address": _page_url(form, "before", page.before),
        "next_address": _page_url(form, "after", page.after),
        "crumbs": [],
        "shows_demo": any(one.counts_demo for one in found)
        or any(one.is_demo for one in page.practitioners),
    }


def _named(form: FinderForm, names: list[str]) -> list[tuple[str, str]]:
    """Return (name, address of its people) for other names to look for."""
    return [(name, _url_of(form, name=name)) for name in names]


def _page_url(form: FinderForm, name: str, cursor: str) -> str:
    return _url_of(form, **{"name": form.name, name: cursor}) if cursor else ""


def _url_of(form: FinderForm, **parameters: str) -> str:
    """Return the finder with these parameters, and what goes along."""
    return reverse("directory:finder", query=parameters | form.along.parameters)


def _kind_of(apart: Apart | None) -> str:
    """Return the slug of what a first doctor is: most look for the same again."""
    if apart is None or not isinstance(apart.subject, Practitioner):
        return ""
    kinds = PractitionerSpecialization.objects.filter(practitioner=apart.subject)
    slugs = kinds.order_by("-is_primary", "pk").values_list(
        "specialization__slug", flat=True
    )
    return slugs.first() or ""
