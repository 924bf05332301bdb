"""gunicorn inside ``manage.py serve``, so that one process owns all it started."""

import logging
import os
import socket
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import Application
from gunicorn.arbiter import Arbiter


class _Site(Application):  # type: ignore[misc]
    """The site on a socket that is open already."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        super().__init__()

    def load_config(self) -> None:
        """Take production's settings; only stop at once."""
        self.load_config_from_file(str(settings.BASE_DIR / "config" / "gunicorn.py"))
        self.cfg.set("bind", f"fd://{self.listener.fileno()}")
        self.cfg.set("graceful_timeout", 1)

    def load(self) -> Any:
        """Return the WSGI application."""
        return get_wsgi_application()


class _StoppingArbiter(Arbiter):  # type: ignore[misc]
    """INT, TERM and HUP all stop at once: a closed terminal is no wish to reload."""

    handle_term = handle_hup = Arbiter.handle_int

    def spawn_worker(self) -> Any:
        """Start a worker, and end it here: a fork must not unwind what is its master's.

        Nor wait for its threads, which a reader may keep busy.
        """
        try:
            return super().spawn_worker()
        except SystemExit as end:  # only a worker comes here
            os._exit(end.code if isinstance(end.code, int) else 1)

    def stop(self, graceful: bool = True) -> None:
        """Stop; a worker that only starts hears nothing and is killed, no error."""
        self.log.error_log.setLevel(logging.CRITICAL)
        super().stop(graceful)


def serve_with_gunicorn(listener: socket.socket) -> None:
    """Serve until a signal stops it; ends with SystemExit."""
    _StoppingArbiter(_Site(listener)).run()
