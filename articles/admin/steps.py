"""The steps of a text from draft to readers and back, each a page with one form."""

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin import link_steps, publishing_steps, review_steps
from articles.admin.step import NOT_NEXT, Step
from articles.given_back import given_back
from articles.models import Article, Revision
from articles.models.article import desk_address
from articles.publishing import NotPublishableError
from articles.reading import reading_context
from articles.recipients import origin_for
from articles.shown_links import links_of
from articles.signed_text import compared_with_signed
from articles.standing import Standing, standing_of
from directory.admin.signed_in import signed_in

# By the last part of their address, in the order of the buttons.
STEPS: dict[str, type[Step]] = {
    "send": review_steps.SendStep,
    "link": link_steps.InviteStep,
    "withdraw-link": link_steps.WithdrawLinkStep,
    "ask": review_steps.AskStep,
    "sign": review_steps.SignStep,
    "confirm": review_steps.ConfirmStep,
    "publish": publishing_steps.PublishStep,
    "withdraw": publishing_steps.WithdrawStep,
    "cancel": publishing_steps.CancelStep,
    "revoke": review_steps.RevokeStep,
}


class OfferedStep(NamedTuple):
    """A button, and how much it stands out: one is next, some take something back."""

    label: str
    address: str
    is_next: bool
    takes_back: bool


def offered_steps(standing: Standing, user: User) -> list[OfferedStep]:
    """Return each step that this user can take now; the furthest awaited is next."""
    offered = {n: step for n, step in STEPS.items() if step.is_offered(standing, user)}
    awaited = [name for name, step in offered.items() if step.is_next(standing)]
    address = "admin:articles_article_step"
    return [
        OfferedStep(
            step.label,
            reverse(address, args=[standing.article.pk, name]),
            is_next=name in awaited[-1:],
            takes_back=step.takes_back,
        )
        for name, step in offered.items()
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def step_view(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show a step and take it; what was typed stays where it is refused."""
    user = signed_in(request)
    if name not in STEPS:
        raise Http404
    step = STEPS[name]
    if not step.is_open_to(user):
        raise PermissionDenied
    articles = Article.objects.all()
    if request.method == "POST":
        articles = articles.select_for_update()  # of two clicks the second sees it done
    standing = standing_of(get_object_or_404(articles, pk=pk))
    form = step(
        request.POST or None, standing=standing, by=user, origin=origin_for(request)
    )
    if request.method == "POST" and form.is_valid():
        if _is_done(form, request):
            return redirect(desk_address(pk))
    elif request.method == "GET" and not step.is_offered(standing, user):
        messages.warning(request, f"“{step.label}” is not the next step here.")
        return redirect(desk_address(pk))
    context = {
        **admin.site.each_context(request),
        "title": step.label,
        "standing": standing,
        "article": standing.article,
        "form": form,
        "shown": form.shown() if step.names_text else None,
        "leading_here": form.leading_here(),
        "review_of_part": form.review_of_part(),
        **_compared(step, standing),
    }
    return render(request, "admin/articles/article/step.html", context)


def _is_done(form: Step, request: HttpRequest) -> bool:
    """Take the step, or put into the form why not."""
    text = form.shown()
    if text is None or not form.is_offered(form.standing, form.by):
        form.add_error(None, NOT_NEXT)
        return False
    try:
        done = form.act(text)
    except (ValidationError, NotPublishableError) as error:
        for message in error.messages:
            form.add_error(None, message)
        return False
    messages.success(request, done)
    return True


def _compared(step: type[Step], standing: Standing) -> dict[str, Any]:
    """Return what a reviewer compares: the texts signed and given back before."""
    latest = standing.latest
    if not step.compares or latest is None:
        return {"before": None, "lines": [], "sent": None, "given_back": None}
    signed = compared_with_signed(latest)
    return {**vars(signed), "given_back": given_back(latest, signed.before)}


@never_cache
@require_safe
@permission_required("articles.view_article", raise_exception=True)
def read_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a stored text as readers would see it, dead links marked."""
    texts = Revision.objects.select_related("article", "author")
    revision = get_object_or_404(texts, article=pk, number=number)
    links = links_of(revision)
    context = reading_context(
        revision, links, revision.cited_sources(), for_editor=True
    ) | {"sign_off": revision.widest_sign_off()}
    return render(request, "articles/article.html", context)
