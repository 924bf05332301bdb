"""Pages for a reviewer with a link and no account: ``/review/<token>/``.

The token is the proof of who asks. No cookie is read or set, so that no other site can
act with what a browser holds, and CSRF has nothing to steal; by ``no-referrer`` the
pages' own forms send ``Origin: null``, so that comparing it would tell nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.crosslinks import blocks_of
from articles.given_back import given_back_by
from articles.models import ReviewInvitation, ReviewLinkEvent
from articles.passages import passages_of
from articles.reading import reading_context
from articles.recipients import origin_for
from articles.review_forms import AskByLinkForm, CommentForm, SignByLinkForm
from articles.review_links import (
    ask_by_link,
    comment_by_link,
    find_invitation,
    is_code_alive,
    is_code_right,
    is_replaced,
    mark_opened,
    note,
    send_code,
    sign_by_link,
)
from articles.review_news import tell_editor
from articles.shown_links import links_of
from articles.signed_text import compared_with_signed

TYPED = ("name", "credential", "scope", "conflicts")  # what a new code must not empty
SIGNED = "You signed this text off."
CONFIRMED = "You confirmed the wording of this text."
View = Callable[[HttpRequest, str, ReviewInvitation], HttpResponse]


def by_link(view: View) -> Callable[..., HttpResponse]:
    """Let the holder of an open link in; keep the page from caches and engines."""

    @never_cache
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        invitation = find_invitation(token)
        if invitation is None:
            response = _refuse(request, None)
        elif invitation.state != ReviewInvitation.State.OPEN:
            note(invitation, ReviewLinkEvent.Kind.REFUSED, invitation.state.label)
            response = _refuse(request, invitation)
        else:
            response = view(request, token, invitation)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


def _refuse(request: HttpRequest, invitation: ReviewInvitation | None) -> HttpResponse:
    """Say why a link does not work: 404 for an altered one, 410 for one that did."""
    words = [value for value in map(str, request.POST.values()) if " " in value]
    context = {
        "invitation": invitation,
        "state": invitation and invitation.state,
        "words": words,
    }
    status = 410 if invitation else 404
    return render(request, "articles/review/refused.html", context, status=status)


@by_link
def read(
    request: HttpRequest, token: str, invitation: ReviewInvitation
) -> HttpResponse:
    """Show the text as readers would see it, dead links marked, and take comments."""
    if request.method == "GET":
        mark_opened(invitation)
    revision = invitation.revision
    links = links_of(revision)
    context = reading_context(
        revision, links, revision.cited_sources(), for_editor=True
    ) | {"sign_off": revision.widest_sign_off()}
    form = CommentForm(
        request.POST or None,
        passages=passages_of(context["body"]),
        initial={"passage": request.GET.get("passage", "0")},
    )
    if request.method == "POST" and form.is_valid():
        words, quote = form.cleaned_data["words"], form.quote()
        if _is_done(form, comment_by_link, invitation, words=words, quote=quote):
            tell_editor(invitation, origin=origin_for(request))
            return redirect(f"{reverse('articles:review', args=[token])}#review")
    comments = invitation.events.filter(kind=ReviewLinkEvent.Kind.COMMENTED)
    context |= _about(token, invitation) | {"form": form, "comments": comments}
    signed = context["comparison"].before
    context["given_back"] = given_back_by(invitation, signed)
    context["blocks"] = _numbered(context["body"])
    return render(request, "articles/review/read.html", context)


@by_link
def ask(request: HttpRequest, token: str, invitation: ReviewInvitation) -> HttpResponse:
    """Give the text back with what should change."""
    form = AskByLinkForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and _is_done(form, ask_by_link, invitation, words=form.cleaned_data["words"])
    ):
        tell_editor(invitation, origin=origin_for(request))
        return _thank(request, "Your wishes for changes were sent to the editors.")
    context = _about(token, invitation) | {"form": form}
    return render(request, "articles/review/ask.html", context)


@by_link
def sign(
    request: HttpRequest, token: str, invitation: ReviewInvitation
) -> HttpResponse:
    """Sign off: first a code by mail, then the form that asks for it."""
    about = _about(token, invitation)
    asks_for_code = "send_code" in request.POST
    form = SignByLinkForm(
        None if asks_for_code else request.POST or None,
        initial={name: request.POST[name] for name in TYPED if name in request.POST},
        invitation=invitation,
        comparison=about["comparison"],
    )
    faults: list[str] = []
    if asks_for_code:
        faults = _faults(send_code, invitation)
        if not faults and "conflicts" not in request.POST:
            return redirect("articles:review-sign", token)
    elif request.method == "POST" and form.is_valid() and _is_signed(form, invitation):
        tell_editor(invitation, origin=origin_for(request))
        is_wording = about["comparison"].is_wording_only
        return _thank(request, CONFIRMED if is_wording else SIGNED)
    invitation.refresh_from_db()
    is_alive = is_code_alive(invitation)
    context = about | {"form": form, "faults": faults, "is_code_alive": is_alive}
    return render(request, "articles/review/sign.html", context)


def _numbered(body: SafeString) -> list[tuple[int, SafeString]]:
    """Return each block with the number of its first passage; 0 where it has none."""
    numbered, next_one = [], 1
    for block in blocks_of(body):
        count = len(passages_of(block))
        numbered.append((next_one if count else 0, block))
        next_one += count
    return numbered


def _is_signed(form: SignByLinkForm, invitation: ReviewInvitation) -> bool:
    """Check the code, then sign; put into the form what keeps it from being done."""
    values = form.said()
    try:
        is_right = is_code_right(invitation=invitation, code=values["code"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if not is_right:
        form.add_error(
            "code", "This code is wrong or too old. You can ask for a new one."
        )
        return False
    return _is_done(form, sign_by_link, invitation, **values)


def _faults(
    act: Callable[..., Any], invitation: ReviewInvitation, **values: Any
) -> list[str]:
    """Do it and return what kept it from being done."""
    try:
        act(invitation=invitation, **values)
    except ValidationError as error:
        return error.messages
    return []


def _is_done(
    form: Form, act: Callable[..., Any], invitation: ReviewInvitation, **values: Any
) -> bool:
    """Do it, or put into the form why not."""
    for fault in (faults := _faults(act, invitation, **values)):
        form.add_error(None, fault)
    return not faults


def _about(token: str, invitation: ReviewInvitation) -> dict[str, Any]:
    """Return what every page of an open link shows."""
    sent = invitation.events.filter(kind=ReviewLinkEvent.Kind.SENT).first()
    return {
        "token": token,
        "invitation": invitation,
        "revision": invitation.revision,
        "is_replaced": is_replaced(invitation),
        "comparison": compared_with_signed(
            invitation.revision, since=invitation.created_at
        ),
        "reason": sent.words if sent else "",
        "shows_demo": invitation.revision.article.is_demo,
    }


def _thank(request: HttpRequest, done: str) -> HttpResponse:
    return render(request, "articles/review/thanks.html", {"done": done})
