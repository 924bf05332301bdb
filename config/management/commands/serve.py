"""``manage.py serve``: everything between a fresh clone and a site that answers."""

import fcntl
import hashlib
import os
import secrets
import socket
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.rerendering import rerender_outdated
from config.apps import close_pools
from config.development_server import serve_with_gunicorn
from config.kept_secret import kept_secret
from config.machine_faults import connection_fault, is_migrated, tables_fault
from config.static_files import collect_when_changed
from directory.models import Specialization

EDITOR = "editor"


class Command(BaseCommand):
    """Prepare the database, the demo content and the static files, then serve."""

    help = "Prepare what is missing and serve the site on this machine."
    requires_system_checks = []  # they ask the database, so they wait in handle()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the port."""
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve until Ctrl-C."""
        if settings.PRODUCTION:
            raise CommandError(
                "serve is for development: in production run gunicorn --config "
                "config/gunicorn.py config.wsgi (deploy/ has examples)."
            )
        port = port_number(options["port"])
        if os.environ.get("RUN_MAIN") == "true":  # the autoreloader started us anew
            call_command("runserver", f"127.0.0.1:{port}")
            return
        if not settings.EMBEDDED_POSTGRES and (fault := connection_fault()):
            raise CommandError(fault)
        self.check(databases=[connection.alias])
        listener = listen_on(port)
        self.stdout.write("Preparing the database, the content and the static files.")
        self.stdout.flush()
        with _one_at_a_time(settings.VAR_DIR / "prepare.lock"):
            prepare()
            password = editor_password(settings.VAR_DIR / "editor-password")
        if fault := tables_fault():
            self.stdout.write(fault)
        self.stdout.write(welcome(port, password))
        self.stdout.flush()
        close_pools()  # their threads would not survive gunicorn's fork
        if settings.DEBUG:
            listener.close()
            call_command("runserver", f"127.0.0.1:{port}")
        else:
            serve_with_gunicorn(listener)


def port_number(text: str) -> int:
    """Return the port that was asked for."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise CommandError(f"PORT is {text!r}: choose a number from 1 to 65535.")
    return int(text)


def listen_on(port: int) -> socket.socket:
    """Reserve the port before the work begins; it answers when gunicorn listens."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(2048)
    except PermissionError as error:
        listener.close()
        raise CommandError(
            f"Port {port} is kept for root: choose another one, as in "
            "'PORT=8123 make run'."
        ) from error
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Port {port} is taken: stop what uses it, or choose another one, as in "
            "'PORT=8123 make run'."
        ) from error
    return listener


def prepare() -> None:
    """Bring database, demo content and static files up to date; quick when they are."""
    if not is_migrated():
        call_command("migrate", verbosity=0)
    if not Specialization.objects.exists():  # once: what was removed stays away
        call_command("load_demo")
    for _ in rerender_outdated():
        pass
    collect_when_changed()


def editor_password(path: Path) -> str | None:
    """Return the password of the first start's login; None if a person changed it.

    Makes the user ``editor`` when there is none. It may do everything: the first start
    needs somebody who makes the other users.
    """
    password = kept_secret(path, lambda: secrets.token_urlsafe(9))
    users = get_user_model().objects
    editor = users.filter(username=EDITOR).first()
    if editor is None:
        users.create_superuser(username=EDITOR, email=None, password=password)
        return password
    # Comparing takes a third of a second by design: once for each stored hash will do.
    checked = path.with_suffix(".checked")
    mark = hashlib.sha256(editor.password.encode()).hexdigest()
    if not checked.exists() or checked.read_text() != mark:
        if not editor.check_password(password):
            return None
        checked.write_text(mark)
    return password


def welcome(port: int, password: str | None) -> str:
    """Return what a newcomer needs to go on."""
    site = f"http://127.0.0.1:{port}/"
    known = password or "(changed; manage.py changepassword editor sets a new one)"
    return (
        f"\n  Second Voice   {site}\n  Admin          {site}admin/\n"
        f"  Login          {EDITOR}  {known}   (may do everything)\n\n"
        "  Ctrl-C stops the site and its database.\n"
    )


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Let a second start wait until the first has prepared the database."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
