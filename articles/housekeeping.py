"""The timed work of the site, one part after the other.

What fails is recorded and keeps nothing else from being done. Nothing depends on the
hour or on the last run: whatever is due is done, so a missed run is caught up with.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from articles.external_links.queue import DUE_DAYS, SECONDS_BETWEEN, asking, check_due
from articles.grading import grade_older_texts
from articles.models import HousekeepingOutcome, HousekeepingRun
from articles.reminders import remind
from articles.retention import RETENTIONS
from directory.one_run import AlreadyRunningError, Lock, only_run

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Part:
    """Some timed work; ``do()`` says in words what it did, or raises."""

    name: str
    do: Callable[[], str]


def send_reminders() -> str:
    """Tell whose guides are due for review."""
    return remind(timezone.localdate())


def check_links() -> str:
    """Ask the external links that are due."""
    ask = asking(SECONDS_BETWEEN)
    try:
        return str(check_due(ask=ask, clock=timezone.now, days=DUE_DAYS))
    except AlreadyRunningError:
        return "another run asks them now"


# Links come last: they may take hours.
PARTS = (
    Part("Review reminders", send_reminders),
    Part("Reading grades", grade_older_texts),
    *(Part(each.what, each) for each in RETENTIONS),
    Part("External links", check_links),
)


def keep_house(parts: Sequence[Part] | None = None) -> HousekeepingRun:
    """Do all parts and record what became of each; raises AlreadyRunningError."""
    with only_run(Lock.HOUSEKEEPING):
        run = HousekeepingRun.objects.create()
        for part in PARTS if parts is None else parts:
            _record(run, part)
        run.ended_at = timezone.now()
        run.save(update_fields=["ended_at"])
    return run


def _record(run: HousekeepingRun, part: Part) -> None:
    try:
        words, has_failed = part.do(), False
    except Exception as error:
        logger.exception("Housekeeping: %s failed.", part.name)
        words, has_failed = str(error) or type(error).__name__, True
    HousekeepingOutcome.objects.create(
        run=run, part=part.name, words=words or "done", has_failed=has_failed
    )
