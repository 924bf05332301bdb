"""The form of a guide: its addresses, and what a browser sends."""

from django.urls import reverse

from articles.models import Article

ADD = reverse("admin:articles_article_add")
PREVIEW = reverse("admin:articles_article_preview")


def change(article: Article) -> str:
    """Return the page where a guide is written."""
    return reverse("admin:articles_article_change", args=[article.pk])


def form(article: Article | None = None, /, **changed: object) -> dict[str, object]:
    """Return what the browser sends for a guide's form."""
    fields = {
        "title": "A title",
        "slug": "a-slug",
        "kind": "health",
        "description": "",
        "source": "Words.",
        "author": "",
        "sources": [],
        "updated_on": "2026-11-02",
        "review_months": 12,
        "note": "",
        "base_number": "",
    }
    revision = article.latest_revision() if article else None
    if revision:
        fields |= {
            "title": revision.title,
            "slug": revision.article.slug,
            "description": revision.description,
            "source": revision.source,
            "author": revision.author_id or "",
            "sources": [source.pk for source in revision.cited_sources()],
            "base_number": revision.number,
        }
    return fields | changed
