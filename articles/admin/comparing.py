"""Two texts of a guide side by side: as they are written, and as readers see them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.comparing import Side, differing_parts, stored_side
from articles.markdown import SourceTooLong
from articles.models import Article, Revision
from articles.models.article import desk_address
from articles.models.revision import RevisionQuerySet
from articles.preview import typed_side
from articles.together import NUMBER
from directory.admin.signed_in import signed_in


@never_cache
@require_safe
@permission_required("articles.view_article", raise_exception=True)
def compare_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare the revisions ``?older=`` and ``?newer=``, the older one on the left."""
    article = get_object_or_404(Article, pk=pk)
    chosen = [_number(request.GET, name) for name in ("older", "newer")]
    if None in chosen:
        messages.warning(request, "Choose two revisions to compare.")
        return redirect(desk_address(pk))
    numbers = sorted(number for number in chosen if number is not None)
    older, newer = (
        get_object_or_404(texts_of(article), number=number) for number in numbers
    )
    return show(request, article, stored_side(older), stored_side(newer))


@never_cache
@require_POST
@permission_required("articles.change_article", raise_exception=True)
def compare_typed_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Compare what stands in the form with a stored text: ``?with=live`` or newest."""
    article = get_object_or_404(Article, pk=pk)
    texts = texts_of(article)
    if request.GET.get("with") == "live":
        texts = texts.published()
    stored = texts.order_by("-number").first()
    if stored is None:
        messages.warning(request, "There is nothing to compare with yet.")
        return redirect(desk_address(pk))
    return show_typed(request, stored, request.POST)


def texts_of(article: Article) -> RevisionQuerySet:
    """Return an article's texts with all that a side says of them."""
    related = ("article", "author", "created_by")
    return article.revisions.with_state().select_related(*related)


def show_typed(request: HttpRequest, stored: Revision, sent: QueryDict) -> HttpResponse:
    """Answer with what was typed beside a stored text of ``texts_of()``."""
    try:
        typed = typed_side(sent, stored.article, signed_in(request))
    except SourceTooLong as error:
        return HttpResponse(str(error), status=413, content_type="text/plain")
    return show(request, stored.article, stored_side(stored), typed)


def show(
    request: HttpRequest, article: Article, older: Side, newer: Side
) -> HttpResponse:
    """Answer with the page of a comparison."""
    live = Revision.objects.published().filter(article=article).first()
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": f"{older.heading} compared with {newer.heading.lower()}",
        "article": article,
        "live": live,
        "parts": differing_parts(older, newer),
        "sides": [
            (name, side, as_read(side))
            for name, side in (("Older", older), ("Newer", newer))
        ],
    }
    return render(request, "admin/articles/article/compare.html", context)


def as_read(side: Side) -> str:
    """Return the page of a text for a frame: without the site around it."""
    return render_to_string("admin/articles/article/rendered.html", side.page)


def _number(query: QueryDict, name: str) -> int | None:
    """Return a parameter that can be a revision's number."""
    value = query.get(name, "")
    return int(value) if NUMBER.fullmatch(value) else None
