"""One hidden row of each kind, a walk over every public page, and it is nowhere."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from articles.models import Article
from directory.imports.counts import rebuild_counts
from directory.models import Organization, Practitioner
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_revision,
    make_source,
    make_topic,
    take_back,
)
from tests.crawler import Crawl
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db

HIDDEN = "Quincunx"  # a word of hidden rows only
# What no page links to, and machines ask for.
ASKED_FOR = (
    "/sitemap.xml",
    "/sitemap-entries.xml",
    "/sitemap-articles.xml",
    "/sitemap-topics.xml",
    "/sitemap-people.xml",
    "/sitemap-specializations.xml",
    "/sitemap-doctor-lists.xml",
    "/sitemap-hospital-lists.xml",
    "/sitemap-hospitals.xml",
    "/sitemap-doctors.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/favicon.ico",
    "/healthz",
    "/readyz",
    "/about/",
    "/doctor/",
    "/hospital/",
    "/topics/",
    "/articles/open.md",
    "/feedback/open/thanks/",
)

# Short addresses that only lead to the long one, files that editors uploaded, and what
# only the holder of a review link or the sender of an answer reads.
NO_PAGES = (
    "doctor/<npi:npi>/",
    "hospital/<ccn:ccn>/",
    "^media/images/",
    "review/",
    "feedback/<slug:slug>/why/",
)


def hide(word: str = HIDDEN) -> list[models.Model]:
    """Make everything that readers may not see, and a public guide that links to it."""
    cardiology, houston = make_specialization(), make_place()
    hospital = make_hospital("Mercy Hospital", houston)
    open_doctor = make_doctor(does=(cardiology,), at=(houston,), hospitals=(hospital,))
    away = make_hospital(f"{word} Hospital", houston)
    hospitals = (hospital, away)
    gone = make_doctor(word, does=(cardiology,), at=(houston,), hospitals=hospitals)
    writer = make_contributor(f"{word} Writer")
    draft = make_draft("draft", title=f"{word} draft", author=writer)
    back = make_guide("back", title=f"{word} taken back", author=writer)
    soon = make_draft("soon", title=f"{word} soon", author=writer)
    page = make_draft("page", title=f"{word} page", kind=Article.Kind.PAGE)
    topic = make_topic(f"{word} topic")
    topic.articles.add(draft, back, soon)
    make_guide("contact", kind=Article.Kind.PAGE)
    guide = make_guide(
        "open",
        "See [one](article:draft), [two](article:back), [three](page:page), "
        "[nine](article:soon), "
        f"[four](doctor:{gone.npi}), [five](hospital:{away.ccn}), "
        f"[six](doctor:{open_doctor.npi}), [seven](specialization:cardiology).",
        author=make_contributor("Open Author"),
    )
    make_topic("Open topic").articles.add(guide)
    newer = make_source("newer-2026", title=f"{word} study")
    make_revision(guide, f"A {word} draft.", title=f"{word} title", sources=[newer])
    take_back(back)
    now = timezone.now()
    make_public(soon.latest_revision(), at=now + datetime.timedelta(days=1))
    Practitioner.objects.filter(pk=gone.pk).update(retired_at=now)
    Organization.objects.filter(pk=away.pk).update(retired_at=now)
    count_doctors()
    return [draft, back, soon, page, topic, writer, gone, away]


def routes(patterns: list) -> Iterator[str]:
    """Yield the pattern of every public route."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name != "admin":
            yield from routes(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield str(pattern.pattern)


def route_of(address: str) -> str:
    return resolve(address.split("?")[0]).route


def read_everything(client: Client) -> dict[str, str]:
    """Return every public address with what it answers."""
    walked = Crawl(client).run()
    assert walked.faults == []
    pages = {address: page.source for address, page in walked.html.items()}
    others = {*walked.opened, *ASKED_FOR} - pages.keys()
    return pages | {
        address: client.get(address).content.decode(errors="replace")
        for address in others
    }


def test_what_is_hidden_stands_on_no_public_page(client: Client) -> None:
    hidden = hide()

    answers = read_everything(client)

    reached = {route_of(address) for address in answers}
    missed = {
        route
        for route in set(routes(get_resolver().url_patterns)) - reached
        if not route.startswith(NO_PAGES)
    }
    assert len(reached) > 20
    assert missed == set(), "link to it from a page, or name an address in ASKED_FOR"
    assert [at for at, page in answers.items() if HIDDEN in page] == []
    for row in hidden:
        address = row.get_absolute_url()
        assert address not in answers
        assert client.get(address).status_code in {404, 410}, address


def test_the_same_walk_finds_it_once_it_is_shown(client: Client) -> None:
    hidden = hide()
    *articles, _topic, _writer, doctor, hospital = hidden
    for article in (*articles, Article.objects.get(slug="open")):
        make_public(article.latest_revision())
    for row in (doctor, hospital):
        type(row).objects.update(retired_at=None)
    rebuild_counts()

    answers = read_everything(client)

    for row in hidden:
        assert HIDDEN in answers[row.get_absolute_url()]
    assert len([page for page in answers.values() if HIDDEN in page]) > 12
