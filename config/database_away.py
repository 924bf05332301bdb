"""What readers get while the database is away, full or not migrated."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views import defaults

from config.machine_faults import OF_TABLES, tables_fault

RETRY_AFTER_S = 60
# A reader waits no longer than this for a connection. A server that was away is asked
# again at the next request: left alone, the pool asks after ever longer pauses, and
# the site stays away for minutes after its database is back.
POOL = {"timeout": 2, "reconnect_timeout": 1}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody foresaw, in a view, a middleware or a 404.

    Neither page asks the database: no context processor takes part.
    """
    error = sys.exception()
    if isinstance(error, OF_TABLES) and (fault := tables_fault()):
        logging.getLogger(__name__).error(fault)
    elif not isinstance(error, OperationalError | InterfaceError):
        return defaults.server_error(request)
    page = get_template("database_away.html").render()
    headers = {"Retry-After": str(RETRY_AFTER_S)}
    return HttpResponse(page, status=503, headers=headers)
