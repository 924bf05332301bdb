"""Texts on their way: what this user does next, and what waits for a reviewer."""

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles.dashboard.section import Row, Section
from articles.models import Article, Publication, Revision
from articles.models.article import desk_address

State = Revision.State
WRITER = {
    State.CHANGES_ASKED: "Changes asked for",
    State.DRAFT: "Draft, not sent for review",
}


def mine_and_waiting(user: User) -> list[Section]:
    """Return the user's own next steps and all that waits for review: two queries."""
    texts = list(Revision.objects.unfinished().for_dashboard())
    steps = _leading_nowhere(user)
    steps += [row for text in texts if (row := _step(text, user))]
    steps.sort(key=lambda row: not row.is_urgent)
    waiting = [_waiting(each) for each in texts if each.state == State.IN_REVIEW]
    return [
        Section("mine", "Mine to do", "Nothing waits for you.", steps),
        Section("waiting", "Waiting for review", "No text waits for review.", waiting),
    ]


def _leading_nowhere(user: User) -> list[Row]:
    """Return planned withdrawals whose successor readers cannot open on their day."""
    if not user.has_perm("articles.publish_article"):
        return []
    plans = Publication.objects.published().leading_nowhere()
    found = plans.select_related("revision").order_by("public_until", "pk")
    return [
        Row(
            each.revision.title,
            desk_address(each.article_id),
            f"To be withdrawn on {timezone.localtime(each.public_until):%B %-d, %Y}, "
            "and readers cannot open its successor then",
            True,
        )
        for each in found.defer(*(f"revision__{f}" for f in Revision.LONG_FIELDS))
    ]


def _is_own(text: Revision, user: User) -> bool:
    author = text.author
    return user.pk in {text.created_by_id, author.user_id if author else None}


def _is_left_behind(text: Revision) -> bool:
    """Whether nobody who wrote it can log in any more."""
    author = text.author
    people = [text.created_by, author.user if author else None]
    return not any(person and person.is_active for person in people)


def _step(text: Revision, user: User) -> Row | None:
    """Return what this user does next with a text, if anything."""
    own, address = _is_own(text, user), desk_address(text.article_id)
    is_page = text.article.kind == Article.Kind.PAGE
    can_go_out = text.state == State.SIGNED_OFF or is_page
    if can_go_out and user.has_perm("articles.publish_article"):
        step = reverse("admin:articles_article_step", args=[text.article_id, "publish"])
        return Row(text.title, step, "Ready to publish")
    if text.state == State.IN_REVIEW:
        may = user.has_perm("articles.review_article") and not own
        return Row(text.title, address, "Review and sign off") if may else None
    if text.state not in WRITER or not user.has_perm("articles.change_article"):
        return None
    words, asked = WRITER[State(text.state)], text.state == State.CHANGES_ASKED
    if own:
        return Row(text.title, address, words, asked)
    if text.created_by_id is None and text.last_editor_id == user.pk:
        return Row(text.title, address, f"{words}; a file, above your text", asked)
    if _is_left_behind(text) and user.has_perm("articles.record_review"):
        return Row(text.title, address, f"{words}; its author has no login", asked)
    return None


def _waiting(text: Revision) -> Row:
    since = f"since {timezone.localdate(text.sent_at):%B %-d, %Y}"
    return Row(text.title, desk_address(text.article_id), since)
