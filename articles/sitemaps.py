"""Public texts for search engines."""

import datetime

from django.contrib.sitemaps import Sitemap

from articles.models import Article, Contributor
from articles.models.article import ArticleQuerySet
from articles.models.people import ContributorQuerySet


class ArticleSitemap(Sitemap):
    """Every published text but demonstrations, with the day of its last update."""

    def items(self) -> ArticleQuerySet:
        """Return what readers may open, in a stable order."""
        return Article.objects.published().filter(is_demo=False).for_cards()

    def lastmod(self, item: Article) -> datetime.date | None:
        """Return the date that readers see as last updated."""
        return item.current.revision.updated_on if item.current else None


class ContributorSitemap(Sitemap):
    """Everybody who wrote or reviewed a public text, but nobody made up."""

    def items(self) -> ContributorQuerySet:
        """Return them in a stable order."""
        return Contributor.objects.published().filter(is_demo=False)
