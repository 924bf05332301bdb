"""What an editor typed and has not stored as a revision yet."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article

KEPT_DAYS = 90


class AutosaveQuerySet(models.QuerySet["Autosave"]):
    """Read after the model: ``Autosave.objects.stale()``."""

    def stale(self) -> Self:
        """Keep what nobody has come back to for 90 days."""
        last = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
        return self.filter(kept_at__lt=last)


class Autosave(models.Model):
    """One draft of an editor for a guide, or for one that is not created yet.

    ``fields`` has what the form would send: a list of strings for each name.
    ``window`` names the page that wrote it, so that two of them do not write over each
    other; ``turn`` grows with each write of a window, since they may arrive late.
    """

    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+"
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="autosaves"
    )
    fields = models.JSONField()
    window = models.CharField(max_length=16)
    turn = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(default=timezone.now)

    objects = AutosaveQuerySet.as_manager()

    class Meta:
        ordering = ["editor_id", "article_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["editor", "article"],
                name="autosave_once_an_editor_and_guide",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(window__regex=r"^[0-9a-f]{16}$"),
                name="autosave_window_format",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.editor}: {self.article or 'a new guide'}"
