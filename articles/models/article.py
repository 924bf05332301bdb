"""What has an address: a guide or a trust page."""

import datetime
from typing import Any, Self

from django.contrib.auth.models import User
from django.contrib.postgres.search import SearchQuery, SearchRank
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
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from articles.models.people import Contributor, Source, Topic
from articles.models.publication import (
    Publication,
    first_published,
    open_slug,
    review_due,
)
from articles.models.review import SignOff
from articles.models.revision import Citation, Revision
from directory.addresses import address
from directory.slugs import SLUG_FORMAT
from directory.sql import LANGUAGE
from directory.values.sort_keys import sort_key

LONGEST_SLUG = 80


def address_name_of(kind: str) -> str:
    """Return the name of the address that texts of a kind have."""
    return "articles:page" if kind == Article.Kind.PAGE else "articles:article"


def desk_address(key: int) -> str:
    """Return the page where an article is written, reviewed and published."""
    return reverse("admin:articles_article_change", args=[key])


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
        """Keep public articles whose text a person wrote, and annotate since when."""
        return self.filter(
            publications__during__contains=timezone.now(),
            publications__revision__author=person,
        ).annotate(first_published_at=first_published("pk"))

    def reviewed_by(self, person: Contributor) -> Self:
        """Keep public articles whose text a person signed off.

        Annotates the day, and what was signed where that is not the whole text.
        """
        scope = NullIf("publications__sign_off__scope", Value(SignOff.WHOLE_TEXT))
        return self.filter(
            publications__during__contains=timezone.now(),
            publications__sign_off__reviewer=person,
        ).annotate(
            reviewed_on=F("publications__sign_off__signed_on"),
            reviewed_part=Case(
                When(publications__sign_off__earlier_review=None, then=scope),
                default=Value("the wording alone"),
            ),
        )

    def once_published(self) -> Self:
        """Keep what readers have seen, whether they still do or not.

        For the page that says what became of it, which is no public text.
        """
        begun = Publication.objects.begun().filter(article=OuterRef("pk"))
        return self.filter(Exists(begun))

    def at_address(self, slug: str) -> "Article | None":
        """Return what has this address, or else what had it before.

        There may be both: a guide that was planned for an address which another one
        had does not take it before its day.
        """
        found = list(self.filter(Q(slug=slug) | Q(former_slugs__slug=slug)))
        return next(
            (each for each in found if each.slug == slug), next(iter(found), None)
        )

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
        titled = self.with_current().without_text()
        return titled.order_by("current__revision__title", "pk")

    def without_text(self) -> Self:
        """Leave out the long fields of the text that ``with_current()`` joins."""
        long = (f"current__revision__{name}" for name in Revision.LONG_FIELDS)
        return self.defer(*long)

    def with_words(self, words: str, *, any_of_them: bool = False) -> Self:
        """Keep those whose public text has these words, the best fit first.

        Needs ``with_current()``. A word finds its other forms, and nothing typed is an
        error: "-" and quotation marks mean nothing.
        """
        search_type = "plain"
        if any_of_them:
            words, search_type = " or ".join(sort_key(words).split()), "websearch"
        query = SearchQuery(words, config=LANGUAGE, search_type=search_type)
        ranked = self.filter(current__revision__words=query).annotate(
            rank=SearchRank(F("current__revision__words"), query)
        )
        return ranked.order_by("-rank", "current__revision__title", "pk")

    def with_desk_title(self) -> Self:
        """Annotate ``desk_title``: what readers see, or the newest where they do not.

        Needs ``with_current()``.
        """
        newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number")
        return self.annotate(
            desk_title=Coalesce(
                "current__revision__title", Subquery(newest.values("title")[:1])
            )
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
                    "publications__sign_off__reviewed_on", "review_months"
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
        citations = Citation.objects.filter(
            revision__in=Revision.objects.newest_or_public(),
            revision__article=OuterRef("pk"),
            source__in=sources,
        )
        return self.filter(Exists(citations))

    def without_sources(self) -> Self:
        """Keep public articles whose text names no source."""
        named = Citation.objects.filter(
            revision__in=Revision.objects.published(), revision__article=OuterRef("pk")
        )
        return self.published().exclude(Exists(named))

    def by(self, user: User) -> Self:
        """Keep what a user wrote or stored a text of."""
        own = Q(author__user=user) | Q(created_by=user)
        texts = Revision.objects.filter(own, article=OuterRef("pk"))
        return self.filter(Exists(texts))

    def citing_doubtful_sources(self) -> Self:
        """Keep what cites a withdrawn or superseded source: its editors look again."""
        return self.citing(Source.objects.exclude(standing=Source.Standing.GOOD))


class Article(models.Model):
    """A guide or a trust page: an address whose text is a revision."""

    class Kind(models.TextChoices):
        HEALTH = "health", "Health guide"
        PAGE = "page", "Trust page"

    slug = models.SlugField(max_length=LONGEST_SLUG, unique=True)
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

    rank: float  # annotated by with_words()
    # annotated by with_desk_title(), with_open_slug() and with_review_due()
    desk_title: str | None
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
        return address_name_of(self.kind)

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

    def other_public_texts(self) -> ArticleQuerySet:
        """Return what may take its place: the other public texts of its kind."""
        others = Article.objects.published().exclude(pk=self.pk)
        return others.filter(kind=self.kind).for_cards()

    def latest_revision(self) -> Revision | None:
        """Return the newest text, public or not."""
        return self.revisions.order_by("-number").first()
