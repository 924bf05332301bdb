"""An older text becomes the newest again, as a revision of its own."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Revision
from articles.publishing import Draft, save_revision
from directory.permissions import require


@transaction.atomic
def restore(*, revision: Revision, by: User | None) -> Revision:
    """Store an older text once more, as the newest; nothing is overwritten.

    Its sign-off is not carried over: the new revision needs its own. Raises
    ValidationError where the newest text says the same, PermissionDenied.
    """
    require(by, "articles.change_article")
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    sources = revision.cited_sources()
    newest = article.latest_revision()
    if newest and newest.digest == revision.digest and _is_alike(newest, revision):
        raise ValidationError(
            f"Revision {newest.number} is the newest and says the same: there is "
            "nothing to restore."
        )
    draft = Draft(
        title=revision.title,
        description=revision.description,
        source=revision.source,
        author=revision.author,
        updated_on=timezone.localdate(),
        sources=sources,
        note=f"Restored from revision {revision.number}",
    )
    return save_revision(article=article, draft=draft, by=by)


def _is_alike(newest: Revision, other: Revision) -> bool:
    """Whether author and sources are the same."""
    return (
        newest.author_id == other.author_id
        and newest.cited_sources() == other.cited_sources()
    )
