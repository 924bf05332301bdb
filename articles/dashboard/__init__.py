"""The admin's first page: what waits for whom, each row one click from its place."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User

from articles.dashboard import directory, guides, house, texts
from articles.dashboard.ages import Ages, ages_of
from articles.dashboard.section import Section, answers_for_all, may_any

# In the order of the page; each asks for at most three queries, or none where the
# user has no part in it.
SECTIONS: tuple[Callable[[User], list[Section]], ...] = (
    texts.mine_and_waiting,
    guides.due,
    guides.readers_words,
    guides.broken_links,
    guides.doubtful_sources,
    guides.without_sources,
    guides.hard_to_read,
    guides.wanted,
    directory.reports,
    directory.unmapped,
    directory.imports,
    house.last_run,
)


@dataclass(frozen=True)
class Dashboard:
    """What one user sees."""

    sections: list[Section]
    ages: Ages | None
    has_own_only: bool  # guides of others are left out


def dashboard_of(user: User) -> Dashboard:
    """Return what this user may see and do, however many rows there are."""
    sections = [section for ask in SECTIONS for section in ask(user)]
    writes = may_any(user, "change_article")
    return Dashboard(sections, ages_of(user), writes and not answers_for_all(user))
