"""Pages of one release, though they ask several times while an import swaps tables.

Every release brings a new listing, so the number of that table names the release that
readers have. A page that began before a swap and ended behind it is made once more:
one cheap query a page, and no lock that an import would wait for.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse

from directory.sql import fetch_row


class Seen:
    """What this process last saw; it was so at some moment before any page to come."""

    mark: int | None = None


def current_mark() -> int:
    """Return the number of the table that readers have now."""
    (mark,) = fetch_row("SELECT 'directory_listing'::regclass::oid::bigint")
    return int(mark)


def of_one_release[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let everything that a view reads be of the same release."""

    @wraps(view)
    def reading(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        before = current_mark() if Seen.mark is None else Seen.mark
        while True:
            try:
                response = view(request, *args, **kwargs)
            except Http404:  # a number of one release and a list of the next
                if (now := current_mark()) == before:
                    raise
            else:
                if (now := current_mark()) == before:
                    Seen.mark = now
                    return response
            before = now

    return reading
