"""Mail about medical reviews that are due or come due, to whom it concerns.

A stage is told once to each recipient: the row of the sent-log is written with the
mail, or neither. Where a mail fails, the next run tells again what holds then.
"""

import datetime
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.template.defaultfilters import pluralize
from django.template.loader import render_to_string

from articles.models import Article, ReviewReminder
from articles.models.article import desk_address
from articles.recipients import NOT_SENT, editors_in_chief, reachable
from articles.review_dates import FIRST_NOTICE, stage_of

logger = logging.getLogger(__name__)

SAID = {
    ReviewReminder.Stage.OVERDUE: "overdue",
    ReviewReminder.Stage.DUE: "due",
    ReviewReminder.Stage.THIRTY_DAYS: "due within 30 days",
    ReviewReminder.Stage.SIXTY_DAYS: "due within 60 days",
}


class RemindersFailedError(Exception):
    """Some mail was not sent; the sentence says how much."""


@dataclass(frozen=True)
class Due:
    """A guide at a stage that its recipient has not been told of."""

    article: Article  # with_review_due(), with its current text
    stage: ReviewReminder.Stage
    stage_from: datetime.date

    @property
    def said(self) -> str:
        """How it stands, in words."""
        return SAID[self.stage]

    @property
    def address(self) -> str:
        """Where its next step is taken."""
        return f"{settings.SITE_ORIGIN}{desk_address(self.article.pk)}"

    def row(self, recipient: User) -> ReviewReminder:
        """Return the line of the sent-log."""
        return ReviewReminder(
            article=self.article,
            due_on=self.article.review_due_on,
            stage=self.stage,
            stage_from=self.stage_from,
            recipient=recipient,
        )


def remind(today: datetime.date) -> str:
    """Send each recipient one mail about what is new to them, and say what was done.

    Raises RemindersFailedError after all others were sent.
    """
    waiting, is_nobody_there = unsent(due_at_a_stage(today))
    failed = sum(not _send(to, dues) for to, dues in waiting.items())
    done = len(waiting) - failed
    sent = f"{done} mail{pluralize(done)} sent"
    faults = []
    if failed:
        faults.append(
            f"{failed} could not be sent and will be tried again: look at the mail "
            "server and at the addresses"
        )
    if is_nobody_there:
        faults.append(
            "there are guides without an owner and no editor-in-chief with an e-mail "
            "address: give one in Users"
        )
    if faults:
        raise RemindersFailedError(f"{', '.join([sent, *faults])}.")
    return sent


def due_at_a_stage(today: datetime.date) -> list[Due]:
    """Return the public guides whose review is due within 60 days or was: one query."""
    until = today + datetime.timedelta(days=FIRST_NOTICE)
    people = ("current__revision__author", "current__revision__created_by")
    guides = (
        Article.objects.due_for_review(until)
        .with_current()
        .select_related(*people)
        .without_text()
    )
    staged = [(guide, stage_of(guide.review_due_on, today)) for guide in guides]
    return [Due(guide, *stage) for guide, stage in staged if stage]


def unsent(dues: Iterable[Due]) -> tuple[dict[User, list[Due]], bool]:
    """Return what each recipient has not been told: four queries at most.

    And whether there is a guide that nobody at all can be told of.
    """
    dues = list(dues)
    if not dues:
        return {}, False
    writers = {user.pk: user for user in reachable("articles.change_article")}
    chiefs: list[User] | None = None
    told = set(
        ReviewReminder.objects.filter(
            article__in=[due.article.pk for due in dues]
        ).values_list("article", "due_on", "stage_from", "recipient")
    )
    waiting: dict[User, list[Due]] = defaultdict(list)
    for due in dues:
        owner = owner_of(due.article, writers)
        if owner is None and chiefs is None:
            chiefs = editors_in_chief()
        for recipient in [owner] if owner else chiefs or []:
            day = due.article.review_due_on
            if (due.article.pk, day, due.stage_from, recipient.pk) not in told:
                waiting[recipient].append(due)
    return waiting, chiefs == []


def owner_of(article: Article, writers: dict[int, User]) -> User | None:
    """Return who looks after a public guide, of those who can: one who has left cannot.

    That is its author, or else who stored the text that readers see.
    """
    current = article.current
    if current is None:
        return None
    author = current.revision.author
    keys = [author.user_id if author else None, current.revision.created_by_id]
    return next((writers[key] for key in keys if key in writers), None)


def _send(recipient: User, dues: Collection[Due]) -> bool:
    """Send one mail with its lines in the sent-log, or neither; say whether."""
    context = {"recipient": recipient, "dues": dues}
    body = render_to_string("articles/reviews_due.txt", context)
    number = len(dues)
    subject = f"Medical review: {number} guide{pluralize(number)} to look at"
    try:
        with transaction.atomic():
            ReviewReminder.objects.bulk_create(due.row(recipient) for due in dues)
            send_mail(subject, body, None, [recipient.email])
    except NOT_SENT:
        logger.exception("A reminder to user %s was not sent.", recipient.pk)
        return False
    return True
