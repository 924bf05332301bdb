"""The immutable texts of an article, and what they cite."""

import datetime
from typing import Any, Self

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.people import Contributor, Source, acting_user
from articles.models.publication import Publication
from articles.models.review import NOBODY, ReviewEvent, SignOff
from directory.sql import LANGUAGE


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

    def newest(self) -> Self:
        """Keep the last text of each article."""
        newer = Revision.objects.filter(
            article=OuterRef("article"), number__gt=OuterRef("number")
        )
        return self.exclude(Exists(newer))

    def newest_or_public(self) -> Self:
        """Keep what readers see and what editors work on."""
        return self.filter(
            Q(pk__in=Revision.objects.published()) | Q(pk__in=Revision.objects.newest())
        )

    def unfinished(self) -> Self:
        """Keep newest texts that still have a way to go, with their state."""
        used = Publication.objects.filter(revision=OuterRef("pk")).exclude(
            ending=Publication.Ending.CANCELLED
        )
        open_states = [Revision.State.IN_REVIEW, Revision.State.CHANGES_ASKED]
        return (
            self.newest().with_state().filter(~Exists(used) | Q(state__in=open_states))
        )

    def for_dashboard(self) -> Self:
        """Join who wrote it, who wrote last, and when it was sent.

        Those that wait longest come first.
        """
        sent = ReviewEvent.objects.filter(
            revision=OuterRef("pk"), kind=ReviewEvent.Kind.SENT
        )
        by_hand = Revision.objects.exclude(created_by=None).order_by("-number")
        editors = by_hand.filter(article=OuterRef("article")).values("created_by")
        return (
            self.select_related("article", "author__user", "created_by")
            .annotate(sent_at=Subquery(sent.order_by("-at").values("at")[:1]))
            .annotate(last_editor_id=Subquery(editors[:1]))
            .defer(*Revision.LONG_FIELDS)
            .order_by("sent_at", "created_at", "pk")
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

WORDS = (
    SearchVector("title", weight="A", config=LANGUAGE)
    + SearchVector("description", weight="B", config=LANGUAGE)
    + SearchVector("text", weight="D", config=LANGUAGE)
)


class Revision(models.Model):
    """One text of an article, never changed once stored.

    ``html``, ``contents``, ``text``, ``reading_minutes`` and ``grade`` are a cache of
    what the renderer of version ``renderer_version`` made of ``source``; only they may
    be written again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in-review", "In review"
        CHANGES_ASKED = "changes-asked", "Changes asked for"
        SIGNED_OFF = "signed-off", "Signed off"

    CACHE_FIELDS = frozenset(
        {
            "html",
            "contents",
            "text",
            "reading_minutes",
            "renderer_version",
            "grade",
        }
    )

    LONG_FIELDS = frozenset({"source", "html", "contents", "text", "words"})

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="revisions"
    )
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
    created_by = acting_user()
    html = models.TextField(blank=True)
    contents = models.JSONField(default=list)
    text = models.TextField(blank=True)
    reading_minutes = models.PositiveSmallIntegerField(default=1)
    renderer_version = models.PositiveSmallIntegerField(default=0)
    grade = models.FloatField(
        "reading grade", null=True, help_text="Years of school; blank: not counted."
    )
    digest = models.GeneratedField(
        expression=TEXT_DIGEST,
        output_field=models.CharField(max_length=64),
        db_persist=True,
    )
    words = models.GeneratedField(
        expression=WORDS, output_field=SearchVectorField(), db_persist=True
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
    # annotated by for_dashboard()
    sent_at: datetime.datetime | None
    last_editor_id: int | None

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

    def widest_sign_off(self) -> SignOff | None:
        """Return the medical review that readers are told of: one query.

        That of a part never hides one of the whole text, nor puts off the next. Among
        others the newest counts, and a confirmation of the wording alone rests on an
        older one, whenever it came.
        """
        people = ("reviewer", "earlier_review__reviewer")
        valid = self.sign_offs.valid().select_related(*people)
        return valid.widest_first().first()

    def taken_back_since(self) -> SignOff | None:
        """Return what was taken back after the review that readers would be told of.

        That one may hold, but says nothing of why another was taken back. The same
        words count, whichever number they had. Two queries.
        """
        given = SignOff.objects.filter(
            revision__article=self.article_id, digest=self.digest
        )
        if told := self.widest_sign_off():
            given = given.filter(revoked_at__gt=told.recorded_at)
        return given.exclude(revoked_at=None).order_by("revoked_at", "pk").last()

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
