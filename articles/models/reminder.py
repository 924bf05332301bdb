"""Which reminders of a medical review were sent, so that none is sent twice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article


class ReviewReminder(models.Model):
    """A mail to somebody about a guide whose review is due on a day, at one stage.

    A stage holds from ``stage_from`` on: sixty days before, thirty days before, the
    day itself, and each Monday after it.
    """

    class Stage(models.TextChoices):
        SIXTY_DAYS = "60", "60 days before"
        THIRTY_DAYS = "30", "30 days before"
        DUE = "due", "On the day"
        OVERDUE = "overdue", "Overdue"

    article = models.ForeignKey(Article, models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stage)
    stage_from = models.DateField()
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "due_on", "stage_from", "recipient"],
                name="reviewreminder_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["60", "30"], stage_from__lt=models.F("due_on"))
                | Q(stage="due", stage_from=models.F("due_on"))
                | Q(stage="overdue", stage_from__gt=models.F("due_on")),
                name="reviewreminder_stage_fits_the_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}, due on {self.due_on}: {self.get_stage_display()}"
