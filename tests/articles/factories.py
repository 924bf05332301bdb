"""What tests of texts are made of: small, public unless said otherwise."""

import datetime
from itertools import count

from django.contrib.auth.models import Group, User

from articles.models import (
    Article,
    Contributor,
    Publication,
    Revision,
    SignOff,
    Source,
    Topic,
)
from articles.publishing import Draft, create_article, publish, save_revision
from articles.reviewing import sign_off
from articles.withdrawing import withdraw

DAY = datetime.date(2026, 11, 2)
MOMENT = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
numbers = count(1)


def make_contributor(name: str = "Ada Example", **fields: object) -> Contributor:
    values = {
        "slug": f"person-{next(numbers)}",
        "name": name,
        "bio": "A made-up person.",
        "conflicts_of_interest": "None.",
    }
    return Contributor.objects.create(**values | fields)


def make_topic(name: str = "Hearts", **fields: object) -> Topic:
    values = {"slug": f"topic-{next(numbers)}", "name": name, "description": "About."}
    return Topic.objects.create(**values | fields)


def make_source(key: str = "example-2020", **fields: object) -> Source:
    values = {
        "key": key,
        "title": "A study",
        "publisher": "A journal",
        "year": 2020,
        "url": "https://example.org/study",
    }
    return Source.objects.create(**values | fields)


def make_revision(
    article: Article, source: str = "Some words.", **fields: object
) -> Revision:
    values = {"title": f"Guide {article.slug}", "updated_on": DAY, "source": source}
    draft = Draft(**values | fields)
    return save_revision(article=article, draft=draft, by=None)


def make_draft(slug: str, source: str = "Some words.", **fields: object) -> Article:
    """Return an article with one text that nobody has published."""
    kind = fields.pop("kind", Article.Kind.HEALTH)
    is_demo = fields.pop("is_demo", False)
    article = Article(slug=slug, kind=kind, is_demo=is_demo)
    create_article(article=article, by=None)
    make_revision(article, source, **fields)
    return article


def make_reviewer() -> Contributor:
    """Return the clinician who signs whatever names no other."""
    found = Contributor.objects.filter(slug="rae-reviewer").first()
    return found or make_contributor(
        "Rae Reviewer", slug="rae-reviewer", credential="MD"
    )


def sign(
    revision: Revision,
    reviewer: Contributor | None = None,
    on: datetime.date = DAY,
    **fields: object,
) -> SignOff:
    """Record a sign-off as the command line does."""
    values = {"by": None} | fields
    return sign_off(
        revision=revision, reviewer=reviewer or make_reviewer(), on=on, **values
    )


def make_public(
    revision: Revision, at: datetime.datetime | None = None, **fields: object
) -> Publication:
    """Sign a text off, where it must be, and publish it."""
    if revision.article.kind == Article.Kind.HEALTH:
        sign(revision)
    return publish(revision=revision, by=None, at=at, **fields)


def make_guide(slug: str, source: str = "Some words.", **fields: object) -> Article:
    """Return a public guide, signed off by ``reviewer`` on ``reviewed_on``."""
    reviewer = fields.pop("reviewer", None)
    reviewed_on = fields.pop("reviewed_on", DAY)
    article = make_draft(slug, source, **fields)
    revision = article.latest_revision()
    if article.kind == Article.Kind.HEALTH:
        sign(revision, reviewer, reviewed_on)
    publish(revision=revision, by=None, at=MOMENT)
    return article


def take_back(article: Article, **fields: object) -> None:
    """Withdraw a guide, so that its address says why."""
    values = {"way": Publication.Ending.GONE, "reason": "It was wrong.", "by": None}
    withdraw(article=article, **values | fields)


def make_user(*groups: str, **fields: object) -> User:
    """Return a user who may enter the admin, in the named groups."""
    name = fields.pop("username", f"user-{next(numbers)}")
    user = User.objects.create_user(name, password="secret", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user
