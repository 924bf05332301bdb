"""What tests of texts are made of: small, public unless said otherwise."""

import datetime
from itertools import count

from django.contrib.auth.models import Group, User

from articles.models import Article, Contributor, Revision, Source, Topic
from articles.publishing import Draft, create_article, publish, save_revision

DAY = datetime.date(2026, 11, 2)
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


def make_guide(slug: str, source: str = "Some words.", **fields: object) -> Article:
    """Return a public guide."""
    article = make_draft(slug, source, **fields)
    return publish(revision=article.latest_revision(), by=None, on=DAY)


def make_user(*groups: str, **fields: object) -> User:
    """Return a user who may enter the admin, in the named groups."""
    name = fields.pop("username", f"user-{next(numbers)}")
    user = User.objects.create_user(name, password="secret", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    assert user.groups.count() == len(groups)
    return user
