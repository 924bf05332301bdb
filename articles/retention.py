"""What this site does not keep: each kind of row, and how long.

``docs/operators.md`` and the privacy page say the same; a test compares.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from articles.models import (
    Autosave,
    HelpfulAnswer,
    HousekeepingRun,
    MistakeReport,
    ReviewInvitation,
    ReviewReminder,
)
from directory.imports.leftovers import drop_leftovers
from directory.models import ErrorReport, ImportRun, PublicFormUse, RefusedRow


@dataclass(frozen=True)
class Retention:
    """A kind of row with its end: ``forget()`` returns how many went."""

    what: str
    kept: str
    forget: Callable[[], int]

    def __call__(self) -> str:
        """Forget what is due now, and say how much that was."""
        return f"{self.forget()} deleted"


def _ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def _delete(rows: QuerySet[Any, Any]) -> int:
    """Delete and count the rows themselves, not what goes with them."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _sessions() -> int:
    return _delete(Session.objects.filter(expire_date__lt=timezone.now()))


def _form_uses() -> int:
    return _delete(PublicFormUse.objects.filter(used_on__lt=timezone.localdate()))


def _autosaves() -> int:
    return _delete(Autosave.objects.stale())


def _answers() -> int:
    return _delete(HelpfulAnswer.objects.stale())


def _reports() -> int:
    return _delete(MistakeReport.objects.stale())


def _errors() -> int:
    return _delete(ErrorReport.objects.stale())


def _addresses() -> int:
    ended = ReviewInvitation.objects.ended(_ago(90)).exclude(email="")
    return ended.update(email="", code_hash="")


def _unused_links() -> int:
    ended = ReviewInvitation.objects.ended(_ago(365))
    return _delete(ended.filter(used_at=None))


def _reminders() -> int:
    return _delete(ReviewReminder.objects.filter(sent_at__lt=_ago(730)))


def _runs() -> int:
    return _delete(HousekeepingRun.objects.filter(started_at__lt=_ago(365)))


def _refused_rows() -> int:
    """Keep those of the last run of each file, however old it is."""
    newer = ImportRun.objects.filter(
        dataset=OuterRef("run__dataset"), started_at__gt=OuterRef("run__started_at")
    )
    old = RefusedRow.objects.filter(run__started_at__lt=_ago(365))
    return _delete(old.filter(Exists(newer)))


FEEDBACK_KEPT = "a year, or 90 days after an editor dealt with them"

RETENTIONS = (
    Retention("Sessions of editors", "two weeks after the last sign-in", _sessions),
    Retention(
        "Counts behind the public forms and the login",
        "until the day has ended",
        _form_uses,
    ),
    Retention(
        "What editors typed and did not store",
        "90 days after the last word",
        _autosaves,
    ),
    Retention("Readers’ answers whether a guide helped", FEEDBACK_KEPT, _answers),
    Retention("Readers’ reports of mistakes", FEEDBACK_KEPT, _reports),
    Retention("Errors of the directory that readers report", FEEDBACK_KEPT, _errors),
    Retention(
        "E-mail addresses of invited reviewers",
        "90 days after the link was used or ended",
        _addresses,
    ),
    Retention(
        "Review links that were never used, with their comments",
        "a year after they ended",
        _unused_links,
    ),
    Retention("The log of reminders", "two years", _reminders),
    Retention("What housekeeping did", "a year", _runs),
    Retention(
        "Rows that an import refused",
        "a year, those of a file’s last import longer",
        _refused_rows,
    ),
    Retention(
        "Tables of imports that broke off", "until the next night", drop_leftovers
    ),
)
