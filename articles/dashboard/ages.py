"""How old the medical reviews of public guides are, as bars."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from articles.dashboard.section import guides_of, may_any
from articles.models import Article, Publication
from articles.review_dates import months_later

# From so many months on, in words.
AGES = (
    (0, "Under 3 months"),
    (3, "3 to 6 months"),
    (6, "6 to 9 months"),
    (9, "9 to 12 months"),
    (12, "12 to 18 months"),
    (18, "18 months and more"),
)
FULL = 200  # units of the drawing


@dataclass(frozen=True)
class Bar:
    """Some guides of about the same age; ``length`` is of FULL."""

    label: str
    count: int
    length: int


@dataclass(frozen=True)
class Ages:
    """A bar for each age."""

    bars: list[Bar]
    total: int


def ages_of(user: User) -> Ages | None:
    """Return the ages of a user's public guides; None without any: one query."""
    if not may_any(user, "change_article", "review_article", "publish_article"):
        return None
    shown = Publication.objects.published().filter(
        kind=Article.Kind.HEALTH, article__in=guides_of(user)
    )
    days = list(shown.order_by("pk").values_list("sign_off__reviewed_on", flat=True))
    return Ages(bars(days, timezone.localdate()), len(days)) if days else None


def bars(days: list[datetime.date], today: datetime.date) -> list[Bar]:
    """Return one bar for each age, the longest full."""
    ends = [months for months, _ in AGES[1:]]
    ages = [sum(months_later(day, end) <= today for end in ends) for day in days]
    counts = [ages.count(number) for number in range(len(AGES))]
    most = max(counts, default=0) or 1
    return [
        Bar(label, count, round(FULL * count / most))
        for (_, label), count in zip(AGES, counts, strict=True)
    ]
