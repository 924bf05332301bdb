"""Public texts for search engines, but no page that shows a demonstration."""

import datetime

from django.contrib.sitemaps import Sitemap
from django.utils.timezone import localdate

from articles.models import Article, Contributor, Topic
from articles.models.article import ArticleQuerySet
from articles.models.people import ContributorQuerySet, TopicQuerySet


class ArticleSitemap(Sitemap):
    """Every published text, with the day since when readers have it as it is."""

    def items(self) -> ArticleQuerySet:
        """Return what readers may open, in a stable order."""
        return Article.objects.published().filter(is_demo=False).for_cards()

    def lastmod(self, item: Article) -> datetime.date | None:
        """Return the day of the update, or of its publication where that was later.

        A text may be signed off weeks after it was written. Whoever read the page
        between would take the day of writing for what they have already.
        """
        now = item.current
        if now is None:
            return None
        return max(now.revision.updated_on, localdate(now.public_from))


class TopicSitemap(Sitemap):
    """Every topic with a guide that readers may open."""

    def items(self) -> TopicQuerySet:
        """Return them in a stable order."""
        return Topic.objects.published().exclude(articles__is_demo=True)


class ContributorSitemap(Sitemap):
    """Everybody who wrote or reviewed a public text, but nobody made up."""

    def items(self) -> ContributorQuerySet:
        """Return them in a stable order."""
        return Contributor.objects.published().filter(is_demo=False)
