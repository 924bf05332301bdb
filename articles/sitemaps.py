"""Public texts for search engines."""

import datetime

from django.contrib.sitemaps import Sitemap

from articles.models import Article
from articles.models.article import ArticleQuerySet


class ArticleSitemap(Sitemap):
    """Every published text but demonstrations, with the day of its last update."""

    def items(self) -> ArticleQuerySet:
        """Return what readers may open, in a stable order."""
        return Article.objects.published().filter(is_demo=False).for_cards()

    def lastmod(self, item: Article) -> datetime.date | None:
        """Return the date that readers see as last updated."""
        return item.current.revision.updated_on if item.current else None
