"""Whatever editors and imports do, no reader meets a dead link.

Random sequences over a small world (``link_world.py``); after each, every guide that
can be read is opened, and every link on its page, and every address that ever was
public.
``LINK_SEQUENCES=5000`` (make bench-links) runs more of them.
"""

import os
import re
from collections.abc import Callable
from functools import cache
from html import unescape

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.models import Article, FormerSlug
from tests.articles.factories import make_draft, make_public
from tests.articles.link_world import OPERATIONS, World, begin

pytestmark = pytest.mark.django_db

Read = Callable[[str], HttpResponse]
IN_THE_SUITE = 200  # always the same ones
SEQUENCES = int(os.environ.get("LINK_SEQUENCES", IN_THE_SUITE))
SHARES = 10  # tests of their own, so that workers divide them
# Nothing that happens takes these away; the walk over the whole site opens them.
ALWAYS_THERE = re.compile(r"/(\w+/)?|/feedback/.*")


def links_of(page: str) -> set[str]:
    main = page.partition("<main")[2].partition("</main>")[0]
    found = set(re.findall(r'<a [^>]*?href="(/[^"#]*)', unescape(main)))
    return {link for link in found if not ALWAYS_THERE.fullmatch(link)}


def dead_links(read: Read) -> list[str]:
    """Return links in guides that can be read that do not open at once."""
    public, dead = set(Article.objects.published()), []
    for guide in Article.objects.all():
        page = read(guide.get_absolute_url())
        if page.status_code != 200:  # withdrawn ones may be readable under a notice
            assert guide not in public
            continue
        found = {
            link: read(link).status_code for link in links_of(page.content.decode())
        }
        dead += [
            f"{at} ({code}) on {guide.slug}"
            for at, code in found.items()
            if code != 200
        ]
    return dead


def lost_fields(read: Read, addresses: set[str]) -> list[str]:
    """Return addresses of specializations that lead to no page in one step."""
    lost = []
    for address in addresses:
        answer = read(address)
        if answer.status_code == 301:
            answer = read(answer.headers["Location"])
        if answer.status_code != 200:
            lost.append(address)
    return lost


def lost_addresses(read: Read, addresses: set[str]) -> list[str]:
    """Return former addresses of public guides that lead to no page in one step."""
    lost = []
    for former in FormerSlug.objects.of_articles().select_related("article"):
        if former.article.current:
            answer = read(f"/articles/{former.slug}/")
            target = answer.headers.get("Location", "")
            if answer.status_code != 301 or read(target).status_code != 200:
                lost.append(former.slug)
    answers = {address: read(address).status_code for address in addresses}
    return lost + [
        a for a, status in answers.items() if status not in {200, 301, 404, 410}
    ]


@pytest.fixture
def world_begins(db) -> None:
    """Once a share: each sequence leaves it as it was."""
    begin()


@pytest.mark.parametrize("share", range(SHARES))
@settings(
    max_examples=SEQUENCES // SHARES,
    database=None,
    derandomize=SEQUENCES == IN_THE_SUITE,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=st.lists(OPERATIONS, min_size=3, max_size=14))
def test_no_sequence_of_acts_leaves_a_dead_link(
    world_begins: None, share: int, sequence: list[tuple]
) -> None:
    with transaction.atomic():
        world = World()

        for name, *arguments in sequence:
            world.act(name, *arguments)

        read = cache(Client().get)  # once each: nothing changes meanwhile
        assert dead_links(read) == []
        assert lost_addresses(read, world.addresses) == []
        assert lost_fields(read, world.field_addresses) == []
        transaction.set_rollback(True)


def test_the_walk_can_find_a_dead_link(monkeypatch: pytest.MonkeyPatch) -> None:
    target = make_draft("target")
    guide = make_draft("a", "[to it](article:target)")
    make_public(guide.latest_revision())
    monkeypatch.setattr(
        "articles.shown_links.ShownLink.public_url",
        lambda link: target.get_absolute_url(),
    )

    assert dead_links(Client().get) == ["/articles/target/ (404) on a"]
