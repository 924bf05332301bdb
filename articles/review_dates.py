"""When a medical review is due again; pure."""

import calendar
import datetime

from articles.models.reminder import ReviewReminder

Stage = ReviewReminder.Stage
FIRST_NOTICE = 60  # days before
SECOND_NOTICE = 30


def months_later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or the last of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return day.replace(year=year, month=month, day=min(day.day, last))


def stage_of(
    due_on: datetime.date, today: datetime.date
) -> tuple[Stage, datetime.date] | None:
    """Return which reminder of a review holds today and since when; None before all.

    Only one holds at a time, so whoever was not there for a week catches up with it
    alone. "On the day" holds until the next Monday; from then on each Monday begins a
    stage of its own, so that a reader of many reminders gets them in one mail a week.
    """
    rest = (due_on - today).days
    if rest > FIRST_NOTICE:
        return None
    if rest > SECOND_NOTICE:
        return Stage.SIXTY_DAYS, due_on - datetime.timedelta(days=FIRST_NOTICE)
    if rest > 0:
        return Stage.THIRTY_DAYS, due_on - datetime.timedelta(days=SECOND_NOTICE)
    monday = today - datetime.timedelta(days=today.weekday())
    return (Stage.OVERDUE, monday) if monday > due_on else (Stage.DUE, due_on)
