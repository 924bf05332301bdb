"""Whether the timed work was done."""

import datetime

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles.dashboard.section import Row, Section
from articles.models import HousekeepingRun

LATE = datetime.timedelta(days=2)
NEVER = "It has not run yet: the operator’s page says how its timer is set up."


def last_run(_user: User) -> list[Section]:
    """Return the last run and what failed in it: two queries."""
    run = HousekeepingRun.objects.prefetch_related("outcomes").first()
    more = reverse("admin:articles_housekeepingrun_changelist")
    rows = _rows(run) if run else []
    return [Section("housekeeping", "Housekeeping", NEVER, rows, more)]


def _rows(run: HousekeepingRun) -> list[Row]:
    address = reverse("admin:articles_housekeepingrun_change", args=[run.pk])
    at = timezone.localtime(run.started_at)
    text = f"Last run {at:%B %-d, %Y, %H:%M}"
    failures = run.failures
    is_late = timezone.now() - run.started_at > LATE
    rows = [Row(text, address, _state(run, is_late=is_late), is_late)]
    return rows + [
        Row(each.part, address, f"Failed: {each.words}", True) for each in failures
    ]


def _state(run: HousekeepingRun, *, is_late: bool) -> str:
    if is_late:
        return "More than two days ago: is the timer on?"
    if run.ended_at is None:
        return "Still at work, or broken off"
    return "All done" if not run.failures else "Done but for this:"
