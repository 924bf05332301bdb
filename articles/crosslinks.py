"""Cross-links: resolved when a text is stored, expanded when it is shown."""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import pairwise
from typing import Any

from django.db.models import F
from django.utils.safestring import SafeString, mark_safe

from articles.checks.rule import DeadLink
from articles.markdown import Reference
from articles.models import Article, CrossLink
from articles.models.article import ArticleQuerySet
from articles.models.crosslink import KIND_TARGETS, TARGETS
from articles.passages import block_ends
from articles.shown_links import ShownLink
from directory.models import (
    Organization,
    Place,
    Practitioner,
    PractitionerCount,
    Specialization,
)
from directory.values.states import STATES

# What articles.markdown leaves where a cross-link stands; links do not nest.
PLACEHOLDER = re.compile(r'<a data-crosslink="(\d+)">(.*?)</a>', re.DOTALL)

# kind -> the rows that the given keys name, by key.
FIND: dict[str, Callable[[set[str]], Mapping[str, Any]]] = {
    "article": lambda keys: _find_articles(Article.objects.guides(), keys),
    "page": lambda keys: _find_articles(Article.objects.pages(), keys),
    "specialization": Specialization.objects.by_slug,
    "doctors": lambda keys: Specialization.objects.with_doctors().by_slug(
        {key.partition("/")[0] for key in keys}
    ),
    "hospital": lambda keys: {
        organization.ccn: organization
        for organization in Organization.objects.hospitals()
        .filter(ccn__in=keys)
        .select_related("same_as")
    },
    "doctor": lambda keys: Practitioner.objects.in_bulk(keys, field_name="npi"),
}


def _find_articles(articles: ArticleQuerySet, keys: set[str]) -> dict[str, Article]:
    """Return articles by slug; a former slug finds the one it leads to now."""
    articles = articles.with_open_slug()
    found = articles.in_bulk(keys, field_name="slug")
    if missing := keys - set(found):
        former = articles.filter(former_slugs__slug__in=missing).annotate(
            former_slug=F("former_slugs__slug")
        )
        found |= {article.former_slug: article for article in former}  # type: ignore[attr-defined]
    return found


def build_links(references: Iterable[Reference | CrossLink]) -> list[CrossLink]:
    """Resolve references into unsaved rows: one query a kind, one more for cities.

    One more, too, for a kind with a key that is nobody's now but may be a former one.

    A reference whose key names nothing keeps its key and has no target.
    """
    references = list(references)
    keys: dict[str, set[str]] = {}
    for reference in references:
        keys.setdefault(reference.kind, set()).add(reference.key)
    found = {kind: FIND[kind](names) for kind, names in keys.items()}
    places = _find_places(keys.get("doctors", set()))
    links = [_build_link(reference, found, places) for reference in references]
    _note_empty_lists(links)
    return links


def _note_empty_lists(links: Iterable[CrossLink]) -> None:
    """Set ``has_doctors`` of narrowed finder links, as ``links_of()`` does."""
    narrowed = [link for link in links if link.target_state]
    if not narrowed:
        return
    counts = PractitionerCount.objects.filter(
        specialization__in={link.target_specialization_id for link in narrowed},
        state__in={link.target_state for link in narrowed},
    )
    filled = set(counts.values_list("specialization_id", "state", "place_id"))
    for link in narrowed:
        scope = (link.target_specialization_id, link.target_state, link.target_place_id)
        link.has_doctors = scope in filled


def _find_places(keys: set[str]) -> dict[str, Place]:
    """Return the cities that finder keys name, by ``tx/houston``."""
    wanted = {key.partition("/")[2] for key in keys if key.count("/") == 2}
    if not wanted:
        return {}
    places = Place.objects.filter(slug__in={name.partition("/")[2] for name in wanted})
    by_name = {f"{place.state.lower()}/{place.slug}": place for place in places}
    return {name: by_name[name] for name in wanted if name in by_name}


def _build_link(
    reference: Reference | CrossLink,
    found: Mapping[str, Mapping[str, Any]],
    places: Mapping[str, Place],
) -> CrossLink:
    link = CrossLink(
        position=reference.position,
        kind=reference.kind,
        key=reference.key,
        text=reference.text,
        line=reference.line,
        column=reference.column,
    )
    if reference.kind == CrossLink.Kind.DOCTORS:
        _aim_at_doctors(link, found["doctors"], places)
    else:
        target = found[reference.kind].get(reference.key)
        setattr(link, KIND_TARGETS[reference.kind][0], target)
        link.open_slug = getattr(target, "open_slug", None)
    return link


def _aim_at_doctors(
    link: CrossLink,
    specializations: Mapping[str, Specialization],
    places: Mapping[str, Place],
) -> None:
    """Set all parts of a finder link, or none where one part names nothing."""
    slug, _, narrowed = link.key.partition("/")
    state, _, city = narrowed.partition("/")
    specialization = specializations.get(slug)
    place = places.get(narrowed) if city else None
    unknown_state = bool(state) and state.upper() not in STATES
    if specialization is None or unknown_state or (city and place is None):
        return
    link.target_specialization = specialization
    link.target_state = state.upper()
    link.target_place = place


def look_up_again(links: Iterable[CrossLink]) -> list[CrossLink]:
    """Aim links that led nowhere at what exists by now; return those that do so."""
    waiting = [link for link in links if not link.is_resolved]
    for link, now in zip(waiting, build_links(waiting), strict=True):
        for name in (*TARGETS, "target_state"):
            setattr(link, name, getattr(now, name))
        link.has_doctors = now.has_doctors
        link.open_slug = now.open_slug
    return [link for link in waiting if link.is_resolved]


def adopt(article: Article) -> int:
    """Point links that waited for this new article at it; return how many."""
    kind = "page" if article.kind == Article.Kind.PAGE else "article"
    waiting = CrossLink.objects.filter(kind=kind, key=article.slug, target_article=None)
    return waiting.update(target_article=article)


def find_dead_links(links: Iterable[ShownLink]) -> list[DeadLink]:
    """Name every link that readers see as plain text."""
    return [_describe(link) for link in links if link.public_url() is None]


def _describe(link: ShownLink) -> DeadLink:
    if not link.is_resolved:
        message = "leads nowhere: nothing here has that name"
    elif link.kind == CrossLink.Kind.DOCTORS:
        message = "is not a link for readers: no doctor is listed there now"
    elif link.article_id:
        message = "is not a link for readers until that guide is public"
    else:
        message = "is not a link for readers: the newest files no longer have it"
    return DeadLink(
        link.line, f"{link.kind}:{link.key}", link.text, message, link.is_resolved
    )


def expand(html: str, links: Iterable[ShownLink], *, for_editor: bool) -> SafeString:
    """Turn placeholders into links; a dead one is plain text, marked for editors.

    ``html`` is what ``articles.markdown.render`` made: sanitized, and the only HTML
    of this site that is trusted as it is.
    """
    urls = {link.position: link.public_url() for link in links}

    def replace(match: re.Match[str]) -> str:
        url = urls.get(int(match[1]))
        if url:
            return f'<a href="{escape(url)}">{match[2]}</a>'
        if for_editor:
            return f'<mark class="dead-link">{match[2]}</mark>'
        return match[2]

    return mark_safe(PLACEHOLDER.sub(replace, html))  # noqa: S308 the one place


def blocks_of(body: SafeString) -> list[SafeString]:
    """Cut what ``expand()`` made after each outermost element; joined, it is whole."""
    cuts = [0, *block_ends(body)[:-1], len(body)]
    return [mark_safe(body[a:b]) for a, b in pairwise(cuts)]  # noqa: S308 as above
