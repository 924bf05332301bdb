"""Renaming, merging and deleting, so that no address and no link ever breaks."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.crosslinks import adopt
from articles.models import Article, FormerSlug, Publication, Topic
from articles.models.article import ArticleQuerySet
from articles.publishing import cancel_planned, end
from articles.withdrawing import catch_up, hand_on, refuse_circle
from directory.by_hand.deletion import StillLinkedError
from directory.permissions import require
from directory.slugs import check_free


@transaction.atomic
def rename_article(*, article: Article, slug: str, by: User | None) -> None:
    """Give a guide a new address; every address it was public at leads here for good.

    Raises ValidationError for a slug that is malformed or another guide's.
    """
    require(by, "articles.change_article")
    if slug == article.slug:
        return
    check_free(Article.objects.all(), slug)
    former = FormerSlug.objects.of_articles()
    if article.publications.begun().exists():
        former.filter(slug=slug).delete()
        former.update_or_create(slug=article.slug, defaults={"article": article})
    article.slug = slug
    article.save(update_fields=["slug"])
    adopt(article)


@transaction.atomic
def rename_topic(*, topic: Topic, slug: str, by: User | None) -> None:
    """Give a topic a new address; the old one leads here for good."""
    require(by, "articles.change_topic")
    if slug == topic.slug:
        return
    check_free(Topic.objects.all(), slug)
    FormerSlug.objects.of_topics().filter(slug__in=[slug, topic.slug]).delete()
    FormerSlug.objects.create(slug=topic.slug, topic=topic)
    topic.slug = slug
    topic.save(update_fields=["slug"])


@transaction.atomic
def merge_article(*, article: Article, into: Article, by: User | None) -> None:
    """Lead a guide's addresses and all links to it to another guide.

    Its texts stay as an unpublished draft under a new slug: no word is lost.
    """
    require(by, "articles.publish_article")
    if article.pk == into.pk or article.kind != into.kind:
        raise ValidationError("Choose another text of the same kind.")
    refuse_circle(article, into)
    old = article.slug
    _end_for(into, article, by)
    article.slug = _free_slug(f"{old}-merged")
    article.save(update_fields=["slug"])
    article.former_slugs.update(article=into)
    former = FormerSlug.objects.of_articles()
    former.update_or_create(slug=old, defaults={"article": into})
    article.incoming_links.lead_to(into)


def _end_for(into: Article, article: Article, by: User | None) -> None:
    """End what readers see of an article, with another one as its successor."""
    cancel_planned(article=article, by=by)
    current = article.publications.published().first()
    if current is not None:
        end(
            current,
            Publication.Ending.SUCCESSOR,
            at=timezone.now(),
            by=by,
            reason=f"Merged into {into.title}."[:300],
            successor=into,
        )
    hand_on(article, into)


def _free_slug(wanted: str) -> str:
    """Return ``wanted``, shortened and with a number where it is taken."""
    stem, slug, number = wanted[:70].strip("-"), wanted[:70].strip("-"), 1
    while Article.objects.filter(Q(slug=slug) | Q(former_slugs__slug=slug)).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def delete_article(
    *, article: Article, replacement: Article | None, by: User | None
) -> None:
    """Delete a guide with all its texts.

    Public guides that link to it are led to ``replacement``, to which its addresses
    lead too; without one they keep it from going: StillLinkedError.
    """
    require(by, "articles.delete_article")
    if replacement is not None:
        merge_article(article=article, into=replacement, by=by)
    linking = linking_articles(article)
    if linking:
        raise StillLinkedError(linking)
    catch_up(article)
    forget_successors(Article.objects.filter(pk=article.pk))
    article.delete()


def linking_articles(article: Article) -> list[Article]:
    """Return the other public texts that link to this one."""
    found = article.incoming_links.published_articles()
    return list(found.exclude(pk=article.pk))


def forget_successors(articles: ArticleQuerySet) -> None:
    """Let withdrawn texts that lead to these answer that they are gone instead."""
    Publication.objects.filter(successor__in=articles).update(
        ending=Publication.Ending.GONE, successor=None
    )
