"""What the timed work did, part by part."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class HousekeepingRun(models.Model):
    """One call of ``manage.py housekeeping``; without an end it broke off or runs."""

    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"Housekeeping of {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def failures(self) -> list["HousekeepingOutcome"]:
        """The parts that failed; one query unless prefetched."""
        return [each for each in self.outcomes.all() if each.has_failed]


class HousekeepingOutcome(models.Model):
    """What became of one part of a run, in words."""

    run = models.ForeignKey(
        HousekeepingRun, models.CASCADE, related_name="outcomes", editable=False
    )
    part = models.CharField(max_length=80)
    has_failed = models.BooleanField(default=False)
    words = models.TextField()
    ended_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["run_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "part"], name="housekeepingoutcome_part_once"
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="housekeepingoutcome_words_present"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.words}"
