"""The draft that a form keeps while somebody types, before it is a revision."""

import re
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from articles.models import Article, Autosave, Revision
from articles.together import LABELS, SETS, article_values, as_stored, text_values
from directory.permissions import require

WINDOW = re.compile(r"[0-9a-f]{16}")
# What tells whether two texts are the same: the rest changes by itself.
COMPARED = (*LABELS, "source")
KEPT_FIELDS = (*COMPARED, "kind", "updated_on", "note", "base_number", "base_article")


class OtherWindowError(Exception):
    """Another window of the same editor keeps its text in the one draft row."""


def keep(
    *,
    article: Article | None,
    sent: QueryDict,
    window: str,
    turn: int,
    over: str = "",
    by: User,
) -> Autosave:
    """Keep what is typed, in place of what this window kept before.

    ``over`` names the window whose text this one has taken over. Raises
    OtherWindowError for a row of any other, PermissionDenied.
    """
    require(by, _permission(article))
    values = {
        name: [value.replace("\0", "") for value in sent.getlist(name)]
        for name in KEPT_FIELDS  # the database takes no NUL
        if name in sent
    }
    made = {"fields": values, "window": window, "turn": turn}
    with transaction.atomic():
        row, is_new = Autosave.objects.select_for_update().get_or_create(
            editor=by, article=article, defaults=made
        )
        if is_new:
            return row
        if row.window not in {window, over}:
            raise OtherWindowError
        if row.window == window and row.turn >= turn:
            return row  # an older write that came late
        for name, value in (made | {"kept_at": timezone.now()}).items():
            setattr(row, name, value)
        row.save()
    return row


def discard(*, article: Article | None, windows: Collection[str], by: User) -> None:
    """Delete what windows kept: it was stored for real, or nobody wants it."""
    require(by, _permission(article))
    kept = Autosave.objects.filter(editor=by, article=article)
    ours = [window for window in windows if WINDOW.fullmatch(window)]
    kept.filter(window__in=ours).delete()


def kept_for(editor: User, article: Article | None) -> Autosave | None:
    """Return what an editor typed and did not store, if there is anything."""
    return Autosave.objects.filter(editor=editor, article=article).first()


def is_news(row: Autosave, article: Article | None, latest: Revision | None) -> bool:
    """Whether a draft says anything that is not stored already."""
    if article is None or latest is None:
        return any(any(row.fields.get(name, [])) for name in ("title", "source"))
    stored = text_values(latest) | article_values(article)
    stored["source"] = [latest.source]
    return any(
        _plain(name, row.fields[name]) != _plain(name, stored[name])
        for name in stored
        if name in row.fields
    )


def initial_from(row: Autosave) -> dict[str, object]:
    """Return what a form starts from that goes on with a draft."""
    return {
        name: _numbers(value) if name in SETS else "".join(value[:1])
        for name, value in row.fields.items()
    }


def _permission(article: Article | None) -> str:
    return "articles.change_article" if article else "articles.add_article"


def _plain(name: str, value: list[str]) -> list[str]:
    plain = [as_stored(each) for each in value]
    return sorted(plain) if name in SETS else plain


def _numbers(value: list[str]) -> list[str]:
    return [each for each in value if each.isascii() and each.isdigit()]
