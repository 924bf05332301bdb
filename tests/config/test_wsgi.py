"""What gunicorn is given to serve."""

import logging
from types import SimpleNamespace

from django.core.servers.basehttp import get_internal_wsgi_application
from gunicorn.arbiter import Arbiter

from config.development_server import _StoppingArbiter
from config.wsgi import application


def test_gunicorn_and_the_development_server_serve_the_same():
    assert get_internal_wsgi_application() is application


def test_ctrl_c_while_a_worker_starts_names_no_error(monkeypatch, caplog):
    log = logging.getLogger("a development server")
    told = "Worker (pid:7) was sent SIGKILL! Perhaps out of memory?"
    arbiter = object.__new__(_StoppingArbiter)
    arbiter.log = SimpleNamespace(error_log=log)
    monkeypatch.setattr(Arbiter, "stop", lambda *_: log.error(told))

    arbiter.stop()

    assert caplog.messages == []
    log.setLevel(logging.NOTSET)
    log.error(told)
    assert caplog.messages == [told]
