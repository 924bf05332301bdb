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

from config.database_away import POOL, RETRY_AFTER_S

LIMIT_MS = 5_000
# Helpers take longer to start, some 5 ms, than most statements of a page take alone.
SETTINGS = {
    "statement_timeout": LIMIT_MS,
    "max_parallel_workers_per_gather": 0,
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",  # of prepared statements: one for good
}


def limit_queries() -> None:
    """Let connections that this process opens from now on be such as pages need."""
    options = connection.settings_dict["OPTIONS"]
    ours = [f"-c {name}={value}" for name, value in SETTINGS.items()]
    options["options"] = " ".join([options.get("options", ""), *ours]).strip()
    options["pool"] = options.get("pool", {}) | POOL


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
