"""Django's admin with the dashboard as its first page."""

from typing import Any, cast

from django.contrib.admin.sites import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.template.response import TemplateResponse

from articles.dashboard import dashboard_of


class DeskSite(AdminSite):
    """The admin of guides and directory."""

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits for whoever is signed in, above the lists."""
        desk = dashboard_of(cast("User", request.user))
        return super().index(request, {"desk": desk, **(extra_context or {})})
