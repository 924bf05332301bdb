"""Django's admin with the dashboard as its first page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.admin.sites import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db import DataError, ProgrammingError
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from articles.dashboard import dashboard_of
from articles.login import LoginForm
from articles.not_taken import kept

# What the database, or Django on the way to it, says to a filter that cannot be: a
# year that no calendar has, a range with one end.
UNANSWERED = (DataError, ProgrammingError, ValueError, OverflowError, IndexError)


def refusing_junk[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Refuse what no page of ours sends, before the database or Django fails at it.

    The admin's filters hand what stands there to the database, which takes no NUL.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        words = [word for name, found in request.GET.lists() for word in (name, *found)]
        if any("\0" in word for word in words) or request.GET.get(TO_FIELD_VAR) == "":
            raise BadRequest("The address holds a NUL character or names no field.")
        if not all(
            row.isdecimal() for row in request.POST.getlist(ACTION_CHECKBOX_NAME)
        ):
            raise BadRequest("A row that an action is for has no number.")
        try:
            return view(request, *args, **values)
        except UNANSWERED as error:
            if not _is_junk_asked(request, error):
                raise
            raise BadRequest("The address asks what no list can answer.") from error

    return cast("View", guarded)


def _is_junk_asked(request: HttpRequest, error: Exception) -> bool:
    """Whether a list failed at its address: ``?slug__regex=[``, ``?at__year=0``."""
    has_lookup = any(LOOKUP_SEP in name for name in request.GET)
    is_refused = isinstance(error, DataError)
    return request.method != "POST" and (has_lookup or is_refused)


class DeskSite(AdminSite):
    """The admin of guides and directory."""

    site_header = "Second Voice"
    site_title = "Second Voice"
    index_title = "Guides and directory"
    login_form = LoginForm

    def admin_view[View: Callable[..., HttpResponseBase]](
        self, view: View, cacheable: bool = False
    ) -> View:
        """Let in who works here; what others sent is shown and kept for the login."""
        return kept(self, super().admin_view(refusing_junk(view), cacheable))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits for whoever is signed in, above the lists."""
        desk = dashboard_of(cast("User", request.user))
        return super().index(request, {"desk": desk, **(extra_context or {})})
