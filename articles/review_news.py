"""Mail to the editor who sent a review link: a reviewer commented, asked or signed.

Nothing waits for it: what happened is stored and stands on the guide's page, and a mail
that cannot be sent is logged.
"""

import datetime
import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string

from articles.models import ReviewInvitation, ReviewLinkEvent
from articles.models.article import desk_address
from articles.recipients import NOT_SENT, editors_in_chief, reachable

logger = logging.getLogger(__name__)

COMMENT_PAUSE = datetime.timedelta(hours=1)
Kind = ReviewLinkEvent.Kind
TOLD = (Kind.COMMENTED, Kind.CHANGES_ASKED, Kind.SIGNED_OFF)


def tell_editor(invitation: ReviewInvitation, *, origin: str) -> None:
    """Mail the last step with a link; comments at most once an hour.

    ``origin`` is like ``https://site.org``. Where the editor has left, the
    editor-in-chief gets the mail.
    """
    happened = invitation.events.filter(kind__in=TOLD).last()
    addresses = _addresses(invitation)
    if happened is None or not addresses or _is_told_already(happened):
        return
    desk = desk_address(invitation.revision.article_id)
    context = {
        "invitation": invitation,
        "happened": happened,
        "link": origin.rstrip("/") + desk,
    }
    body = render_to_string("articles/review/news.txt", context)
    title = " ".join(invitation.revision.title.split())
    subject = f"{happened.get_kind_display()}: {title}"
    try:
        send_mail(subject, body, None, addresses)
    except NOT_SENT:
        logger.exception("Mail to an editor was not sent.")


def _addresses(invitation: ReviewInvitation) -> list[str]:
    """Return whom to tell: who invited, else everybody who leads the editors."""
    editor = reachable("articles.record_review", pk=invitation.created_by_id)
    return sorted({each.email for each in editor or editors_in_chief()})


def _is_told_already(happened: ReviewLinkEvent) -> bool:
    """Whether it is a comment within the hour after one that went out by mail."""
    if happened.kind != Kind.COMMENTED:
        return False
    comments = ReviewLinkEvent.objects.filter(
        invitation=happened.invitation_id, kind=Kind.COMMENTED
    )
    told: list[ReviewLinkEvent] = []
    for comment in comments.order_by("at", "pk"):
        if not told or comment.at - told[-1].at >= COMMENT_PAUSE:
            told.append(comment)
    return happened not in told
