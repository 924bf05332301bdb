"""Which revision readers see from when until when.

Scheduled, public and withdrawn follow from these rows and the clock; nothing has to run
at the minute. The composite foreign keys that make this a gate stand in the migration
``0010_publication_gate``; ``docs/adr/0010-publication-rows.md`` tells the whole.
"""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest, JSONObject
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from articles.models.people import acting_user
from articles.models.review import SignOff


def review_due(reviewed_on: str, months: str) -> Func:
    """Return the day ``months`` after a date, both columns: January 31 + 1 = the 28th.

    PostgreSQL's calendar decides: a day that a month lacks becomes the month's last.
    """
    interval = Func(F(months), template="make_interval(months => %(expressions)s)")
    return Func(
        F(reviewed_on),
        interval,
        template="(%(expressions)s)::date",
        arg_joiner=" + ",
        output_field=models.DateField(),
    )


class Moment(models.Expression):
    """The present moment by our own clock, read when a query is run.

    What is built from it can be kept and used again.
    """

    output_field = models.DateTimeField()

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """Return the moment as a parameter."""
        return "%s", (timezone.now(),)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Read after the model: ``Publication.objects.published().for_page()``."""

    def published(self, at: datetime.datetime | None = None) -> Self:
        """Keep what a reader may open at that moment; now unless one is given."""
        return self.filter(during__contains=at or Moment())

    def scheduled(self) -> Self:
        """Keep what becomes public later."""
        return self.filter(public_from__gt=timezone.now(), during__isempty=False)

    def begun(self) -> Self:
        """Keep what readers have seen, whether they still do or not; newest first."""
        return self.filter(
            ~Q(ending=Publication.Ending.CANCELLED), public_from__lte=Moment()
        ).order_by("-public_from", "-pk")

    def leading_to(self, article: models.Model) -> Self:
        """Keep what leads to an article from its end on, come or planned."""
        later = Publication.objects.begun().filter(
            article=OuterRef("article"), public_from__gt=OuterRef("public_from")
        )
        return self.begun().filter(~Exists(later), successor=article)

    def leading_nowhere(self) -> Self:
        """Keep withdrawals whose successor readers cannot open, now or on their day."""
        last = Publication.objects.exclude(ending=Publication.Ending.CANCELLED).filter(
            article=OuterRef("successor"), public_from__lte=OuterRef("then")
        )
        leads_on = Q(successor__isnull=False) & ~Q(successor=OuterRef("article"))
        opens = Q(during__contains=OuterRef("then")) | leads_on
        found = last.order_by("-public_from", "-pk").values(opens=opens)
        return (
            self.filter(successor__isnull=False)
            .alias(then=Greatest("public_until", Moment()))
            .alias(opens=Subquery(found[:1]))
            .exclude(opens=True)
        )

    def for_page(self) -> Self:
        """Join text, people, sign-off and what was told of its past: one query."""
        begun = Publication.objects.begun().filter(article=OuterRef("article"))
        change = JSONObject(
            at="public_from", note="change_note", is_correction="is_correction"
        )
        told = begun.exclude(change_note="").values(change=change)
        return self.select_related(
            "revision__article",
            "revision__author",
            "sign_off__reviewer",
            "sign_off__earlier_review__reviewer",
            "successor",
        ).annotate(
            first_published_at=first_published("article"),
            told=ArraySubquery(told),
            review_due_on=review_due("sign_off__reviewed_on", "article__review_months"),
        )


@dataclass(frozen=True)
class Change:
    """What readers were told of a new text."""

    at: datetime.datetime
    note: str
    is_correction: bool


class Publication(models.Model):
    """A revision in front of readers, from ``public_from`` until ``public_until``.

    ``during`` is that time as the database computes it, empty once the sign-off is
    revoked. What comes after says ``ending``. A withdrawal that was taken back, or
    decided anew, stays as a cancelled row with its reason.
    """

    class Ending(models.TextChoices):
        OPEN = "", "Not ended"
        REPLACED = "replaced", "Another publication follows"
        CANCELLED = "cancelled", "Cancelled before it began"
        GONE = "gone", "The address says that the guide was withdrawn, and why"
        NOTICE = "notice", "The text stays readable under a notice"
        SUCCESSOR = "successor", "The address leads to another guide"

    WITHDRAWN = (Ending.GONE, Ending.NOTICE, Ending.SUCCESSOR)

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="publications"
    )
    kind = models.CharField(max_length=10)
    revision = models.ForeignKey(
        "articles.Revision", models.RESTRICT, related_name="publications"
    )
    digest = models.CharField(max_length=64)
    sign_off = models.ForeignKey(
        SignOff, models.RESTRICT, null=True, blank=True, related_name="publications"
    )
    sign_off_is_revoked = models.BooleanField(default=False)
    public_from = models.DateTimeField()
    public_until = models.DateTimeField(null=True, blank=True)
    during = models.GeneratedField(
        expression=Case(
            When(sign_off_is_revoked=True, then=Value("empty")),
            default=Func(F("public_from"), F("public_until"), function="tstzrange"),
            output_field=DateTimeRangeField(),
        ),
        output_field=DateTimeRangeField(),
        db_persist=True,
    )
    change_note = models.CharField(
        max_length=300, blank=True, help_text="What readers should know has changed."
    )
    is_correction = models.BooleanField(default=False)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = acting_user()
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why it was withdrawn; readers see it."
    )
    successor = models.ForeignKey(
        "articles.Article",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="succeeds",
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = acting_user()

    objects = PublicationQuerySet.as_manager()

    # annotated by for_page()
    first_published_at: datetime.datetime
    review_due_on: datetime.date | None
    told: list[dict[str, Any]]

    class Meta:
        ordering = ["article_id", "-public_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="page") | Q(sign_off__isnull=False),
                name="publication_health_is_signed_off",
            ),
            models.CheckConstraint(
                condition=Q(sign_off__isnull=False) | Q(sign_off_is_revoked=False),
                name="publication_only_a_sign_off_is_revoked",
            ),
            ExclusionConstraint(
                name="publication_one_at_a_time",
                expressions=[
                    ("article", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(public_until=None, ending="", ended_at=None)
                | (
                    Q(public_until__isnull=False, ended_at__isnull=False)
                    & ~Q(ending="")
                ),
                name="publication_end_paired",
            ),
            models.CheckConstraint(
                condition=~Q(ending__in=["gone", "notice", "successor"])
                | ~Q(reason=""),
                name="publication_withdrawal_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ending="successor", successor__isnull=False)
                | (~Q(ending="successor") & Q(successor=None)),
                name="publication_successor_paired",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("article")),
                name="publication_successor_is_another",
            ),
            models.CheckConstraint(
                condition=Q(is_correction=False) | ~Q(change_note=""),
                name="publication_correction_has_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.revision} from {self.public_from:%Y-%m-%d %H:%M}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether its end, come or planned, is a withdrawal."""
        return self.ending in self.WITHDRAWN

    @property
    def is_former_withdrawal(self) -> bool:
        """Whether it was never in front of readers, and keeps an earlier withdrawal."""
        return self.ending == self.Ending.CANCELLED and bool(self.reason)

    @property
    def was_planned(self) -> bool:
        """Whether the withdrawal that it keeps was taken back before it came."""
        return self.ended_at is not None and not self.has_ended(self.ended_at)

    def has_ended(self, at: datetime.datetime) -> bool:
        """Whether readers saw it before that moment and do not any more."""
        return self.public_until is not None and self.public_until <= at

    @property
    def is_readable_after(self) -> bool:
        """Whether the text stays readable, under a notice, after its end."""
        return self.ending == self.Ending.NOTICE and not self.sign_off_is_revoked

    def changes_told(self) -> list[Change]:
        """Return what readers should know has changed, newest first."""
        return [
            Change(
                datetime.datetime.fromisoformat(row["at"]),
                row["note"],
                row["is_correction"],
            )
            for row in self.told
        ]

    def is_overdue(self, on: datetime.date) -> bool:
        """Whether its next medical review should have been. Needs ``for_page()``."""
        return self.review_due_on is not None and self.review_due_on < on


def first_published(article: str) -> Subquery:
    """Return when readers first saw an article; takes a reference to its key."""
    begun = Publication.objects.begun().filter(article=OuterRef(article))
    return Subquery(begun.order_by("public_from", "pk").values("public_from")[:1])


def open_slug(article: str, slug: str, steps: int = 2) -> Subquery:
    """Return where a reader finds an article now: its slug, or its open successor's.

    Takes references to the article's key and slug; null where neither is public. What
    stands at the address answers at once, without a redirect. The newest publication
    that has begun decides: no other can be running beside it. A successor may have had
    a planned end of its own since, and lead on: so many ``steps`` are followed.
    """
    leads_to = [When(during__contains=Moment(), then=OuterRef(slug))]
    if steps:
        further = open_slug("successor", "successor__slug", steps - 1)
        leads_to.append(When(ending=Publication.Ending.SUCCESSOR, then=further))
    begun = Publication.objects.begun().filter(article=OuterRef(article))
    return Subquery(begun.values(leads_to=Case(*leads_to))[:1])
