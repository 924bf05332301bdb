"""What every page shows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Article


def site(request: HttpRequest) -> dict[str, object]:
    """Give the trust pages for the footer: one query, only where a template asks."""
    pages = Article.objects.published().pages().for_cards()
    return {"trust_pages": SimpleLazyObject(lambda: list(pages))}
