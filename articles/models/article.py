"""What has an address, and its immutable texts."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.people import Contributor, Source, Topic
from directory.addresses import address
from directory.slugs import SLUG_FORMAT


class ArticleQuerySet(models.QuerySet["Article"]):
    """Read after the model: ``Article.objects.published().guides()``."""

    def published(self) -> Self:
        """Keep what a reader may open. Every public query begins here."""
        return self.filter(published_revision__isnull=False)

    def guides(self) -> Self:
        """Keep health guides."""
        return self.filter(kind=Article.Kind.HEALTH)

    def pages(self) -> Self:
        """Keep the trust pages under /about/."""
        return self.filter(kind=Article.Kind.PAGE)

    def for_cards(self) -> Self:
        """Order by title and join what a teaser shows, not the text: one query."""
        return (
            self.select_related("published_revision")
            .defer(*(f"published_revision__{name}" for name in Revision.LONG_FIELDS))
            .order_by("published_revision__title", "pk")
        )


class Article(models.Model):
    """A guide or a trust page: an address whose text is a revision."""

    class Kind(models.TextChoices):
        HEALTH = "health", "Health guide"
        PAGE = "page", "Trust page"

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HEALTH)
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    published_revision = models.OneToOneField(
        "Revision", models.PROTECT, null=True, blank=True, related_name="published_as"
    )
    published_on = models.DateField(
        null=True, blank=True, help_text="When it first became public."
    )
    is_demo = models.BooleanField(
        default=False, help_text="Demonstration: marked as such where it is shown."
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        permissions = [
            ("publish_article", "Can make a revision public or take it back"),
            ("review_article", "Can record a medical review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT), name="article_slug_format"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["health", "page"]), name="article_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(published_revision=None) | Q(published_on__isnull=False),
                name="article_public_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the public address."""
        name = "articles:page" if self.kind == self.Kind.PAGE else "articles:article"
        return address(name, self.slug)

    @property
    def title(self) -> str:
        """The published title; the address's words where nothing is public."""
        return self.published_revision.title if self.published_revision else self.slug

    @property
    def description(self) -> str:
        """The published description, or nothing."""
        return self.published_revision.description if self.published_revision else ""

    def latest_revision(self) -> "Revision | None":
        """Return the newest text, public or not."""
        return self.revisions.order_by("-number").first()


class ImmutableRevisionError(Exception):
    """A stored text was about to be changed."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Read after the model: ``Revision.objects.published()``."""

    def published(self) -> Self:
        """Keep the texts that readers see now."""
        return self.filter(published_as__isnull=False)

    def for_page(self) -> Self:
        """Join the article, its author and its reviewer: still one query."""
        return self.select_related("article", "author", "reviewer")


class Revision(models.Model):
    """One text of an article, never changed once stored.

    ``html``, ``contents``, ``text`` and ``reading_minutes`` are a cache of what the
    renderer of version ``renderer_version`` made of ``source``; only they may be
    written again.
    """

    CACHE_FIELDS = frozenset(
        {"html", "contents", "text", "reading_minutes", "renderer_version"}
    )

    LONG_FIELDS = frozenset({"source", "html", "contents", "text"})

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    description = models.CharField(max_length=300, blank=True)
    source = models.TextField("text", blank=True)
    author = models.ForeignKey(
        Contributor, models.PROTECT, null=True, blank=True, related_name="authored"
    )
    reviewer = models.ForeignKey(
        Contributor, models.PROTECT, null=True, blank=True, related_name="reviewed"
    )
    reviewed_on = models.DateField(null=True, blank=True)
    updated_on = models.DateField(help_text="What readers see as last updated.")
    sources = models.ManyToManyField(Source, through="Citation", related_name="cited")
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    html = models.TextField(blank=True)
    contents = models.JSONField(default=list)
    text = models.TextField(blank=True)
    reading_minutes = models.PositiveSmallIntegerField(default=1)
    renderer_version = models.PositiveSmallIntegerField(default=0)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["article_id", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="revision_number_unique"
            ),
            models.CheckConstraint(
                condition=~Q(title=""), name="revision_title_present"
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None, reviewed_on=None)
                | Q(reviewer__isnull=False, reviewed_on__isnull=False),
                name="revision_review_paired",
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) | Q(author=None) | ~Q(reviewer=F("author")),
                name="revision_reviewer_is_not_author",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article.slug} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new revision; afterwards only the rendered cache may change."""
        changed = frozenset(kwargs.get("update_fields") or ())
        if self.pk and not (changed and changed <= self.CACHE_FIELDS):
            raise ImmutableRevisionError(
                "A stored revision is never changed: save the text as a new one."
            )
        super().save(*args, **kwargs)

    def cited_sources(self) -> list[Source]:
        """Return the sources in the order of the list: one query."""
        return [each.source for each in self.citations.select_related("source")]


class Citation(models.Model):
    """A source in the list at the end of a revision."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["revision_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "position"], name="citation_position_unique"
            ),
            models.UniqueConstraint(
                fields=["revision", "source"], name="citation_source_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} cites {self.source.key}"
