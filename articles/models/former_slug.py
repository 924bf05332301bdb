"""Addresses that texts and topics once had; they lead on for good."""

from typing import Self

from django.db import models
from django.db.models import Q

from articles.models.article import Article
from articles.models.people import Topic
from directory.slugs import SLUG_FORMAT


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Read after the model: ``FormerSlug.objects.of_articles()``."""

    def of_articles(self) -> Self:
        """Keep former addresses of guides and pages."""
        return self.filter(article__isnull=False)

    def of_topics(self) -> Self:
        """Keep former addresses of topics."""
        return self.filter(topic__isnull=False)


class FormerSlug(models.Model):
    """A slug that led to an article or a topic before it was renamed or merged.

    It points at the row itself and not at the next slug, so chains and loops cannot
    exist. Whoever is published under the slug anew removes this row.
    """

    slug = models.SlugField(max_length=80)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )
    topic = models.ForeignKey(
        Topic, models.CASCADE, null=True, blank=True, related_name="former_slugs"
    )

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        ordering = ["slug", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT), name="former_slug_format"
            ),
            models.CheckConstraint(
                condition=Q(article=None, topic__isnull=False)
                | Q(article__isnull=False, topic=None),
                name="former_slug_has_one_target",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(article__isnull=False),
                name="former_slug_of_article_unique",
            ),
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(topic__isnull=False),
                name="former_slug_of_topic_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} → {self.article or self.topic}"
