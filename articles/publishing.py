"""What editors do with a text: store it, make it public, take it back.

Whoever acts is checked here and not only in forms; ``by=None`` is the operator's
command line.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from articles.crosslinks import (
    adopt,
    build_links,
    find_dead_links,
    look_up_again,
)
from articles.external_links import store_external_links
from articles.markdown import RENDERER_VERSION, Rendered, render
from articles.models import (
    Article,
    Citation,
    Contributor,
    CrossLink,
    FormerSlug,
    Revision,
    Source,
)
from articles.models.crosslink import TARGETS
from directory.permissions import require


@dataclass(frozen=True)
class Draft:
    """What an editor or a file gives for a new revision."""

    title: str
    source: str
    updated_on: datetime.date
    description: str = ""
    author: Contributor | None = None
    reviewer: Contributor | None = None
    reviewed_on: datetime.date | None = None
    sources: Sequence[Source] = field(default_factory=tuple)
    note: str = ""


class NotPublishableError(Exception):
    """A text has faults that keep it from readers; ``messages`` names each."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        super().__init__("; ".join(messages))


@transaction.atomic
def create_article(*, article: Article, by: User | None) -> Article:
    """Store a new article and point the links that waited for it at it.

    An address that another article had before is this one's from now on.
    """
    require(by, "articles.add_article")
    FormerSlug.objects.of_articles().filter(slug=article.slug).delete()
    article.save()
    adopt(article)
    return article


@transaction.atomic
def save_revision(*, article: Article, draft: Draft, by: User | None) -> Revision:
    """Store a text as the article's next revision, with its links and sources.

    Raises SourceTooLong for a text above the cap, PermissionDenied.
    """
    require(by, "articles.change_article")
    if draft.reviewer is not None:
        require(by, "articles.review_article")
    rendered = render(draft.source)
    Article.objects.select_for_update().get(pk=article.pk)
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        article=article,
        number=last + 1,
        title=draft.title,
        description=draft.description,
        source=draft.source,
        author=draft.author,
        reviewer=draft.reviewer,
        reviewed_on=draft.reviewed_on,
        updated_on=draft.updated_on,
        note=draft.note,
        created_by=by,
        **cache_of(rendered),
    )
    store_links(revision, build_links(rendered.references))
    store_external_links(revision, rendered.external_links)
    Citation.objects.bulk_create(
        Citation(revision=revision, source=source, position=position)
        for position, source in enumerate(draft.sources, start=1)
    )
    return revision


def cache_of(rendered: Rendered) -> dict[str, Any]:
    """Return the fields of a revision that the renderer gives."""
    return {
        "html": rendered.html,
        "contents": [vars(heading) for heading in rendered.contents],
        "text": rendered.text,
        "reading_minutes": rendered.reading_minutes,
        "renderer_version": RENDERER_VERSION,
    }


def store_links(revision: Revision, links: list[CrossLink]) -> None:
    """Store the links of a revision that has none yet."""
    for link in links:
        link.revision = revision
    CrossLink.objects.bulk_create(links)


@dataclass(frozen=True)
class Findings:
    """What a check of a stored text found, in words for its editor."""

    faults: list[str]  # keep it from readers
    notices: list[str]  # readers see plain text where a link stands


def inspect(revision: Revision) -> Findings:
    """Name malformed Markdown and dead links of a revision, with their lines."""
    faults = [
        f"Line {problem.line}, column {problem.column}: {problem.message}"
        for problem in render(revision.source).problems
    ]
    notices: list[str] = []
    links = list(revision.cross_links.with_targets())
    look_up_again(links)
    for dead in find_dead_links(links):
        words = f"Line {dead.line}: “{dead.text}” ({dead.written}) {dead.message}."
        (faults if dead.resolves_nowhere else notices).append(words)
    return Findings(faults, notices)


@transaction.atomic
def publish(*, revision: Revision, by: User | None, on: datetime.date) -> Article:
    """Make a revision the one that readers see; raises NotPublishableError."""
    require(by, "articles.publish_article")
    faults = inspect(revision).faults
    if faults:
        raise NotPublishableError(faults)
    found = look_up_again(revision.cross_links.all())
    CrossLink.objects.bulk_update(found, [*TARGETS, "target_state"])
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    article.published_revision = revision
    article.published_on = article.published_on or on
    article.save(update_fields=["published_revision", "published_on"])
    return article


@transaction.atomic
def unpublish(*, article: Article, by: User | None) -> None:
    """Take an article back; links to it become plain text at once."""
    require(by, "articles.publish_article")
    article.published_revision = None
    article.save(update_fields=["published_revision"])
