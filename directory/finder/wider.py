"""Where to look instead: wider searches that find somebody, with their numbers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from directory.finder.cities_around import MOST_CITIES, cities_around, how_far
from directory.finder.finding import COUNTED, Finder
from directory.finder.looking_up import Asked
from directory.finder.rows import Sql, all_of
from directory.finder.searching import ANYWHERE, Search, Way
from directory.models import Place
from directory.nearby import DISTANCES, circle_around
from directory.sql import fetch_rows
from directory.values.spellings import with_other_letters

MOST_WAYS = 8
CITIES_TRIED = 8  # where not everybody of a city fits
# Cut where counting stops, the walk has met everybody who is nearer.
WITHIN = f"""
    SELECT each.at, count(*), bool_or(is_demo)
    FROM (SELECT * FROM ({{}}) AS walk LIMIT {COUNTED}) AS found
    JOIN (VALUES {{}}) AS each (at, size) ON rank < size
    GROUP BY each.at
"""
PRECOMPUTED = """
    SELECT practitioners AS number, includes_demo FROM directory_practitionercount
    WHERE specialization_id = %s AND state = %s
      AND place_id IS NOT DISTINCT FROM %s::bigint
"""


def ways_on(asked: Asked) -> list[Way]:
    """Return wider searches that lead to somebody: at most two queries.

    A wider circle or area, the nearest cities, a name written otherwise, one rung up,
    video visits from anywhere; who is left out stays left out.
    """
    finder = asked.finder
    place = finder.search.place
    searches = dict.fromkeys(_wider(finder.search))
    searches.pop(finder.search, None)
    finders = _finders(finder, searches)
    if not finders:
        return []
    rows = fetch_rows(*all_of(_counts(finders)))
    numbers = {at: (count, has_demo) for at, count, has_demo in rows if count}
    found = [
        (one.search, *numbers[at]) for at, one in enumerate(finders) if at in numbers
    ]
    return [
        Way(
            _words(search, place),
            search.url(),
            count,
            has_demo,
            is_exact=not search.is_filtered,
        )
        for search, count, has_demo in _chosen(found, place)
    ]


def _chosen(
    found: list[tuple[Search, int, bool]], place: Place | None
) -> list[tuple[Search, int, bool]]:
    """Return the few to offer, in their order: some of each kind.

    Searches for the same people in one area and a wider one are of a kind; a wider one
    that finds nobody more is left away. The cities around ``place`` are of another, and
    only where they are not found in ``place``. Each kind gives its first before any
    gives its second, or circles would crowd out video visits and the rung above.
    """
    kinds: defaultdict[Search, list[tuple[Search, int]]] = defaultdict(list)
    ranked = []
    for at, (search, count, _) in enumerate(found):
        nearer = kinds[replace(search, state="", place=None, near="", within=0)]
        around = [one for one, _ in nearer if _is_around(one, place)]
        if _is_around(search, place):
            rank = len(around)
            is_offered = rank < MOST_CITIES and len(around) == len(nearer)
        else:
            rank = len(nearer) - len(around)
            is_offered = not any(
                number == count and search.state in ("", one.state)
                for one, number in nearer
            )
        if is_offered:
            ranked.append((rank, at))
            nearer.append((search, count))
    return [found[at] for at in sorted(at for _, at in sorted(ranked)[:MOST_WAYS])]


def _is_around(search: Search, place: Place | None) -> bool:
    """Whether a search is for one of the cities around a place."""
    return search.place not in (None, place)


def _wider(search: Search) -> Iterator[Search]:
    """Yield searches further and further from what was asked: at most one query.

    A kind that no file codes is sought as the rung above.
    """
    own, *above = _rungs(search) or [search]
    around = _around(own)
    plain = own.without_filters()
    yield from _areas(own, around)
    for name in with_other_letters(search.name):
        yield from _areas(replace(own, name=name))
    yield from _areas(plain, around)
    for higher in above:
        yield from _areas(higher)
        yield from _areas(higher.without_filters())
    state = replace(plain, near="", place=None, telehealth=True)
    yield state
    yield replace(state, state="")


def _rungs(search: Search) -> list[Search]:
    """Return the search and that of the rung above, where anybody is listed at all."""
    kinds = [search.specialization]
    above = search.specialization.parent
    if above is not None and not above.is_family:
        kinds.append(above)
    return [replace(search, specialization=kind) for kind in kinds if kind.doctors]


def _around(search: Search) -> list[Place]:
    """Return the nearest cities with such people."""
    if search.place is None:
        return []
    most = CITIES_TRIED if search.is_filtered else MOST_CITIES
    return [
        city for city, _ in cities_around(search.specialization, search.place, most)
    ]


def _areas(search: Search, around: Iterable[Place] = ()) -> Iterator[Search]:
    """Yield the search itself and in wider areas."""
    yield search
    if search.near:
        for within in DISTANCES:
            if within > search.within:
                yield replace(search, within=within)
    for city in around:
        yield search.narrowed(city.state, city)
    if search.place:
        yield replace(search, place=None)
    if search.state or search.near:
        yield replace(search, place=None, state="", near="")


def _finders(finder: Finder, searches: Iterable[Search]) -> list[Finder]:
    """Return a finder for each search; circles come of the widest one."""
    widest = None
    if finder.circle is not None:
        widest = circle_around(finder.circle.zip_code, DISTANCES[-1])
    found = []
    for search in searches:
        one = Finder(
            search,
            widest.narrowed(search.within) if widest and search.near else None,
            finder.hospital if search.hospital else None,
            finder.group if search.group else None,
            finder.apart,
        )
        if not one.is_hopeless:
            found.append(one)
    return found


def _counts(finders: list[Finder]) -> Iterator[Sql]:
    """Yield queries of (position, number, whether somebody made up is counted).

    The circles around a point are counted in one walk through the widest.
    """
    circles: defaultdict[Search, list[tuple[int, Finder, int]]] = defaultdict(list)
    for at, one in enumerate(finders):
        if one.circle is None:
            text, parameters = _count(one)
            yield f"SELECT {at}, found.* FROM ({text}) AS found", parameters
        else:
            alike = replace(one.search, within=0)
            circles[alike].append((at, one, len(one.circle.zip_codes)))
    for group in circles.values():
        _, widest, _ = max(group, key=lambda each: each[2])
        text, parameters = widest.people_sql()
        sizes = ", ".join(f"({at}, {size})" for at, _, size in group)
        yield WITHIN.format(text, sizes), parameters


def _count(finder: Finder) -> Sql:
    """Return a query of a number and whether somebody made up is counted."""
    search = finder.search
    if search.is_filtered:
        return finder.count_sql()
    place = search.place.pk if search.place else None
    return PRECOMPUTED, [search.specialization.pk, search.state, place]


def _words(search: Search, place: Place | None) -> str:
    """Return what a search finds, what of the filters is left, how far it is."""
    kept = [
        words
        for words, is_kept in (
            ("by video or telephone", search.telehealth),
            (f"named {search.name}", search.name),
            ("at this hospital", search.hospital),
            ("of this group practice", search.group),
            ("who are physicians", search.physicians),
            ("at a teaching hospital", search.teaching),
        )
        if is_kept
    ]
    where = search.where or ANYWHERE
    if place and search.place and _is_around(search, place):
        where += how_far(place, search.place) + ("," if kept else "")
    return " ".join([f"{search.specialization.title_plural}{where}", *kept])
