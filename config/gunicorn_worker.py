"""A threaded gunicorn worker that half-sent requests cannot occupy.

gunicorn's own takes connections while all its threads are busy, so that a hundred
readers who stall in the middle of a request can fill one worker and leave a normal
request waiting in its queue while the other worker is idle; and it waits for the rest
of a request for ever. It also says goodbye to a connection in its main loop, up to two
seconds each, during which the worker serves nobody.
"""

import logging
import socket
import struct
from concurrent.futures import Future
from typing import Any

from gunicorn.util import close_graceful
from gunicorn.workers.gthread import TConn, ThreadWorker

from config.log_filters import HideReviewLinks

STALL_LIMIT_S = 15  # without a single byte in or out; then the connection is closed


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Takes a connection only when a thread is free, and ends one that stalls."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.busy = 0

    def init_process(self) -> None:
        """Give accepted connections, which inherit from the listener, their limit."""
        limit = struct.pack("ll", STALL_LIMIT_S, 0)
        for listener in self.sockets:
            for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
                listener.sock.setsockopt(socket.SOL_SOCKET, option, limit)
        log = logging.getLogger("gunicorn.error")
        log.addFilter(_is_no_stall)
        log.addFilter(HideReviewLinks())  # gunicorn names the path of what it cannot do
        super().init_process()

    def set_accept_enabled(self, enabled: bool) -> None:
        """Leave new connections to the other worker while every thread is busy."""
        super().set_accept_enabled(enabled and self.busy < self.cfg.threads)

    def enqueue_req(self, conn: TConn) -> None:
        """Count a thread as busy."""
        self.busy += 1
        super().enqueue_req(conn)
        if self.busy >= self.cfg.threads:
            self.set_accept_enabled(False)

    def handle(self, conn: TConn) -> Any:
        """Serve a request, and close the connection here and not in the main loop."""
        keeps = super().handle(conn)
        if keeps is False:
            close_graceful(conn.sock)
            conn.close = _closed_already
        return keeps

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Count a thread as free; the main loop then accepts again."""
        self.busy -= 1
        super().finish_request(conn, fs)


def _closed_already(graceful: bool = False) -> None:
    """Stand in for the close of a connection that is closed."""


def _is_no_stall(record: logging.LogRecord) -> bool:
    """Keep a reader who stalled out of the log: that is no error of the site."""
    error = record.exc_info[1] if record.exc_info else None
    return not isinstance(error, BlockingIOError)
