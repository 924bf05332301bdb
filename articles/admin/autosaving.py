"""What the form's draft asks of the server: keep, compare, discard."""

import secrets
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.admin.comparing import show_typed, texts_of
from articles.autosaving import (
    COMPARED,
    KEPT_FIELDS,
    WINDOW,
    OtherWindowError,
    discard,
    is_news,
    keep,
    kept_for,
)
from articles.models import Article, Revision
from articles.models.article import desk_address
from articles.together import NUMBER
from directory.admin.signed_in import signed_in

ADD = "admin:articles_article_add"
OTHER_WINDOW = (
    "Another window of yours has this guide open, and its text is kept on the server. "
    "What you type here is kept in this browser."
)


@never_cache
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the form's fields and answer ``{"at": "14:02", "turn": 7}``, or why not.

    A turn above the one that was sent means that a later one is kept already.
    """
    window, turn = request.POST.get("window", ""), request.POST.get("turn", "")
    if not (WINDOW.fullmatch(window) and NUMBER.fullmatch(turn)):
        return JsonResponse({"error": "This came from no form of ours."}, status=400)
    try:
        row = keep(
            article=_article(request.POST),
            sent=request.POST,
            window=window,
            turn=int(turn),
            over=request.POST.get("over", ""),
            by=signed_in(request),
        )
    except OtherWindowError:
        return JsonResponse({"error": OTHER_WINDOW}, status=409)
    at = f"{timezone.localtime(row.kept_at):%H:%M}"
    return JsonResponse({"at": at, "turn": row.turn})


@never_cache
@require_POST
def discard_view(request: HttpRequest) -> HttpResponse:
    """Delete a draft, and go back to the form."""
    article = _article(request.GET)
    window = request.GET.get("window", "")
    discard(article=article, windows=[window], by=signed_in(request))
    return redirect(desk_address(article.pk) if article else ADD)


@never_cache
@require_safe
@permission_required("articles.change_article", raise_exception=True)
def compare_kept_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare one's own draft with the newest stored text."""
    article = get_object_or_404(Article, pk=pk)
    row = kept_for(signed_in(request), article)
    stored = texts_of(article).order_by("-number").first()
    if row is None or stored is None:
        return redirect(desk_address(pk))
    sent = QueryDict(mutable=True)
    for name, value in row.fields.items():
        sent.setlist(name, value)
    return show_typed(request, stored, sent)


def draft_context(
    request: HttpRequest, article: Article | None, latest: Revision | None
) -> dict[str, Any]:
    """Return what the form says of drafts: its window, and an older one's text."""
    sent = request.POST.get("window", "")
    window = sent if WINDOW.fullmatch(sent) else secrets.token_hex(8)
    row = kept_for(signed_in(request), article)
    is_used = row is not None and request.method == "GET" and "draft" in request.GET
    known = {window, request.POST.get("over", "")}
    is_own = row is not None and (is_used or row.window in known)
    is_offered = row is not None and not is_own and is_news(row, article, latest)
    return {
        "window": window,
        "draft": row if is_offered else None,
        # what is used, or says nothing new, this window may take over
        "over": row.window if row and not is_offered else "",
        "keep_url": reverse("admin:articles_article_autosave"),
        "kept_fields": KEPT_FIELDS,
        "compared_fields": COMPARED,
    }


def _article(query: QueryDict) -> Article | None:
    """Return the guide that a form is of; None for one that is not created yet."""
    number = query.get("article", "")
    if not number:
        return None
    return get_object_or_404(Article, pk=number if NUMBER.fullmatch(number) else None)
