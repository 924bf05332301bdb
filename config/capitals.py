"""Addresses typed with capitals: a phone makes the first letter large."""

import re

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.urls import resolve
from django.utils.encoding import escape_uri_path
from django.views import defaults

# The one part of our addresses that has capitals: the number of a hospital.
HOSPITAL = re.compile(r"^(/(?:report/)?hospital/)([0-9a-z]{6})(?=/|$)")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Lead to the same address in small letters where a page is there; else 404."""
    path = request.path_info
    small = HOSPITAL.sub(lambda found: found[1] + found[2].upper(), path.lower())
    if small != path and request.method in ("GET", "HEAD"):
        is_file = "." in small.rpartition("/")[2]
        wanted = small if is_file or small.endswith("/") else f"{small}/"
        if _is_there(request, wanted):
            query = request.META.get("QUERY_STRING", "")
            address = escape_uri_path(wanted) + (f"?{query}" if query else "")
            return HttpResponsePermanentRedirect(address)
    return defaults.page_not_found(request, exception)


def _is_there(request: HttpRequest, path: str) -> bool:
    """Return whether a page answers: only a path of ours resolves, never a host."""
    try:
        view, args, kwargs = resolve(path)
        response: HttpResponse = view(request, *args, **kwargs)
    except Http404:
        return False
    except (PermissionDenied, SuspiciousOperation, BadRequest):
        return True  # the page itself will say so
    return response.status_code != 404
