"""What a cross-link could lead to, found while an editor types.

One query a kind, each with a limit. The directory may hold a million practitioners:
they are found by the beginning of a name, along the index that lists are ordered by,
or by NPI; never by a scan.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from articles.models import Article, Revision
from articles.models.crosslink import KIND_TARGETS, SITE_PAGES
from directory.finder.kinds_named import NAMES, kinds_named
from directory.hospitals.named import hospitals_named
from directory.models import (
    Practitioner,
    PractitionerCount,
    Specialization,
)
from directory.values.sort_keys import sort_key
from directory.values.spellings import phrases
from directory.values.states import STATES

LONGEST_QUERY = 100
SHORTEST_NAME = 2  # one letter fits a tenth of the country
AT_MOST = 8  # of each kind
KIND = re.compile(rf"^\s*({'|'.join(KIND_TARGETS)}):")

SITE_PAGE_NAMES = {
    "home": "Home page",
    "articles": "All guides",
    "doctors": "Find a doctor",
    "specializations": "All specializations",
    "hospitals": "All hospitals",
    "people": "Authors and reviewers",
}


@dataclass(frozen=True)
class Found:
    """A possible target: ``[text](kind:key)``, with what tells it from others."""

    kind: str
    key: str
    text: str
    detail: str


def search(query: str) -> list[Found]:
    """Return what fits the words, guides first: at most five queries.

    Any text is harmless: what is too long is cut, and no letters find nothing. A link
    as it is written (``article:knee-recovery``) finds by its key.
    """
    query = KIND.sub("", query).replace("\0", "")[:LONGEST_QUERY].strip()
    words = sort_key(query)
    if not words:
        return []
    what, _, where = words.partition(" in ")
    return [
        *_guides(words),
        *_specializations(words),
        *(_doctors_somewhere(what, where) if where else ()),
        *_hospitals(query),
        *_practitioners(query),
        *_site_pages(words),
    ]


def _every_word(words: str, *fields: str) -> Q:
    """Return the condition that each word stands somewhere in the fields."""
    found = Q()
    for word in words.split():
        found &= Q(
            *((f"{field}__icontains", word) for field in fields), _connector=Q.OR
        )
    return found


def _guides(words: str) -> Iterator[Found]:
    """Find guides and trust pages by the title that readers or editors know."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
    articles = (
        Article.objects.with_current()
        .annotate(newest_title=Subquery(newest.values("title")[:1]))
        .filter(_every_word(words, "slug", "newest_title", "current__revision__title"))
    )
    for article in articles.order_by("slug")[:AT_MOST]:
        title: str = article.newest_title or article.slug  # type: ignore[attr-defined]
        is_page = article.kind == Article.Kind.PAGE
        revision = article.current.revision if article.current else None
        yield Found(
            "page" if is_page else "article",
            article.slug,
            revision.title if revision else title,
            ("Page" if is_page else "Guide") + ("" if revision else ", not public yet"),
        )


def _specializations(words: str) -> Iterator[Found]:
    """Find fields as readers do: what they are, and their doctors.

    The first one is what Enter takes.
    """
    for one in kinds_named(words).found[:AT_MOST]:
        text = one.name if one.is_family else one.title_in_sentence
        yield Found("specialization", one.slug, text, "What it is")
        if one.doctors:
            detail = f"List of {one.doctors:,} {one.noun}s"
            yield Found("doctors", one.slug, one.titles_in_sentence, detail)


def _doctors_somewhere(what: str, where: str) -> Iterator[Found]:
    """Find lists narrowed to a state or a city: ``cardiologists in houston``."""
    states = [code for code, name in STATES.items() if sort_key(name).startswith(where)]
    beginnings = (("place__sort_key__startswith", one) for one in phrases(where))
    in_place = Q(*beginnings, _connector=Q.OR)
    counts = PractitionerCount.objects.filter(
        Q(place=None, state__in=states) | in_place,
        specialization__in=Specialization.objects.with_doctors().filter(
            _every_word(what, *NAMES, "synonyms")
        ),
    )
    related = counts.select_related("specialization", "place")
    for count in related.order_by("-practitioners", "pk")[:AT_MOST]:
        one, place = count.specialization, count.place
        key = f"{one.slug}/{count.state.lower()}" + (f"/{place.slug}" if place else "")
        area = str(place) if place else STATES[count.state]
        text = f"{one.titles_in_sentence} in {place.name if place else area}"
        yield Found("doctors", key, text, f"{area}: {count.practitioners:,} listed")


def _hospitals(query: str) -> Iterator[Found]:
    for hospital in hospitals_named(query).found[:AT_MOST]:
        place = hospital.location.place if hospital.location else ""
        yield Found("hospital", hospital.ccn, hospital.name, f"Hospital, {place}")


def practitioners_named(name: str) -> QuerySet[Practitioner]:
    """Return listed practitioners whose name begins so, last or first name first.

    Up to two walks along the index for each way to write it, joined: an OR would be
    read row by row.
    """
    listed = Practitioner.objects.listed()
    walks = []
    for words in phrases(name):
        walks.append(listed.filter(sort_key__startswith=words)[:AT_MOST])
        first, _, last = words.rpartition(" ")
        if first and len(last) >= SHORTEST_NAME:
            begin_so = listed.filter(sort_key__startswith=last)
            walks.append(begin_so.filter(sort_key__contains=f" {first}")[:AT_MOST])
    found, *others = walks
    if not others:
        return found
    return found.union(*others).order_by("sort_key", "npi")[:AT_MOST]


def _practitioners(query: str) -> Iterator[Found]:
    found: QuerySet[Practitioner]
    if query.isdigit():
        found = Practitioner.objects.listed().filter(npi=query)
    elif len(sort_key(query)) >= SHORTEST_NAME:
        found = practitioners_named(query)
    else:
        return
    for one in found:
        yield Found("doctor", one.npi, one.full_name, f"Doctor, NPI {one.npi}")


def _site_pages(words: str) -> Iterator[Found]:
    for key in SITE_PAGES:
        name = SITE_PAGE_NAMES[key]
        if all(word in f"{key} {name.lower()}" for word in words.split()):
            yield Found("page", key, name, "Page of the site")
