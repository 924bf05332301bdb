"""What a text looks like to a reader: one function for page and preview."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from articles.crosslinks import expand
from articles.models import Article, Publication, Revision, Source
from articles.shown_links import ShownLink
from directory.models import Specialization

RELATED_AT_MOST = 4


def reading_context(
    revision: Revision,
    links: Sequence[ShownLink],
    sources: Sequence[Source],
    *,
    publication: Publication | None = None,
    for_editor: bool = False,
) -> dict[str, Any]:
    """Return what ``articles/article.html`` needs: two queries, for other guides.

    Give a revision with its article and author joined, and how it became public:
    ``Publication.objects.for_page()``. Without, it is a preview and has no dates.
    """
    article = revision.article
    about = _guides_about(article)
    return {
        "article": article,
        "revision": revision,
        "publication": publication,
        **_past_of(publication),
        "body": expand(revision.html, links, for_editor=for_editor),
        "sources": sources,
        "specializations": _specializations_of(links),
        "guides": about,
        "related": _related_guides(article, links, about),
        "crumbs": _crumbs(article),
        "shows_demo": article.is_demo,
    }


def _past_of(publication: Publication | None) -> dict[str, Any]:
    """Return how a text came before readers; all blank for a preview."""
    if publication is None:
        names = (
            "sign_off",
            "first_published_at",
            "changes",
            "is_overdue",
            "is_withdrawn",
        )
        return dict.fromkeys(names)
    return {
        "sign_off": publication.sign_off,
        "first_published_at": publication.first_published_at,
        "changes": publication.changes_told(),
        "is_overdue": publication.is_overdue(timezone.localdate()),
        "is_withdrawn": publication.has_ended(timezone.now()),
    }


def _specializations_of(links: Sequence[ShownLink]) -> list[Specialization]:
    """Return the specializations that a text speaks of, in its order, once each."""
    found = (link.specialization for link in links)
    return list(dict.fromkeys(one for one in found if one))


def _guides_about(article: Article) -> list[Article]:
    """Return the other guides with a link to this one, by title."""
    if article.kind != Article.Kind.HEALTH or not article.pk:
        return []
    linking = article.incoming_links.published_articles().guides()
    return list(linking.exclude(pk=article.pk)[:RELATED_AT_MOST])


def _related_guides(
    article: Article, links: Sequence[ShownLink], shown: Sequence[Article]
) -> list[Article]:
    """Return guides to read next: of the same topic, not linked or shown already."""
    if article.kind != Article.Kind.HEALTH or not article.pk:
        return []
    linked = {link.article_id for link in links if link.article_id}
    linked |= {guide.pk for guide in shown}
    guides = Article.objects.published().guides().for_cards()
    same_topic = guides.filter(topics__in=article.topics.all()).distinct()
    return list(same_topic.exclude(pk__in={article.pk, *linked})[:RELATED_AT_MOST])


def _crumbs(article: Article) -> list[tuple[str, str]]:
    if article.kind == Article.Kind.PAGE:
        return []
    return [("Guides", reverse("articles:index"))]
