"""People of every kind by name, for whoever knows a doctor and not the field."""

from django.db.models import Q

from directory.finding import compiled_query, fetch
from directory.models import Practitioner
from directory.models.listing import LAST, has_names
from directory.pagination import PAGE_SIZE, Cursor, Page, behind_name, cut
from directory.searching import beginnings_of, words_of


def people_named(name: str, *, after: Cursor | None, before: Cursor | None) -> Page:
    """Return a page of people with this name or NPI: four queries, or one for nobody.

    Each word that a last name may begin with is a range of an index; the ranges are
    walked in order and cut after a page.
    """
    cursor = after or before
    people = Practitioner.objects.listed()
    if name.isdigit():
        branches = [people.filter(npi=name)]
    else:
        people = people.filter(has_names(words_of(name)))
        branches = [
            people.filter(sort_key__gte=word, sort_key__lt=word + LAST)
            for word in beginnings_of(name)
        ]
    order = ("-sort_key", "-npi") if before else ("sort_key", "npi")
    parts = []
    behind = behind_name(cursor, is_backwards=bool(before)) if cursor else Q()
    for branch in branches:
        names = branch.filter(behind).values_list("pk", "sort_key", "npi")
        parts.append(compiled_query(names.order_by(*order)[: PAGE_SIZE + 1]))
    direction = "DESC" if before else "ASC"
    text = " UNION ALL ".join(f"({text})" for text, _ in parts)
    rows = fetch(
        f"SELECT * FROM ({text}) AS walk"
        f" ORDER BY sort_key {direction}, npi {direction} LIMIT {PAGE_SIZE + 1}",
        [one for _, parameters in parts for one in parameters],
    )
    rows, has_before, has_after = cut(rows, after=after, before=before)
    return Page(
        _people([pk for pk, _, _ in rows]),
        before=str(Cursor("", *rows[0][1:])) if has_before else "",
        after=str(Cursor("", *rows[-1][1:])) if has_after else "",
    )


def _people(keys: list[int]) -> list[Practitioner]:
    """Return people in the order of their keys: three queries, or none."""
    if not keys:
        return []
    found = {one.pk: one for one in Practitioner.objects.for_list().filter(pk__in=keys)}
    for one in found.values():
        one.shown_practices = one.listed_practices
    return [found[key] for key in keys if key in found]
