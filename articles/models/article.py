"""What has an address, and its immutable texts."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models.people import Contributor, Source, Topic
from articles.models.publication import Publication, open_slug, review_due
from articles.models.review import NOBODY, ReviewEvent, SignOff
from directory.addresses import address
from directory.slugs import SLUG_FORMAT


class ArticleQuerySet(models.QuerySet["Article"]):
    """Read after the model: ``Article.objects.published().guides()``."""

    def published(self, at: datetime.datetime | None = None) -> Self:
        """Keep what a reader may open at that moment; now unless one is given.

        Every public query begins here. The database lets no two publications of an
        article overlap, so that none is found twice.
        """
        return self.filter(publications__during__contains=at or timezone.now())

    def showing(self, texts: models.QuerySet[Any, Any]) -> Self:
        """Keep public articles in which a reader finds one of these revisions."""
        return self.filter(
            publications__during__contains=timezone.now(),
            publications__revision__in=texts,
        )

    def written_by(self, person: Contributor) -> Self:
        """Keep public articles whose text a person wrote."""
        return self.filter(
            publications__during__contains=timezone.now(),
            publications__revision__author=person,
        )

    def reviewed_by(self, person: Contributor) -> Self:
        """Keep public articles whose text a person signed off."""
        return self.filter(
            publications__during__contains=timezone.now(),
            publications__sign_off__reviewer=person,
        )

    def once_published(self) -> Self:
        """Keep what readers have seen, whether they still do or not.

        For the page that says what became of it, which is no public text.
        """
        begun = Publication.objects.begun().filter(article=OuterRef("pk"))
        return self.filter(Exists(begun))

    def at_address(self, slug: str) -> Self:
        """Keep what has this address or had it before: perhaps twice."""
        return self.filter(Q(slug=slug) | Q(former_slugs__slug=slug))

    def guides(self) -> Self:
        """Keep health guides."""
        return self.filter(kind=Article.Kind.HEALTH)

    def pages(self) -> Self:
        """Keep the trust pages under /about/."""
        return self.filter(kind=Article.Kind.PAGE)

    def with_current(self) -> Self:
        """Join what readers see now, or None, as ``current``: still one query."""
        now = Q(publications__during__contains=timezone.now())
        return self.annotate(
            current=FilteredRelation("publications", condition=now)
        ).select_related("current__revision")

    def for_cards(self) -> Self:
        """Order by title and join what a teaser shows, not the text: one query."""
        return (
            self.with_current()
            .defer(*(f"current__revision__{name}" for name in Revision.LONG_FIELDS))
            .order_by("current__revision__title", "pk")
        )

    def with_open_slug(self) -> Self:
        """Annotate where a reader finds it now: ``open_slug()``."""
        return self.annotate(open_slug=open_slug("pk", "slug"))

    def with_review_due(self) -> Self:
        """Keep public guides and annotate the day of their next medical review."""
        return (
            self.published()
            .guides()
            .annotate(
                review_due_on=review_due(
                    "publications__sign_off__signed_on", "review_months"
                )
            )
        )

    def due_for_review(self, on: datetime.date) -> Self:
        """Keep public guides whose next medical review is due on a day or was before.

        Give a later day to see what comes due until then; the longest due come first.
        """
        due = self.with_review_due().filter(review_due_on__lte=on)
        return due.order_by("review_due_on", "pk")

    def citing(self, sources: models.QuerySet[Source]) -> Self:
        """Keep what cites one of these, in its public or in its newest text."""
        newer = Revision.objects.filter(
            article=OuterRef("revision__article"),
            number__gt=OuterRef("revision__number"),
        )
        citations = Citation.objects.filter(
            Q(revision__in=Revision.objects.published()) | ~Exists(newer),
            revision__article=OuterRef("pk"),
            source__in=sources,
        )
        return self.filter(Exists(citations))

    def citing_doubtful_sources(self) -> Self:
        """Keep what cites a withdrawn or superseded source: its editors look again."""
        return self.citing(Source.objects.exclude(standing=Source.Standing.GOOD))


class Article(models.Model):
    """A guide or a trust page: an address whose text is a revision."""

    class Kind(models.TextChoices):
        HEALTH = "health", "Health guide"
        PAGE = "page", "Trust page"

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.HEALTH)
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    review_months = models.PositiveSmallIntegerField(
        "review every",
        default=12,
        help_text="Months after a medical review until the next one is due.",
    )
    is_demo = models.BooleanField(
        default=False, help_text="Demonstration: marked as such where it is shown."
    )

    # annotated by with_open_slug() and with_review_due()
    open_slug: str | None
    review_due_on: datetime.date

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        permissions = [
            ("publish_article", "Can make a signed text public and withdraw it"),
            ("review_article", "Can sign a text off in their own name"),
            ("record_review", "Can record a medical review that another gave"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT), name="article_slug_format"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["health", "page"]), name="article_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(review_months__range=(1, 60)),
                name="article_review_months_range",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the public address."""
        return address(self.address_name, self.slug)

    @property
    def address_name(self) -> str:
        """The name of the address that texts of its kind have."""
        return "articles:page" if self.kind == self.Kind.PAGE else "articles:article"

    @cached_property
    def current(self) -> Publication | None:
        """Return what readers see now; ``with_current()`` joins it beforehand."""
        found = self.publications.published().select_related("revision")
        return found.first()

    @property
    def title(self) -> str:
        """The published title; the address's words where nothing is public."""
        return self.current.revision.title if self.current else self.slug

    @property
    def description(self) -> str:
        """The published description, or nothing."""
        return self.current.revision.description if self.current else ""

    def latest_revision(self) -> "Revision | None":
        """Return the newest text, public or not."""
        return self.revisions.order_by("-number").first()


class ImmutableRevisionError(Exception):
    """A stored text was about to be changed."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Read after the model: ``Revision.objects.published()``."""

    def published(self, at: datetime.datetime | None = None) -> Self:
        """Keep the texts that readers see at that moment; now unless one is given."""
        return self.filter(publications__during__contains=at or timezone.now())

    def signed_off(self) -> Self:
        """Keep texts with a sign-off of exactly them that was not revoked."""
        valid = SignOff.objects.valid().filter(revision=OuterRef("pk"))
        return self.filter(Exists(valid))

    def with_state(self) -> Self:
        """Annotate ``state``, a Revision.State, from sign-offs and events."""
        valid = SignOff.objects.valid().filter(revision=OuterRef("pk"))
        events = ReviewEvent.objects.filter(revision=OuterRef("pk"))
        last = Subquery(events.order_by("-at", "-pk").values("kind")[:1])
        sent, asked = ReviewEvent.Kind.SENT, ReviewEvent.Kind.CHANGES_ASKED
        return self.alias(last_event=last).annotate(
            state=Case(
                When(Exists(valid), then=Value(Revision.State.SIGNED_OFF)),
                When(last_event=sent, then=Value(Revision.State.IN_REVIEW)),
                When(
                    last_event__in=[asked, ReviewEvent.Kind.REVOKED],
                    then=Value(Revision.State.CHANGES_ASKED),
                ),
                default=Value(Revision.State.DRAFT),
            )
        )


# The words that a sign-off is for, as SHA-256. PostgreSQL calls convert_to() not
# immutable, so the text becomes bytes by "escape" with its backslashes doubled.
TEXT_DIGEST = models.Func(
    F("title"),
    F("description"),
    F("source"),
    template=(
        "encode(sha256(decode(replace(%(expressions)s,"
        " chr(92), chr(92) || chr(92)), 'escape')), 'hex')"
    ),
    arg_joiner=" || chr(10) || ",
    output_field=models.CharField(max_length=64),
)


class Revision(models.Model):
    """One text of an article, never changed once stored.

    ``html``, ``contents``, ``text`` and ``reading_minutes`` are a cache of what the
    renderer of version ``renderer_version`` made of ``source``; only they may be
    written again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in-review", "In review"
        CHANGES_ASKED = "changes-asked", "Changes asked for"
        SIGNED_OFF = "signed-off", "Signed off"

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
    digest = models.GeneratedField(
        expression=TEXT_DIGEST,
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    author_key = models.GeneratedField(
        expression=Coalesce(F("author"), NOBODY),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    writer_key = models.GeneratedField(
        expression=Coalesce(F("created_by"), NOBODY),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    state: str  # annotated by with_state()

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

    def get_state_display(self) -> str:
        """Return the state in words. Needs ``with_state()``."""
        return Revision.State(self.state).label

    def doubtful_sources(self) -> list[Source]:
        """Return cited sources that were withdrawn or superseded."""
        return [each for each in self.cited_sources() if each.standing]

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
