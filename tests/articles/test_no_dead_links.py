"""Whatever editors and imports do, no reader meets a dead link.

Random sequences over a world of at most twelve guides; after each, every public guide
is opened, and every link in its text, and every address that ever was public.
``LINK_SEQUENCES=5000`` (make bench-links) runs more of them.
"""

import datetime
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.addresses import delete_article, merge_article, rename_article
from articles.importing import ImportArticlesError, import_folder, remove_demo
from articles.models import Article, FormerSlug, Publication
from articles.publishing import NotPublishableError
from articles.withdrawing import withdraw
from directory.by_hand.deletion import StillInUseError, StillLinkedError, delete
from directory.by_hand.renaming import rename_specialization
from directory.imports.counts import rebuild_counts
from directory.models import Organization, Practice, Practitioner, Specialization
from tests.articles.factories import (
    DAY,
    make_draft,
    make_public,
    make_reviewer,
    make_revision,
    take_back,
)
from tests.factories import (
    make_doctor,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db

Read = Callable[[str], HttpResponse]
IN_THE_SUITE = 200  # always the same ones
SEQUENCES = int(os.environ.get("LINK_SEQUENCES", IN_THE_SUITE))
SHARES = 10  # tests of their own, so that workers divide them
SLUGS = [f"guide-{number}" for number in range(12)]
FIELDS = ["cardiology", "hearts", "neurology"]
FIXED_KEYS = [
    "specialization:cardiology",
    "specialization:hearts",
    "doctors:neurology/tx",
    "doctors:cardiology",
    "doctors:cardiology/tx",
    "doctors:cardiology/tx/houston",
    "page:specializations",
]
slugs = st.sampled_from(SLUGS)
keys = st.one_of(slugs.map("article:{}".format), st.integers(0, 8).map(str))
fields = st.sampled_from(FIELDS)
OPERATIONS = st.one_of(
    st.tuples(st.just("publish"), slugs, st.lists(keys, max_size=4)),
    st.tuples(st.just("draft"), slugs, st.lists(keys, max_size=4)),
    st.tuples(st.just("unpublish"), slugs),
    st.tuples(st.just("schedule"), slugs, st.lists(keys, max_size=2)),
    st.tuples(
        st.just("withdraw"), slugs, st.sampled_from(Publication.WITHDRAWN), slugs
    ),
    st.tuples(st.just("rename"), slugs, slugs),
    st.tuples(st.just("merge"), slugs, slugs),
    st.tuples(st.just("delete"), slugs, st.none() | slugs),
    st.tuples(
        st.just("import_files"),
        st.dictionaries(slugs, st.lists(keys, max_size=2), min_size=1, max_size=3),
        st.booleans(),
    ),
    st.tuples(st.just("remove_demo")),
    st.tuples(st.just("rename_field"), fields, fields),
    st.tuples(st.just("delete_field"), fields, st.none() | fields),
    st.tuples(st.just("delete_row"), st.sampled_from([Practitioner, Organization])),
    st.tuples(st.just("release"), st.booleans(), st.booleans(), st.booleans()),
)


REFUSALS = (
    ImportArticlesError,
    NotPublishableError,
    ObjectDoesNotExist,
    StillInUseError,
    StillLinkedError,
    ValidationError,
)


@dataclass
class World:
    """The directory's part of the world, and every address that was ever public."""

    doctor: Practitioner
    hospital: Organization
    addresses: set[str] = field(default_factory=set)
    field_addresses: set[str] = field(default_factory=set)

    def write(self, keys: list[str]) -> str:
        """Return a text with a link for each key; numbers stand for the directory."""
        fixed = [
            *FIXED_KEYS,
            f"hospital:{self.hospital.ccn}",
            f"doctor:{self.doctor.npi}",
        ]
        written = [fixed[int(key)] if key.isdigit() else key for key in keys]
        return "\n\n".join(f"[link {n}]({key})" for n, key in enumerate(written))

    def act(self, name: str, *arguments: object) -> None:
        """Do one thing; what is refused changes nothing."""
        try:
            with transaction.atomic():
                getattr(self, name)(*arguments)
        except REFUSALS:
            pass
        self.field_addresses |= {
            each.get_absolute_url() for each in Specialization.objects.listed()
        }
        self.addresses |= {
            each.get_absolute_url() for each in Article.objects.published()
        }

    def draft(self, slug: str, keys: list[str]) -> Article:
        text = self.write(keys)
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            return make_draft(slug, text)
        make_revision(article, text)
        return article

    def publish(self, slug: str, keys: list[str]) -> None:
        article = self.draft(slug, keys)
        make_public(article.latest_revision())

    def unpublish(self, slug: str) -> None:
        take_back(Article.objects.get(slug=slug))

    def schedule(self, slug: str, keys: list[str]) -> None:
        article = self.draft(slug, keys)
        tomorrow = timezone.now() + datetime.timedelta(days=1)
        make_public(article.latest_revision(), tomorrow)

    def withdraw(self, slug: str, way: Publication.Ending, other: str) -> None:
        leads_on = way == Publication.Ending.SUCCESSOR
        withdraw(
            article=Article.objects.get(slug=slug),
            way=way,
            reason="It was wrong.",
            successor=Article.objects.get(slug=other) if leads_on else None,
            by=None,
        )

    def rename(self, slug: str, other: str) -> None:
        if not Article.objects.filter(slug=other).exists():
            rename_article(article=Article.objects.get(slug=slug), slug=other, by=None)

    def merge(self, slug: str, other: str) -> None:
        if slug != other:
            article, into = (Article.objects.get(slug=each) for each in (slug, other))
            merge_article(article=article, into=into, by=None)

    def delete(self, slug: str, other: str | None) -> None:
        article = Article.objects.get(slug=slug)
        found = Article.objects.exclude(pk=article.pk).filter(slug=other).first()
        delete_article(article=article, replacement=found, by=None)

    def import_files(self, texts: dict[str, list[str]], is_demo: bool) -> None:
        make_reviewer()
        with TemporaryDirectory() as name:
            for slug, keys in texts.items():
                head = (
                    f"---\ntitle: {slug}\nkind: health\n"
                    "reviewer: rae-reviewer\nreviewed_on: 2026-11-01\n---\n\n"
                )
                Path(name, f"{slug}.md").write_text(head + self.write(keys))
            import_folder(Path(name), is_demo=is_demo, on=DAY)

    def remove_demo(self) -> None:
        remove_demo()

    def rename_field(self, slug: str, other: str) -> None:
        found = Specialization.objects.get(slug=slug)
        rename_specialization(specialization=found, slug=other, by=None)

    def delete_field(self, slug: str, other: str | None) -> None:
        found = Specialization.objects.get(slug=slug)
        replacement = Specialization.objects.get(slug=other) if other else None
        delete(target=found, replacement=replacement, by=None)
        if replacement is None:
            self.field_addresses.clear()  # what nobody linked to is gone

    def delete_row(self, model: type[Practitioner | Organization]) -> None:
        delete(target=model.objects.get(), replacement=None, by=None)

    def release(self, has_doctor: bool, has_hospital: bool, has_city: bool) -> None:
        """Import a release that has these rows or lacks them."""
        gone = timezone.now()
        Practitioner.objects.update(retired_at=None if has_doctor else gone)
        Organization.objects.update(retired_at=None if has_hospital else gone)
        place = make_place("Houston", "TX") if has_city else make_place("Boston", "MA")
        for practice in Practice.objects.select_related("location"):
            practice.location.place = place
            practice.location.save()
        rebuild_counts()


def links_of(page: str) -> list[str]:
    prose = page.partition('class="prose')[2].partition('<footer class="reading')[0]
    return re.findall(r'<a [^>]*?href="(/[^"]*)"', prose)


def dead_links(read: Read) -> list[str]:
    """Return links in public guides that do not open at once."""
    dead = []
    for guide in Article.objects.published():
        page = read(guide.get_absolute_url())
        assert page.status_code == 200
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
    share: int, sequence: list[tuple]
) -> None:
    with transaction.atomic():
        cardiology = make_specialization()
        make_specialization("Neurology", "Neurologist")
        hospital = make_hospital()
        doctor = make_doctor(
            does=(cardiology,), at=(make_place(),), hospitals=(hospital,)
        )
        rebuild_counts()
        world = World(doctor, hospital)

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
