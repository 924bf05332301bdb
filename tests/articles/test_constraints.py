"""Each rule of the text half, broken once in the database itself."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import (
    Article,
    Citation,
    Contributor,
    CrossLink,
    ExternalLink,
    ExternalLinkUse,
    FormerSlug,
    Revision,
    Source,
    Topic,
)
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db


def text_of(slug: str = "a-guide") -> Revision:
    return make_draft(slug).latest_revision()


def link(**fields: object) -> None:
    values = {"position": 0, "kind": "article", "key": "x", "text": "x"}
    values |= {"line": 1, "column": 1}
    values["revision_id"] = fields.pop("revision_id", 0) or text_of().pk
    CrossLink.objects.create(**values | fields)


def former(slug: str, **fields: object) -> None:
    FormerSlug.objects.create(slug=slug, **fields)


def external(**fields: object) -> None:
    ExternalLink.objects.create(**{"url": "https://example.org/"} | fields)


def use_twice() -> None:
    revision, link = text_of(), ExternalLink.objects.create(url="https://example.org/")
    for _ in range(2):
        ExternalLinkUse.objects.create(revision=revision, link=link, position=0, line=1)


def bulk_revision(**fields: object) -> None:
    article = Article.objects.create(slug="b")
    values = {"article": article, "number": 1, "title": "t", "updated_on": DAY}
    Revision.objects.bulk_create([Revision(**values | fields)])


def publish_the_text_of_another() -> None:
    stranger = text_of("another")
    article = make_draft("b")
    article.published_revision, article.published_on = stranger, DAY
    article.save()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def cite_twice(**fields: object) -> None:
    revision, source = text_of(), make_source()
    for values in ({"source": source, "position": 1}, fields):
        Citation.objects.create(revision=revision, **{"source": source} | values)


def review_own_text() -> None:
    author = make_contributor()
    bulk_revision(author=author, reviewer=author, reviewed_on=DAY)


BROKEN: dict[str, Callable[[], object]] = {
    "article_kind_known": lambda: Article.objects.create(slug="a", kind="blog"),
    "article_public_has_a_date": lambda: Article.objects.filter(
        pk=make_guide("a").pk
    ).update(published_on=None),
    "article_publishes_its_own_revision": publish_the_text_of_another,
    "article_slug_format": lambda: Article.objects.create(slug="A_b"),
    "citation_position_unique": lambda: cite_twice(
        source=make_source("other-2021"), position=1
    ),
    "citation_source_unique": lambda: cite_twice(position=2),
    "contributor_slug_format": lambda: make_contributor(slug="-a"),
    "contributor_words_present": lambda: make_contributor(conflicts_of_interest=""),
    "crosslink_key_present": lambda: link(key=""),
    "crosslink_place_has_state": lambda: link(kind="doctors", target_place_id=1),
    "crosslink_position_unique": lambda: [
        link(revision_id=pk) for pk in [text_of().pk] * 2
    ],
    "crosslink_state_narrows_doctors": lambda: link(target_state="TX"),
    "crosslink_targets_fit_kind": lambda: link(
        kind="specialization", target_article=make_draft("c")
    ),
    "externallink_check_paired": lambda: external(answer="404"),
    "externallink_failure_paired": lambda: external(strikes=1),
    "externallink_strikes_range": lambda: external(
        strikes=3, first_failed_at=timezone.now()
    ),
    "externallink_url_format": lambda: external(url="javascript:alert(1)"),
    "externallink_url_unique": lambda: [external() for _ in range(2)],
    "externallinkuse_position_unique": use_twice,
    "former_slug_format": lambda: former("A b", article=make_draft("c")),
    "former_slug_has_one_target": lambda: former("d"),
    "former_slug_of_article_unique": lambda: [
        former("d", article=article) for article in [make_draft("c")] * 2
    ],
    "former_slug_of_topic_unique": lambda: [
        former("d", topic=topic) for topic in [make_topic()] * 2
    ],
    "revision_number_unique": lambda: Revision.objects.bulk_create(
        [Revision(article=make_draft("c"), number=1, title="t", updated_on=DAY)]
    ),
    "revision_review_paired": lambda: bulk_revision(reviewed_on=DAY),
    "revision_reviewer_is_not_author": review_own_text,
    "revision_title_present": lambda: bulk_revision(title=""),
    "source_doi_format": lambda: make_source(doi="doi:10.1/x"),
    "source_key_format": lambda: make_source("Payne 2014"),
    "source_url_scheme": lambda: make_source(url="javascript:alert(1)"),
    "source_words_present": lambda: make_source(publisher=""),
    "source_year_range": lambda: make_source(year=3000),
    "topic_name_present": lambda: make_topic(""),
    "topic_slug_format": lambda: make_topic(slug="a--b"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name]()


def test_every_named_constraint_is_broken_above() -> None:
    models = (
        Article,
        Citation,
        Contributor,
        CrossLink,
        ExternalLink,
        ExternalLinkUse,
        FormerSlug,
        Revision,
        Source,
        Topic,
    )

    declared = {c.name for model in models for c in model._meta.constraints}

    assert declared | {"article_publishes_its_own_revision"} == set(BROKEN)
