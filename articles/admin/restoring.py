"""Asks before an older text becomes the newest again."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.admin.comparing import texts_of
from articles.models import Article
from articles.models.article import desk_address
from articles.restoring import restore
from articles.standing import standing_of
from directory.admin.signed_in import signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("articles.change_article", raise_exception=True)
def restore_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Say what restoring does, and do it."""
    article = get_object_or_404(Article, pk=pk)
    revision = get_object_or_404(texts_of(article), number=number)
    if request.method == "POST":
        try:
            made = restore(revision=revision, by=signed_in(request))
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(
                request,
                f"Revision {number} is restored: it is revision {made.number} now. "
                "Readers see what they saw before.",
            )
        return redirect(desk_address(pk))
    context = {
        **admin.site.each_context(request),
        "title": f"Restore revision {number}",
        "article": article,
        "revision": revision,
        "standing": standing_of(article),
    }
    return render(request, "admin/articles/article/restore.html", context)
