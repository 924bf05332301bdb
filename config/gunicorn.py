"""gunicorn's settings: ``gunicorn --config config/gunicorn.py config.wsgi``.

Threads, because a reader on a slow line keeps one busy while half a request arrives:
with 64 a worker, a hundred such readers leave room for the others, and each waits no
longer than the timeout. A thread is cheap; connections to the database are not, and are
bounded by the pool in the settings. The proxy in front (deploy/) ends requests that
arrive too slowly.
"""

import gc
import os
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.environment import listening_address, log_level, process_count
from config.slow_queries import limit_queries

try:
    bind = listening_address("127.0.0.1:8000")
    workers = process_count(2)
    loglevel = log_level("warning")
except ImproperlyConfigured as error:  # gunicorn would print a traceback
    sys.exit(str(error))
worker_class = "config.gunicorn_worker.PatientWorker"
threads = 64
keepalive = 5  # seconds a reader may think before the next request opens anew
timeout = 30  # seconds without a sign of life before a worker is replaced
graceful_timeout = 20  # seconds for requests under way when the site stops

# gunicorn would let whoever it believes, and so every reader behind a proxy that hands
# their headers on, move the site below another path: past the proxy's rules for
# /admin/, and with one more prefix in memory for each.
forwarder_headers = ""

# Nothing about readers is kept.
accesslog = None
errorlog = "-"

# gunicorn would open a control socket in the home folder.
control_socket_disable = True


def on_starting(_server: Any) -> None:
    """Refuse to start half set, in a sentence instead of a worker's traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        is_production = settings.PRODUCTION  # reading one loads them
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    if is_production and not (settings.STATIC_ROOT / "staticfiles.json").exists():
        sys.exit(
            "The static files were not collected, and without them there is no page: "
            "run 'manage.py collectstatic --no-input' first."
        )


def post_worker_init(_worker: Any) -> None:
    """Let no page wait for the database for long, nor for Python's own tidying."""
    limit_queries()
    collect_rarely()


def collect_rarely() -> None:
    """Look for cycles of garbage after 50,000 new objects, not 2,000.

    A page makes many objects and few cycles; the more a long text has made already, the
    longer each look took, so that twice the text took up to 2.4 times as long. What was
    loaded at the start is never looked at again.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
