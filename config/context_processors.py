"""What every page shows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Article, Publication
from directory.addresses import address


def site(request: HttpRequest) -> dict[str, object]:
    """Give the trust pages for the footer: one query, only where a template asks."""
    return {"trust_pages": SimpleLazyObject(trust_pages)}


def trust_pages() -> list[tuple[str, str]]:
    """Return (title, address) of each page that is public, and no more of it."""
    pages = Publication.objects.published().filter(kind=Article.Kind.PAGE)
    rows = pages.order_by("revision__title", "article")
    return [
        (title, address("articles:page", slug))
        for title, slug in rows.values_list("revision__title", "article__slug")
    ]
