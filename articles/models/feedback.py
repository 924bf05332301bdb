"""What readers say of a guide, without saying who they are."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from articles.models.people import acting_user
from directory.models.error_report import KEPT_AT_MOST, KEPT_ONCE_SETTLED


class FeedbackQuerySet[FeedbackModel: models.Model](models.QuerySet[FeedbackModel]):
    """Read after the model: ``MistakeReport.objects.waiting()``."""

    def waiting(self) -> Self:
        """Keep what no editor has dealt with."""
        return self.filter(dealt_with_at=None)

    def stale(self) -> Self:
        """Keep what is old enough to be deleted: the privacy page says when."""
        now = timezone.now()
        return self.filter(
            Q(at__lt=now - KEPT_AT_MOST) | Q(dealt_with_at__lt=now - KEPT_ONCE_SETTLED)
        )


class Feedback(models.Model):
    """When a reader said it, and which editor dealt with it when."""

    at = models.DateTimeField(default=timezone.now)
    dealt_with_at = models.DateTimeField(null=True, blank=True)
    dealt_with_by = acting_user()

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dealt_with_by=None) | Q(dealt_with_at__isnull=False),
                name="%(class)s_dealt_with_paired",
            ),
        ]


class HelpfulAnswerQuerySet(FeedbackQuerySet["HelpfulAnswer"]):
    """Read after the model: ``HelpfulAnswer.objects.per_guide()``."""

    def per_guide(self) -> models.QuerySet[Any, Any]:
        """Count by guide, most "no" first: article, article__slug, yes, no."""
        return (
            self.values("article", "article__slug")
            .annotate(
                yes=Count("pk", filter=Q(is_helpful=True)),
                no=Count("pk", filter=Q(is_helpful=False)),
            )
            .order_by("-no", "-yes", "article__slug")
        )


class HelpfulAnswer(Feedback):
    """One answer to "Was this page helpful?"; the reason is from a list or blank."""

    class Reason(models.TextChoices):
        CLEAR = "clear", "It was easy to understand"
        NEXT_STEP = "next-step", "I know what to do next"
        HARD = "hard", "It was hard to understand"
        MISSING = "missing", "It did not answer my question"
        LONG = "long", "It was too long"
        OLD = "old", "It seems out of date"
        BROKEN = "broken", "Something on the page did not work"

    WHY_YES = (Reason.CLEAR, Reason.NEXT_STEP)
    WHY_NO = (Reason.HARD, Reason.MISSING, Reason.LONG, Reason.OLD, Reason.BROKEN)

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="helpful_answers"
    )
    is_helpful = models.BooleanField("helpful")
    reason = models.CharField(max_length=10, choices=Reason, blank=True)

    objects = HelpfulAnswerQuerySet.as_manager()

    class Meta(Feedback.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(reason="")
                | Q(is_helpful=True, reason__in=["clear", "next-step"])
                | Q(
                    is_helpful=False,
                    reason__in=["hard", "missing", "long", "old", "broken"],
                ),
                name="helpfulanswer_reason_fits",
            ),
            *Feedback.Meta.constraints,
        ]

    def __str__(self) -> str:
        return f"{self.article}: {'helpful' if self.is_helpful else 'not helpful'}"

    def reasons(self) -> tuple[Reason, ...]:
        """Return the reasons that fit the answer."""
        return self.WHY_YES if self.is_helpful else self.WHY_NO


class MistakeReport(Feedback):
    """What a reader found wrong in a guide."""

    LONGEST = 1000

    article = models.ForeignKey(
        "articles.Article", models.CASCADE, related_name="mistake_reports"
    )
    words = models.CharField(max_length=LONGEST)

    objects = FeedbackQuerySet["MistakeReport"].as_manager()

    class Meta(Feedback.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="mistakereport_words_present"
            ),
            *Feedback.Meta.constraints,
        ]

    def __str__(self) -> str:
        """Say none of the words: the admin's log keeps this of a deleted row."""
        return f"{self.article}: mistake reported on {self.at:%Y-%m-%d}"
