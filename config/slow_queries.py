"""No page asks the database for long: what takes too long ends, and the page says so.

The limit holds for connections of the processes that serve pages. Imports and other
commands have none, and an action of the admin that works on many rows lifts it for its
own transaction (directory/imports/staging.py).
"""

from collections.abc import Callable

from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import QueryCanceled

LIMIT_MS = 5_000
RETRY_AFTER_S = 60


def limit_queries() -> None:
    """Let connections that this process opens from now on give up a slow statement."""
    options = connection.settings_dict["OPTIONS"]
    present = options.get("options", "")
    options["options"] = f"{present} -c statement_timeout={LIMIT_MS}".strip()


class SlowQueryMiddleware:
    """Answers 503 with the ways on where a statement took too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer for a statement that was ended; leave other errors alone."""
        is_slow = isinstance(exception, OperationalError) and isinstance(
            exception.__cause__, QueryCanceled
        )
        if not is_slow:
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = str(RETRY_AFTER_S)
        return response
