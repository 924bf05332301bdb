"""What readers tell us of a guide: kept, and dealt with by an editor."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core import signing
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from articles.models import Article, HelpfulAnswer, MistakeReport
from directory.permissions import require
from directory.public_forms import AGAIN_WITHIN, one_at_a_time

SALT = "articles.feedback"
REASON_WITHIN_S = 3600
# An answer has no words to know it by: a longer time would take two readers for one.
CLICKED_AGAIN_WITHIN = datetime.timedelta(seconds=10)


def reason_token(answer: HelpfulAnswer) -> str:
    """Return what lets the reader who gave an answer say why, for an hour."""
    return signing.TimestampSigner(sep=".", salt=SALT).sign(str(answer.pk))


def answer_of(token: str) -> HelpfulAnswer | None:
    """Return the answer that still waits for its reason; None for any other token."""
    signer = signing.TimestampSigner(sep=".", salt=SALT)
    try:
        pk = signer.unsign(token, max_age=REASON_WITHIN_S)
    except signing.BadSignature:
        return None
    return HelpfulAnswer.objects.filter(pk=pk, reason="").first()


@transaction.atomic
def give_answer(*, article: Article, is_helpful: bool) -> HelpfulAnswer:
    """Keep whether a guide helped, once for two clicks."""
    one_at_a_time("helpful", article.pk)
    given = just_given(article=article, is_helpful=is_helpful)
    return given or article.helpful_answers.create(is_helpful=is_helpful)


def just_given(*, article: Article, is_helpful: bool) -> HelpfulAnswer | None:
    """Return the equal answer that came in a moment ago and waits for its reason."""
    since = timezone.now() - CLICKED_AGAIN_WITHIN
    given = article.helpful_answers.filter(is_helpful=is_helpful, reason="")
    return given.filter(at__gte=since).first()


@transaction.atomic
def report_mistake(*, article: Article, words: str) -> MistakeReport:
    """Keep what a reader found wrong in a guide, once for two clicks."""
    one_at_a_time("mistake", article.pk)
    said = just_said(article=article, words=words)
    return said or MistakeReport.objects.create(article=article, words=words)


def just_said(*, article: Article, words: str) -> MistakeReport | None:
    """Return the equal report that came in a moment ago."""
    since = timezone.now() - AGAIN_WITHIN
    return article.mistake_reports.filter(words=words, at__gte=since).first()


def deal_with(
    *,
    feedback: Collection[HelpfulAnswer | MistakeReport],
    is_done: bool,
    by: User,
) -> None:
    """Mark what readers said as dealt with, or as new again."""
    for each in feedback:
        require(by, f"articles.change_{each._meta.model_name}")
        each.dealt_with_at = timezone.now() if is_done else None
        each.dealt_with_by = by if is_done else None
        each.save(update_fields=["dealt_with_at", "dealt_with_by"])


@dataclass(frozen=True)
class Heard:
    """What readers said of one guide."""

    yes: int
    no: int
    mistakes: int  # reports that no editor has dealt with


def heard_of(article: Article) -> Heard:
    """Count what readers said of a guide: two queries."""
    answers = article.helpful_answers.aggregate(
        yes=Count("pk", filter=Q(is_helpful=True)),
        no=Count("pk", filter=Q(is_helpful=False)),
    )
    mistakes = article.mistake_reports.waiting().count()
    return Heard(answers["yes"], answers["no"], mistakes)
