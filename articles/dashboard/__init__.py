"""The admin's first page: what waits for whom, each row one click from its place."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.models import User

from articles.dashboard import directory, guides, house, texts
from articles.dashboard.ages import Ages, ages_of
from articles.dashboard.section import Section, answers_for_all, may_any

WRITERS = ("articles.change_article",)
STAFF = (*WRITERS, "articles.review_article", "articles.publish_article")

# In the order of the page, with the rights of which one lets a user see it; each asks
# for at most three queries.
SECTIONS: tuple[tuple[Callable[[User], list[Section]], tuple[str, ...]], ...] = (
    (texts.mine_and_waiting, STAFF),
    (guides.due, STAFF),
    (guides.readers_words, ("articles.view_mistakereport",)),
    (guides.broken_links, WRITERS),
    (guides.doubtful_sources, WRITERS),
    (guides.without_sources, WRITERS),
    (guides.hard_to_read, WRITERS),
    (guides.wanted, ("articles.add_article",)),
    (directory.reports, ("directory.view_errorreport",)),
    (directory.unmapped, ("directory.change_unmappedspecialty",)),
    (directory.imports, ("directory.view_importrun",)),
    (house.last_run, ("articles.view_housekeepingrun",)),
)


@dataclass(frozen=True)
class Dashboard:
    """What one user sees."""

    sections: list[Section]
    ages: Ages | None
    has_own_only: bool  # guides of others are left out


def dashboard_of(user: User) -> Dashboard:
    """Return what this user may see and do, however many rows there are."""
    sections = [
        section
        for ask, rights in SECTIONS
        if any(user.has_perm(right) for right in rights)
        for section in ask(user)
    ]
    writes = may_any(user, "change_article")
    return Dashboard(sections, ages_of(user), writes and not answers_for_all(user))
