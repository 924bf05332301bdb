"""Days that readers are told of as past."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

NOT_YET = "That day has not come yet. Days here are those of UTC."
# The newest day in the guides that come with the site: a clock behind it is wrong, and
# shall not keep them from being loaded.
OF_OUR_GUIDES = datetime.date(2026, 11, 27)


def newest_day() -> datetime.date:
    """Return today, or the day of our guides where the clock is behind it."""
    return max(timezone.localdate(), OF_OUR_GUIDES)


def refuse_to_come(**days: datetime.date | str | None) -> None:
    """Refuse a day, by its field, that readers would be told of before it has come.

    What is no day is left to who reads the field: a model's ``clean()`` meets it, too.
    """
    newest = newest_day()
    to_come = [
        name
        for name, day in days.items()
        if isinstance(day, datetime.date) and day > newest
    ]
    if to_come:
        raise ValidationError(dict.fromkeys(to_come, NOT_YET))
