"""Taking a text from readers, at once or at a moment, and taking plans back."""

import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Publication
from articles.publishing import cancel_planned, end
from directory.permissions import require

Ending = Publication.Ending


@transaction.atomic
def withdraw(
    *,
    article: Article,
    way: str,
    reason: str,
    by: User | None,
    successor: Article | None = None,
    at: datetime.datetime | None = None,
) -> None:
    """End what readers see and say what its address answers from then on.

    ``way`` is one of Publication.WITHDRAWN; only SUCCESSOR takes a successor. A later
    moment makes it a plan. For a text that is withdrawn already this changes the way
    and the reason. What was planned for it is cancelled. Raises ValidationError.
    """
    require(by, "articles.publish_article")
    now = timezone.now()
    _check(article, way, reason, successor)
    if at is not None and at < now:
        raise ValidationError("That moment has passed: choose a later one.")
    article = Article.objects.select_for_update().get(pk=article.pk)
    publication = article.publications.begun().first()
    if publication is None:
        raise ValidationError("Readers have never seen this text.")
    cancel_planned(article=article, by=by)
    for former in Article.objects.filter(publications__successor=article):
        catch_up(former)
    is_public = article.publications.published().exists()
    ends = (at or now) if is_public else (publication.public_until or now)
    if way == Ending.NOTICE and publication.sign_off_is_revoked:
        raise ValidationError("Its sign-off was revoked: nobody may read it any more.")
    end(publication, Ending(way), at=ends, by=by, reason=reason, successor=successor)
    if successor is not None and ends <= now:
        hand_on(article, successor)


def _check(article: Article, way: str, reason: str, successor: Article | None) -> None:
    if way not in Publication.WITHDRAWN:
        raise ValidationError("Choose what the address answers from then on.")
    if not reason.strip():
        raise ValidationError("Give the reason: readers are told.")
    if way != Ending.SUCCESSOR and successor is not None:
        raise ValidationError("A successor is named only where the address leads on.")
    if way == Ending.SUCCESSOR:
        others = article.other_public_texts()
        if successor is None or not others.filter(pk=successor.pk).exists():
            raise ValidationError("Name another public guide that takes its place.")
        refuse_circle(article, successor)


def refuse_circle(article: Article, successor: Article) -> None:
    """Refuse a successor that is itself planned to lead here: readers had neither."""
    if article.succeeds.published().filter(article=successor).exists():
        raise ValidationError(
            f"“{successor.title}” is itself planned to lead here. Cancel that first."
        )


def catch_up(article: Article) -> None:
    """Hand on what leads to an article whose planned end has come since."""
    last = article.publications.begun().first()
    if last and last.successor and last.has_ended(timezone.now()):
        hand_on(article, last.successor)


def hand_on(article: Article, successor: Article) -> None:
    """Lead whatever this article was the successor of to its own successor."""
    article.succeeds.exclude(article=successor).update(successor=successor)


@transaction.atomic
def cancel_plans(*, article: Article, by: User | None) -> None:
    """Take back a scheduled publication and a scheduled withdrawal.

    What readers see now stays.
    """
    require(by, "articles.publish_article")
    article = Article.objects.select_for_update().get(pk=article.pk)
    cancel_planned(article=article, by=by)
    current = article.publications.published().first()
    if current and current.public_until:
        end(current, Ending.OPEN, at=None, by=by)
