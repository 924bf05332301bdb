"""Django's admin with the dashboard as its first page."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib.admin.sites import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse

from articles.dashboard import dashboard_of
from articles.not_taken import kept


class DeskSite(AdminSite):
    """The admin of guides and directory."""

    site_header = "Second Voice"
    site_title = "Second Voice"
    index_title = "Guides and directory"

    def admin_view[View: Callable[..., HttpResponseBase]](
        self, view: View, cacheable: bool = False
    ) -> View:
        """Let in who works here; what others sent is shown and kept for the login."""
        return kept(self, super().admin_view(view, cacheable))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits for whoever is signed in, above the lists."""
        desk = dashboard_of(cast("User", request.user))
        return super().index(request, {"desk": desk, **(extra_context or {})})
