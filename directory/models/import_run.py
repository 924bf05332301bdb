"""What each import did, for the directory manager."""

from django.db import models
from django.db.models import F, Q

from directory.models.release import SourceRelease
from directory.one_run import Lock, is_running

KILLED = "It ended without a word: the process was killed."


class ImportRun(models.Model):
    """One file of one run of ``import_directory``: rows in are rows accounted for."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Loaded"
        UNCHANGED = "unchanged", "Already loaded"
        DRY_RUN = "dry-run", "Tried only"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Broke off"

    dataset = models.CharField(max_length=20, choices=SourceRelease.Dataset)
    version = models.CharField(max_length=20)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    is_demo = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(auto_now_add=True)
    seconds = models.FloatField(default=0)
    message = models.TextField(blank=True, help_text="Why it stopped, what was odd.")
    read = models.PositiveIntegerField(default=0, help_text="Rows behind the header.")
    loaded = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(
        default=0, help_text="Rows that say what an earlier row said."
    )
    passed_over = models.PositiveIntegerField(
        default=0, help_text="Whole rows that are not for this directory."
    )
    empty = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    repaired = models.PositiveIntegerField(
        default=0, help_text="Of the rows that were loaded or said again."
    )
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    retired = models.PositiveIntegerField(default=0)
    details = models.JSONField(
        default=dict, help_text="Repairs by kind, and what came of the rows."
    )

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(
                    read=F("loaded")
                    + F("repeated")
                    + F("passed_over")
                    + F("empty")
                    + F("refused")
                ),
                name="import_run_rows_accounted_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_dataset_display()}, release {self.version}"

    @property
    def became(self) -> State:
        """The state; of a run whose process was killed, that it broke off.

        Its account is closed by the next import.
        """
        is_over = self.state == self.State.RUNNING and not is_running(Lock.IMPORT)
        return self.State.FAILED if is_over else self.State(self.state)

    @property
    def is_loaded(self) -> bool:
        """Whether readers had what the file says when the run had ended."""
        return self.state in {self.State.DONE, self.State.UNCHANGED}


class RefusedRow(models.Model):
    """A row of a file that was not loaded, with the reason."""

    run = models.ForeignKey(
        ImportRun, models.CASCADE, related_name="refused_rows", verbose_name="import"
    )
    line = models.PositiveIntegerField(help_text="In the file; the header is line 1.")
    reason = models.CharField(max_length=300)
    text = models.TextField(blank=True, help_text="How the row begins.")

    class Meta:
        ordering = ["run", "line", "pk"]

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"
