"""What was sent to the admin and could not be taken is shown again, and can be sent.

The session may have ended while somebody typed, a login in another tab makes new
tokens, a right may be gone. The copy in the browser needs JavaScript; this needs none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import update_wrapper
from typing import cast

from django.contrib import admin
from django.contrib.admin.sites import AdminSite
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views import csrf
from django.views.decorators.debug import sensitive_post_parameters

from articles.login import LoginForm
from articles.together import LABELS
from directory.public_forms import is_from_this_site

LOGIN = "again"  # what the names of the login's fields begin with
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
WORDS = LABELS | {"source": "Text", "url": "URL", "doi": "DOI"}
LONGEST = 24  # lines of a text that are seen without scrolling
# What pages keep in a form for themselves: buttons, what they showed, which window.
OURS = frozenset({"action", "looked_at_digest", "over", "window"})
OUR_PREFIXES = ("_", "base_", "initial-")
LONG = 8  # letters of one word, as of a web address, that are not typed again gladly

# title and words of the page
LOGGED_OUT = (
    "You were logged out",
    (
        "Nothing was stored yet, and nothing is lost: what you typed is below. Copy "
        "it, or log in here, and it is sent as it stands. If somebody else changed the "
        "same guide meanwhile, you see both texts before anything is stored."
    ),
)
OLD_PAGE = (
    "Please send it once more",
    (
        "Nothing was stored yet: since you opened the page, you logged in anew. What "
        "you typed is below. Send it once more, or copy it."
    ),
)
FROM_ELSEWHERE = (
    "Please send it from our page",
    (
        "Nothing was stored: your browser did not say that this form stood on a page "
        "of ours. Copy what you typed, open the form again and send it from there."
    ),
)
NOT_ALLOWED = (
    "Your account may not do this",
    (
        "Nothing was stored. What you typed is below: copy it before you leave this "
        "page, and ask who manages the accounts."
    ),
)

GONE = (
    "What you wrote about is not here any more",
    (
        "Nothing was stored: somebody deleted it meanwhile. If you typed something, it "
        "is below: copy it before you leave this page."
    ),
)


@dataclass(frozen=True)
class Sent:
    """One value of a form that was not taken."""

    name: str
    value: str

    @property
    def is_ours(self) -> bool:
        """Whether the page kept it for itself."""
        return self.name in OURS or self.name.startswith(OUR_PREFIXES)

    @property
    def is_words(self) -> bool:
        """Whether a person typed it, and it would hurt to type it again."""
        return not self.is_ours and len(self.value.split()) > 1

    @property
    def is_shown(self) -> bool:
        """Whether it is worth to be copied, beside words."""
        return self.is_words or (not self.is_ours and len(self.value) >= LONG)

    @property
    def label(self) -> str:
        """How the form calls it, or nearly so."""
        return WORDS.get(self.name, self.name.replace("_", " ").capitalize())

    @property
    def rows(self) -> int:
        """How many lines to show."""
        lines = sum(1 + len(line) // 80 for line in self.value.splitlines())
        return min(LONGEST, lines + 1)


def sent_by(request: HttpRequest) -> QueryDict:
    """Return what a person sent with a form, without token and login.

    Empty for questions of a script, which keeps its text itself, and for forms with a
    password, which no page repeats.
    """
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    if request.method != "POST" or mode != "navigate":
        return QueryDict()
    sent = request.POST.copy()
    for name in (TOKEN, f"{LOGIN}-username", f"{LOGIN}-password"):
        sent.pop(name, None)
    is_secret = any("password" in name for name in sent)
    return QueryDict() if is_secret else sent


def has_words(sent: QueryDict) -> bool:
    """Whether a person typed some of it: nobody is kept for a button."""
    return any(value.is_words for value in _values(sent))


def _values(sent: QueryDict) -> list[Sent]:
    return [Sent(name, value) for name, all_ in sent.lists() for value in all_]


def kept[View: Callable[..., HttpResponseBase]](site: AdminSite, view: View) -> View:
    """Let no view of the admin lose what was typed: ask for the login on the spot.

    After it the view gets what was sent, as if the session had not ended, with its own
    checks of rights and versions.
    """

    @sensitive_post_parameters(f"{LOGIN}-password")
    def keeping(
        request: HttpRequest, *args: object, **values: object
    ) -> HttpResponseBase:
        sent = sent_by(request)
        has_typed = has_words(sent)
        if has_typed and not site.has_permission(request):
            form = _login_form(request)
            if not form.is_valid():
                return _page(request, sent, LOGGED_OUT, login=form)
            login(request, form.get_user())
            request.POST = sent  # type: ignore[assignment]
        try:
            return view(request, *args, **values)
        except PermissionDenied:
            if not has_typed:
                raise
            return _page(request, sent, NOT_ALLOWED)
        except Http404:
            if not sent:
                raise
            return _page(request, sent, GONE, status=404)

    return cast("View", update_wrapper(keeping, view))


def refuse_without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old; the admin shows what was typed.

    It offers to send it on only where the browser says that it came from our own page:
    otherwise another site could have its words sent by a person's own hand.
    """
    is_desk = request.path.startswith(reverse("admin:index"))
    sent = sent_by(request) if is_desk else QueryDict()
    if not has_words(sent):
        return csrf.csrf_failure(request, reason)
    if not is_from_this_site(request):
        return _page(request, sent, FROM_ELSEWHERE)
    if admin.site.has_permission(request):
        return _page(request, sent, OLD_PAGE, may_send=True)
    return _page(request, sent, LOGGED_OUT, login=LoginForm(prefix=LOGIN))


def _login_form(request: HttpRequest) -> LoginForm:
    is_tried = f"{LOGIN}-username" in request.POST
    data = request.POST if is_tried else None
    return LoginForm(request, data=data, prefix=LOGIN)


def _page(
    request: HttpRequest,
    sent: QueryDict,
    why: tuple[str, str],
    *,
    login: LoginForm | None = None,
    may_send: bool = False,
    status: int = 403,
) -> HttpResponse:
    title, words = why
    context = {
        **admin.site.each_context(request),
        "title": title,
        "why": words,
        "sent": _values(sent),
        "login": login,
        "may_send": may_send or login is not None,
    }
    response = render(request, "admin/not_taken.html", context, status=status)
    add_never_cache_headers(response)
    return response
