"""What the list of a specialization's doctors shows: at most twelve queries a page."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.urls import reverse

from directory.finder.apart import Apart
from directory.finder.cards import Card, card_of
from directory.finder.choices import Choices, look_around
from directory.finder.finding import Finder
from directory.finder.looking_up import Asked
from directory.finder.numbers import Numbers
from directory.finder.pagination import Cursor, Page
from directory.finder.searching import (
    EXACT_UP_TO,
    NARROWING,
    NotThereError,
    Search,
    Way,
    number_words,
)
from directory.finder.wider import ways_on
from directory.independence import CANNOT_SHOW, Independence, Level
from directory.models import Practice, Practitioner
from directory.nearby import DISTANCES, distance_words
from directory.parameters import NPI_OR_CCN
from directory.values.states import STATES

SWITCH_WORDS = {
    "telehealth": "By video or telephone",
    "physicians": "Physicians only",
    "teaching": "At a teaching hospital",
}


def list_context(
    asked: Asked, *, after: Cursor | None, before: Cursor | None
) -> dict[str, Any]:
    """Return what the template needs; NotThereError for a page past the end."""
    finder, search = asked.finder, asked.finder.search
    page, choices, ways, numbers = Page([]), Choices(), [], Numbers()
    if not asked.filters.errors:
        if not finder.is_hopeless:
            numbers, choices = look_around(finder, asked.rungs, asked.counts)
        if numbers.total:
            page = finder.page(after=after, before=before)
        elif not (after or before):
            ways = ways_on(asked)
        if not page.practitioners and (numbers.total or after or before):
            raise NotThereError("no such page", [(search.title, search.url())])
    choices.keep_what_is_on(finder)
    total = numbers.total
    compared = comparisons(finder, page.practitioners)
    return {
        "search": search,
        "finder": finder,
        "specialization": search.specialization,
        "total": total,
        "counted": counted(search, total),
        "page": page,
        "cards": cards_of(finder, page.practitioners, compared),
        "is_first_page": not (after or before),
        "previous_address": search.url(before=page.before) if page.before else "",
        "next_address": search.url(after=page.after) if page.after else "",
        "choices": choices,
        "ways": ways,
        "form": form_of(asked, choices),
        "removals": removals_of(finder),
        "sorts": sorts_of(search, choices) if total > 1 else [],
        "along": search.along,
        "along_and_back": search.along_and_back,
        "apart": apart_context(finder, numbers, compared.values()),
        "crumbs": crumbs_of(search),
        "shows_demo": numbers.has_demo
        or any(one.is_demo for one in page.practitioners)
        or any(way.counts_demo for way in ways),
    }


def counted(search: Search, total: int) -> str:
    """Return how many: 1 cardiologist, more than 1,000 cardiologists."""
    if total == 1:
        return search.specialization.counted(1)
    number = number_words(total, is_exact=not search.is_filtered)
    return f"{number} {search.specialization.titles_in_sentence}"


def comparisons(
    finder: Finder, doctors: Iterable[Practitioner]
) -> dict[int, Independence]:
    """Return doctor -> how independent of whom the list stays apart from."""
    if finder.apart is None:
        return {}
    return {doctor.pk: finder.apart.compared_with(doctor) for doctor in doctors}


def cards_of(
    finder: Finder, doctors: list[Practitioner], compared: dict[int, Independence]
) -> list[Card]:
    """Return people as this list shows them, at their addresses in its area."""
    along = finder.search.along
    return [
        card_of(
            doctor,
            practices_in_area(finder, doctor),
            along=along,
            distance=_distance(finder, doctor),
            independence=compared.get(doctor.pk),
        )
        for doctor in doctors
    ]


def _distance(finder: Finder, doctor: Practitioner) -> str:
    circle = finder.circle
    if circle is None:
        return ""
    return distance_words(circle.miles[circle.ranks[doctor.standing.zip_code]])


def practices_in_area(finder: Finder, doctor: Practitioner) -> list[Practice]:
    """Return the practices in the area; of a circle those at the nearest ZIP code."""
    search = finder.search

    def fits(one: Practice) -> bool:
        if finder.circle is not None:
            return one.location.zip_code == str(doctor.standing.zip_code)
        if search.place:
            return one.location.place_id == search.place.pk
        return search.state in ("", one.location.place.state)

    return list(filter(fits, doctor.listed_practices)) or doctor.listed_practices


def form_of(asked: Asked, choices: Choices) -> dict[str, Any]:
    """Return what stands in the fields, as it was typed, and what is wrong there."""
    search = asked.finder.search
    typed = asked.filters.typed if asked.filters.errors else {}
    return {
        "near": typed.get("near", search.near),
        "name": typed.get("name", search.name),
        "apart_from": typed.get("apart_from", search.apart_from),
        **_by_name(asked),
        "errors": asked.filters.errors,
        "distances": DISTANCES,
        "selects": [
            ("hospital", "Hospital", "All hospitals, or none known", choices.hospitals),
            ("group", "Group practice", "All, or none known", choices.groups),
        ],
        "switches": [
            (name, words, getattr(search, name))
            for name, words in SWITCH_WORDS.items()
            if name in choices.switches
        ],
        "action": search.url().partition("?")[0],
    }


def _by_name(asked: Asked) -> dict[str, str]:
    """Return where a first doctor and a hospital are found by name: one typed here.

    From there one comes back to this list.
    """
    filters, along = asked.filters, asked.finder.search.along_and_back
    whom = filters.typed["apart_from"] if "apart_from" in filters.errors else ""
    is_name = any(map(str.isalpha, whom)) and not NPI_OR_CCN.fullmatch(whom.upper())
    name = whom if is_name else ""
    return {
        "by_name_url": along.by_name("directory:finder", name),
        "hospital_by_name_url": along.by_name("directory:hospitals", name),
    }


def removals_of(finder: Finder) -> list[Way]:
    """Return a link for each filter that is on: to the same list without it."""
    search = finder.search
    filters = [
        ("near", f"Near {search.near}"),
        ("hospital", finder.hospital.name if finder.hospital else ""),
        ("group", finder.group.name if finder.group else ""),
        ("name", f"Named “{search.name}”"),
        *SWITCH_WORDS.items(),
    ]
    return [
        Way(text, replace(search, **{name: NARROWING.get(name, "")}).url())
        for name, text in filters
        if getattr(search, name)
    ]


def sorts_of(search: Search, choices: Choices) -> list[tuple[str, str]]:
    """Return (words, address) for each order of this list; the present has none."""
    orders = [("name", "name")]
    if search.near:
        orders.insert(0, ("distance", "distance"))
    elif choices.rungs or search.order == "match":
        orders.append(("match", "closest match"))
    default = orders[0][0]
    return [
        (
            words,
            ""
            if order == search.order
            else replace(search, sort="" if order == default else order).url(),
        )
        for order, words in orders
    ]


def apart_context(
    finder: Finder, numbers: Numbers, compared: Iterable[Independence]
) -> dict[str, Any] | None:
    """Return whom the list stays apart from, who is left out, what is unknown.

    The releases are those of both sides of every comparison on the page.
    """
    apart = finder.apart
    if apart is None:
        return None
    levels = apart.known_levels
    sources = apart.sources.union(*(one.sources for one in compared))
    return {
        "subject": apart.subject,
        "is_doctor": apart.is_doctor,
        "is_one": numbers.left_out == 1,
        "total": numbers.left_out,
        "number": number_words(numbers.left_out, is_exact=False),
        "reasons": [
            (level, _left_out_words(numbers, level))
            for level in levels
            if numbers.left_out_on.get(level)
        ],
        "has_several_reasons": sum(numbers.left_out_on.values()) > numbers.left_out,
        "unknown_levels": [one for one in apart.side.facts if one not in levels],
        "known": [(level, names_on(apart, level)) for level in levels],
        "sources": sorted(sources),
        "cannot_show": CANNOT_SHOW,
        "everybody_url": replace(finder.search, apart_from="").url(),
        "works": apart.works,
        "compare_url": (
            finder.search.along.comparison_from(apart.number) if apart.is_doctor else ""
        ),
    }


def _left_out_words(numbers: Numbers, level: Level) -> str:
    """Return how many are left out on a level, as far as all of them were counted."""
    number = numbers.left_out_on[level]
    words = number_words(number, is_exact=False)
    has_more = numbers.left_out > EXACT_UP_TO >= number
    return f"at least {words}" if has_more else words


def names_on(apart: Apart, level: Level) -> list[str]:
    """Return the names of a side's facts on one level."""
    return sorted({fact.shown for fact in apart.side.facts[level]})


def crumbs_of(search: Search) -> list[tuple[str, str]]:
    """Return the wider lists above this one; who is left out stays left out."""
    plain = replace(search.without_filters(), near="", sort="")
    crumbs = [
        ("Find a doctor", reverse("directory:finder", query=plain.parameters)),
        (search.specialization.name, search.specialization.get_absolute_url()),
        (
            search.specialization.title_plural,
            replace(plain, state="", place=None).url(),
        ),
    ]
    if search.state:
        crumbs.append((STATES[search.state], replace(plain, place=None).url()))
    if search.place:
        crumbs.append((search.place.name, plain.url()))
    return crumbs[:-1] if search == plain else crumbs
