"""The settings: development needs nothing, production refuses to start half set."""

import logging
import os
import re
import subprocess
import sys
import traceback
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import connection

from config.environment import (
    allowed_hosts,
    database_from_url,
    development_secret,
    listening_address,
    log_level,
    process_count,
    security_contact,
    sender,
    site_origin,
)
from tests.database_url import database_url

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "k3-" + "Zx9qLw7p" * 8,
    "ALLOWED_HOSTS": "second-voice.example, www.second-voice.example",
    "DATABASE_URL": "postgresql://voice:secret@db.example:5433/voice?sslmode=require",
}

# What a measured process hands down to those it starts.
KEPT = ("PATH", "COVERAGE_PROCESS_CONFIG")


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the clone in nothing but this environment."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT if name in os.environ}
        | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, " "], ids=["missing", "blank"])
def test_production_names_what_is_missing(name, value):
    environment = {key: text for key, text in PRODUCTION.items() if key != name}
    if value is not None:
        environment[name] = value

    result = run("manage.py", "check", **environment)

    assert result.returncode == 1
    assert result.stderr.startswith(f"{name} is not set: set it to ")
    assert result.stderr.count("\n") == 1


def test_gunicorn_says_the_same_sentence():
    environment = {key: PRODUCTION[key] for key in ("ENVIRONMENT", "ALLOWED_HOSTS")}

    result = run(
        "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi", **environment
    )

    assert result.returncode != 0
    assert result.stderr.splitlines()[-1].startswith("SECRET_KEY is not set: set it")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BIND", "8000", "set it to an address and a port, as in 127.0.0.1:8000,"),
        ("WEB_CONCURRENCY", "0", "set it to how many processes serve the site,"),
        ("LOG_LEVEL", "warn", "set it to one of debug, info, warning, error, critical"),
    ],
)
def test_gunicorn_refuses_what_would_serve_nobody(name, value, words):
    gunicorn = ("-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi")

    result = run(*gunicorn, **PRODUCTION | {name: value})

    assert result.returncode != 0
    assert result.stderr.startswith(f"{name} is “{value}”: {words}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "value",
    ["::1", "voice.example/", "127.0.0.1:0", "127.0.0.1:65536", "a b:80", "1:x"],
)
def test_a_place_to_listen_that_is_none_is_refused(monkeypatch, value):
    monkeypatch.setenv("BIND", value)

    with pytest.raises(
        ImproperlyConfigured, match=f"BIND is “{re.escape(value)}”: set"
    ):
        listening_address("127.0.0.1:8000")


@pytest.mark.parametrize(
    "value",
    ["0.0.0.0:80", ":8000", "[::1]:8000", "127.0.0.1", "unix:/run/voice", "fd://3"],
)
def test_every_place_to_listen_is_taken(monkeypatch, value):
    monkeypatch.setenv("BIND", value)

    assert listening_address("127.0.0.1:8000") == value


def test_what_is_left_empty_for_gunicorn_is_the_usual(monkeypatch):
    for name in ("BIND", "WEB_CONCURRENCY", "LOG_LEVEL"):
        monkeypatch.setenv(name, " ")

    assert listening_address("127.0.0.1:8000") == "127.0.0.1:8000"
    assert process_count(2) == 2
    assert log_level("warning") == "warning"


def test_the_deployment_check_finds_nothing(db):
    # the check asks for the server's version
    environment = PRODUCTION | {"DATABASE_URL": database_url()}

    result = run(
        "manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment
    )

    assert result.returncode == 0, result.stderr
    assert "no issues (0 silenced)" in result.stdout


def test_production_has_no_debug_and_only_its_hosts():
    script = "from config import settings as s; print(s.DEBUG, s.ALLOWED_HOSTS)"

    result = run("-c", script, DEBUG="1", **PRODUCTION)

    assert result.stdout == (
        "False ['second-voice.example', 'www.second-voice.example']\n"
    )


def test_production_answers_health_checks_without_https(db):
    script = (
        "import django; django.setup();"
        "from django.test import Client;"
        "host = {'host': 'second-voice.example'};"
        "paths = ('/healthz', '/readyz', '/', '/healthz/x');"
        "print(*[Client().get(each, headers=host).status_code for each in paths])"
    )
    environment = PRODUCTION | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    assert run("-c", script, **environment).stdout == "200 200 301 301\n"


@pytest.mark.parametrize(
    ("environment", "debug"),
    [({}, "False"), ({"DEBUG": "1"}, "True"), ({"DEBUG": "true"}, "False")],
    ids=["nothing", "one", "a word"],
)
def test_development_shows_errors_only_when_told(environment, debug):
    script = "from config import settings as s; print(s.DEBUG)"

    result = run("-c", script, **environment)

    assert result.stdout == f"{debug}\n"


def test_serve_is_refused_in_production():
    result = run(
        "-c",
        "import django; django.setup();"
        "from django.core.management import call_command; call_command('serve')",
        DJANGO_SETTINGS_MODULE="config.settings",
        **PRODUCTION,
    )

    assert "serve is for development: in production run gunicorn" in result.stderr


def test_the_pool_is_far_below_what_the_server_takes(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        limit = int(cursor.fetchone()[0])

    pool = connection.settings_dict["OPTIONS"]["pool"]

    assert pool["max_size"] * 2 <= limit // 4


def test_connections_give_up_a_host_that_has_vanished(db):
    connection.ensure_connection()

    parameters = connection.connection.info.get_parameters()

    assert parameters["tcp_user_timeout"] == "10000"
    times = ("keepalives_idle", "keepalives_interval", "keepalives_count")
    assert [parameters[name] for name in times] == ["10", "5", "3"]


def test_the_address_of_the_database_has_the_last_word_on_giving_up():
    words = "from config import settings as s; print(s.DATABASES['default']['OPTIONS'])"
    url = "postgresql://db.example/voice?tcp_user_timeout=3000"

    said = run("-c", words, DATABASE_URL=url).stdout

    assert "'tcp_user_timeout': '3000'" in said
    assert "'keepalives_idle': 10" in said


def test_a_database_address_is_taken_apart():
    url = "postgres://us%40er:p%2Fw@db.example:5433/na%20me?sslmode=require"

    settings = database_from_url(url)

    assert settings == {
        "NAME": "na me",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_is_a_host_that_is_a_folder():
    settings = database_from_url("postgresql:///voice?host=/run/postgresql")

    assert (settings["HOST"], settings["NAME"]) == ("/run/postgresql", "voice")


@pytest.mark.parametrize(
    "url",
    [
        "junk",
        "mysql://host/name",
        "postgresql://host",
        "postgresql://host/",
        "postgresql://host/a/b",
        "postgresql://host:port/name",
        "postgresql://host:99999/name",
        "postgresql://[host/name",
        "postgresql://voice:S3cr3t/word@host/name",
        "postgresql://voice:S3cr3t#word@host/name",
        "postgresql://voice:S3cr3t?word@host/name",
        "postgresql://voice:123/word@host/name",
    ],
)
def test_a_database_address_of_junk_is_a_sentence_without_it(url):
    with pytest.raises(ImproperlyConfigured) as error:
        database_from_url(url)

    sentence = str(error.value)
    assert sentence.startswith("DATABASE_URL cannot be used (")
    assert "postgresql://user:password@host:port/name, and in the password" in sentence
    assert "S3cr3t" not in "".join(traceback.format_exception(error.value))


def test_each_clone_keeps_a_secret_key_that_only_its_owner_reads(tmp_path):
    path = tmp_path / "var" / "secret-key"

    first = development_secret(path)
    second = development_secret(path)

    assert first == second
    assert len(first) > 50
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret-key"]


def test_a_secret_key_that_cannot_be_kept_is_a_sentence(tmp_path):
    (tmp_path / "var").write_text("in the way")

    with pytest.raises(ImproperlyConfigured, match="or set SECRET_KEY"):
        development_secret(tmp_path / "var" / "secret-key")


@pytest.mark.parametrize(
    "logger",
    ["django.request", "django.security.csrf", "gunicorn.http.wsgi"],
    ids=["no page", "no token", "a HEAD request"],
)
def test_what_a_reader_asks_for_in_vain_is_no_event(logger):
    assert not logging.getLogger(logger).isEnabledFor(logging.WARNING)
    assert logging.getLogger(logger).isEnabledFor(logging.ERROR)


def test_production_mails_by_the_server_that_is_named():
    words = (
        "from config import settings as s;"
        "print(s.MAILERS['default']['OPTIONS'], s.DEFAULT_FROM_EMAIL, s.SITE_ORIGIN)"
    )
    named = {
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": "587",
        "EMAIL_USE_TLS": "1",
        "EMAIL_HOST_USER": "voice",
        "EMAIL_HOST_PASSWORD": "secret",
        "DEFAULT_FROM_EMAIL": "desk@voice.example",
    }

    said = run("-c", words, **PRODUCTION | named).stdout

    for part in ("'mail.example'", "587", "'use_tls': True", "'voice'", "'secret'"):
        assert part in said
    assert said.endswith("desk@voice.example https://second-voice.example\n")


def test_a_mail_server_that_is_left_empty_is_this_machine():
    script = "from config import settings as s; print(s.MAILERS['default']['OPTIONS'])"

    said = run("-c", script, **PRODUCTION | {"EMAIL_HOST": ""}).stdout

    assert "'host': 'localhost'" in said


def test_hosts_that_name_no_host_ask_for_the_address_of_the_site():
    nameless = PRODUCTION | {"ALLOWED_HOSTS": "*"}

    result = run("manage.py", "check", **nameless)
    script = "from config import settings as s; print(s.SITE_ORIGIN)"
    given = run("-c", script, **nameless, SITE_ORIGIN="https://voice.example/")

    assert result.returncode == 1
    assert result.stderr == (
        "SITE_ORIGIN is not set: set it to the address of the site, "
        "https://voice.example: ALLOWED_HOSTS names no host.\n"
    )
    assert given.stdout == "https://voice.example\n"


@pytest.mark.parametrize(
    "value",
    [
        "Second Voice",
        "a@b, c@d",
        "a b@c.example",
        "@b",
        "a..b@c.example",
        "jö@c.example",
    ],
)
def test_a_sender_that_is_no_address_is_refused(monkeypatch, value):
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", value)

    with pytest.raises(ImproperlyConfigured) as refused:
        sender()

    assert str(refused.value).startswith(
        f"DEFAULT_FROM_EMAIL is “{value}”: set it to one address"
    )


@pytest.mark.parametrize("value", ["security@example.org", "http://a.example", "none"])
def test_a_contact_that_no_program_can_read_is_refused(monkeypatch, value):
    monkeypatch.setenv("SECURITY_CONTACT", value)

    with pytest.raises(ImproperlyConfigured) as refused:
        security_contact()

    assert str(refused.value).startswith(f"SECURITY_CONTACT is “{value}”: set it to")


@pytest.mark.parametrize(
    "value", ["", "mailto:s@example.org", "https://a.example/s", "tel:+1-201-555-0123"]
)
def test_a_contact_with_its_scheme_is_taken(monkeypatch, value):
    monkeypatch.setenv("SECURITY_CONTACT", value)

    assert security_contact() == value


def test_a_sender_may_have_a_name():
    value = "Second Voice <desk@voice.example>"
    words = "from config import settings; print(settings.DEFAULT_FROM_EMAIL)"

    said = run("-c", words, **PRODUCTION | {"DEFAULT_FROM_EMAIL": value}).stdout

    assert said == f"{value}\n"


@pytest.mark.parametrize(
    "name", ["St. Mary's Voice", '"St. Mary"', "Desk: us", "Für [dich]"], ids=str
)
def test_mail_goes_out_under_any_name(monkeypatch, settings, name):
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", f"{name} <desk@voice.example>")

    settings.DEFAULT_FROM_EMAIL = sender()
    message = EmailMessage("Subject", "Words", to=["rae@example.org"])

    header = message.message()["From"]
    [read] = header.addresses
    assert read.addr_spec == "desk@voice.example"
    assert read.display_name == name.strip('"')
    assert not header.defects


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("EMAIL_USE_TLS", "true", "set it to 1, or leave it out."),
        ("ENVIRONMENT", "Production", "set it to production, or leave it out."),
    ],
)
def test_a_switch_that_is_neither_on_nor_off_is_refused(name, value, words):
    result = run("-c", "import config.settings", **PRODUCTION | {name: value})

    assert result.returncode == 1
    assert result.stderr.endswith(f": {name} is “{value}”: {words}\n")


@pytest.mark.parametrize(
    "host",
    [
        "https://voice.example",
        "voice.example:8000",
        "voice.example/",
        "voice.example www.voice.example",
        "*.voice.example",
        "bücher.example",
        '"voice.example"',
        ".",
        "::1",
    ],
)
def test_a_host_that_no_request_can_have_is_refused(monkeypatch, host):
    monkeypatch.setenv("ALLOWED_HOSTS", f"www.voice.example, {host}")

    with pytest.raises(ImproperlyConfigured) as refused:
        allowed_hosts()

    assert str(refused.value) == (
        f"ALLOWED_HOSTS has “{host}”, which is no host name: write names alone, "
        "without https://, port or path: example.org,www.example.org."
    )


def test_commas_alone_are_no_hosts():
    commas = PRODUCTION | {"ALLOWED_HOSTS": " ,,"}

    result = run("manage.py", "check", **commas, SITE_ORIGIN="https://voice.example")

    assert result.returncode == 1
    assert result.stderr == (
        "ALLOWED_HOSTS names no host: set it to the host names of the site, separated "
        "by commas.\n"
    )


def test_every_kind_of_host_is_taken(monkeypatch):
    hosts = "Voice.example,.voice.example,localhost,192.0.2.7,[2001:db8::7],a_b.c-d,*"
    monkeypatch.setenv("ALLOWED_HOSTS", hosts)

    assert allowed_hosts() == hosts.split(",")


@pytest.mark.parametrize(
    "origin",
    ["voice.example", "https://", "https://voice.example/desk", "ftp://voice.example"],
)
def test_an_address_of_the_site_that_leads_nowhere_is_refused(monkeypatch, origin):
    monkeypatch.setenv("SITE_ORIGIN", origin)

    with pytest.raises(ImproperlyConfigured) as refused:
        site_origin()

    assert str(refused.value) == (
        f"SITE_ORIGIN is “{origin.rstrip('/')}”: set it to the address of the site "
        "without a path, as in https://voice.example."
    )


@pytest.mark.parametrize("port", ["smtp", "0", "65536", "-25", "²"])
def test_a_mail_port_that_is_none_is_refused_in_a_sentence(port):
    result = run("manage.py", "check", **PRODUCTION | {"EMAIL_PORT": port})

    assert result.returncode == 1
    assert result.stderr == (
        f"EMAIL_PORT is “{port}”: set it to a port, a number from 1 to 65535.\n"
    )
