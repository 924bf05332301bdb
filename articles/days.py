"""Days that readers are told of as past."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

NOT_YET = "That day has not come yet."


def refuse_to_come(**days: datetime.date | str | None) -> None:
    """Refuse a day, by its field, that readers would be told of before it has come.

    What is no day is left to who reads the field: a model's ``clean()`` meets it, too.
    """
    today = timezone.localdate()
    to_come = [
        name
        for name, day in days.items()
        if isinstance(day, datetime.date) and day > today
    ]
    if to_come:
        raise ValidationError(dict.fromkeys(to_come, NOT_YET))
