"""A list on the dashboard, and whose guides stand in it."""

from dataclasses import dataclass, field

from django.contrib.auth.models import User

from articles.models import Article
from articles.models.article import ArticleQuerySet

SHOWN = 6  # the rest is folded
FETCHED = 100


@dataclass(frozen=True)
class Row:
    """One thing to look at and the page where that is done."""

    text: str
    address: str
    note: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Section:
    """A heading with its rows, or with words for when there are none.

    ``slug`` names it in the page; ``more`` is the page that lists all.
    """

    slug: str
    title: str
    empty: str
    rows: list[Row] = field(default_factory=list)
    more: str = ""

    @property
    def shown(self) -> list[Row]:
        """The rows that are seen at once."""
        return self.rows[:SHOWN]

    @property
    def folded(self) -> list[Row]:
        """The rows that are unfolded on demand."""
        return self.rows[SHOWN:]

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than was fetched."""
        return len(self.rows) >= FETCHED


def may_any(user: User, *names: str) -> bool:
    """Whether a user has one of these permissions on guides."""
    return any(user.has_perm(f"articles.{name}") for name in names)


def answers_for_all(user: User) -> bool:
    """Whether every guide is a user's affair, and not only their own."""
    return may_any(user, "review_article", "publish_article")


def guides_of(user: User) -> ArticleQuerySet:
    """Return the guides that are a user's affair: those who write see their own."""
    everything = Article.objects.all()
    return everything if answers_for_all(user) else everything.by(user)
