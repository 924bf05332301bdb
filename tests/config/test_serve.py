"""``manage.py serve``: one process that starts everything and takes it all down again.

It runs on the test database, so that a clone's own content stays as it is.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from articles.models import Revision
from config.management.commands import serve
from tests.articles.factories import make_guide
from tests.config.terminal import default_signals
from tests.database_url import database_url
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 18  # less than the 20 that gunicorn would give requests under way


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80a", "", "٣"])
def test_a_port_that_is_none_is_a_sentence(text):
    with pytest.raises(CommandError, match="choose a number from 1 to 65535"):
        serve.port_number(text)


def test_a_taken_port_is_a_sentence(taken_port):
    with pytest.raises(CommandError, match=f"^Port {taken_port} is taken: stop what"):
        serve.listen_on(taken_port)


def test_a_port_of_root_is_a_sentence(monkeypatch):
    def refuse(self, address):
        raise PermissionError

    monkeypatch.setattr(socket.socket, "bind", refuse)

    with pytest.raises(CommandError, match=r"^Port 80 is kept for root"):
        serve.listen_on(80)


@pytest.mark.django_db
def test_the_first_login_is_made_once_and_its_password_kept(tmp_path):
    path = tmp_path / "editor-password"

    first = serve.editor_password(path)
    second = serve.editor_password(path)

    editor = get_user_model().objects.get(username="editor")
    assert first == second
    assert path.stat().st_mode & 0o777 == 0o600
    assert editor.check_password(first)
    assert editor.is_superuser


@pytest.mark.django_db
def test_a_password_that_a_person_changed_is_not_claimed(tmp_path):
    path = tmp_path / "editor-password"
    serve.editor_password(path)
    editor = get_user_model().objects.get(username="editor")
    editor.set_password("something of their own")
    editor.save()

    known = serve.editor_password(path)

    assert known is None
    assert "changepassword editor" in serve.welcome(8000, known)


def test_the_welcome_names_address_admin_and_login():
    text = serve.welcome(8123, "s3cret")

    assert "http://127.0.0.1:8123/\n" in text
    assert "http://127.0.0.1:8123/admin/\n" in text
    assert "editor  s3cret" in text


@pytest.mark.django_db
def test_demo_content_is_loaded_once_and_never_again(monkeypatch, settings):
    called = []
    monkeypatch.setattr(serve, "call_command", lambda name, **kw: called.append(name))
    monkeypatch.setattr(serve, "collect_when_changed", lambda: None)
    settings.EMBEDDED_POSTGRES = False

    serve.prepare()
    serve.Specialization.objects.create(
        slug="cancer", name="Cancer", plain_name="Cancer", what_they_do="Treat.",
        level="family",
    )  # fmt: skip
    serve.prepare()

    assert called == ["load_demo"]


@pytest.mark.django_db
def test_preparing_migrates_what_is_new_and_renders_what_is_old(monkeypatch):
    called = []
    monkeypatch.setattr(serve, "call_command", lambda name, **kw: called.append(name))
    monkeypatch.setattr(serve, "collect_when_changed", lambda: called.append("static"))
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *args: ["new"])
    guide = make_guide("a", "Some *words*.")
    Revision.objects.update(renderer_version=0, html="<p>Old.</p>")

    serve.prepare()

    assert called == ["migrate", "load_demo", "static"]
    assert "<em>words</em>" in guide.latest_revision().html


def test_the_second_look_at_a_kept_password_is_quick(monkeypatch, tmp_path, db):
    path = tmp_path / "editor-password"
    first = serve.editor_password(path)
    serve.editor_password(path)
    monkeypatch.setattr(get_user_model(), "check_password", None)  # not asked again

    assert serve.editor_password(path) == first


@pytest.fixture
def started(monkeypatch, settings):
    """Return what ``serve`` starts in the end, with all before it left out."""
    calls = []
    monkeypatch.delenv("RUN_MAIN", raising=False)
    monkeypatch.setattr(serve, "call_command", lambda *args: calls.append(args))
    monkeypatch.setattr(serve, "prepare", lambda: None)
    monkeypatch.setattr(serve, "editor_password", lambda path: "s3cret")
    monkeypatch.setattr(serve, "close_pools", lambda: None)
    return calls


@pytest.mark.django_db
def test_debug_serves_with_what_reloads(started, settings, capsys):
    settings.DEBUG = True

    port = free_port()
    call_command("serve", port=str(port))

    assert started == [("runserver", f"127.0.0.1:{port}")]
    assert "editor  s3cret" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_start_says_that_the_database_is_of_a_newer_clone(started, settings, capsys):
    settings.DEBUG = True
    MigrationRecorder(connection).record_applied("directory", "9999_of_tomorrow")

    call_command("serve", port=str(free_port()))

    told = capsys.readouterr().out
    assert "The database was migrated by a newer clone" in told
    assert told.index("newer clone") < told.index("editor  s3cret")


def test_a_reload_prepares_nothing_again(started, monkeypatch, capsys):
    monkeypatch.setenv("RUN_MAIN", "true")

    port = free_port()
    call_command("serve", port=str(port))

    assert started == [("runserver", f"127.0.0.1:{port}")]
    assert capsys.readouterr().out == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_whole_site_at_once(number):
    serve.Specialization.objects.create(
        slug="cancer", name="Cancer", plain_name="Cancer", what_they_do="Treat.",
        level="family",
    )  # fmt: skip
    port = free_port()
    with default_signals():
        site = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database_url()},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    wait_for_answer(port, site)
    half = socket.create_connection(("127.0.0.1", port))
    half.sendall(b"GET / HTTP/1.1\r\n")

    site.send_signal(number)
    said = site.communicate(timeout=PATIENCE_S)[0]

    half.close()
    assert "Ctrl-C stops the site" in said
    with pytest.raises(ProcessLookupError):
        os.killpg(site.pid, 0)


def wait_for_answer(port: int, site: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while True:
        assert site.poll() is None, "the site ended before it answered"
        assert time.monotonic() < deadline, "the site did not start"
        browser = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            browser.request("GET", "/healthz")
            browser.getresponse().read()
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
        finally:
            browser.close()
