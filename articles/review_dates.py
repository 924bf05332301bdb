"""When a medical review is due again; pure."""

import calendar
import datetime


def months_later(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or the last of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return day.replace(year=year, month=month, day=min(day.day, last))
