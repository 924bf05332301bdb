"""What the settings read from the environment; errors are sentences."""

import os
import re
import secrets
from contextlib import suppress
from email.headerregistry import Address
from email.utils import unquote as unquote_name
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.kept_secret import kept_secret

HOST = r"(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])"
ALLOWED_HOST = re.compile(rf"\*|\.?{HOST}", re.IGNORECASE)
MAILBOX = rf"[^\s@<>,;]+@{HOST}"
SENDER = re.compile(
    rf"(?P<alone>{MAILBOX})|(?P<name>[^<>@,;\n]*)<(?P<mailbox>{MAILBOX})>",
    re.IGNORECASE,
)
CONTACT = re.compile(r"(?:mailto:[^\s@]+@|tel:\+?\d|https://)\S+", re.IGNORECASE)
LOG_LEVELS = ("debug", "info", "warning", "error", "critical")
# One place to listen at, as gunicorn reads it; a number alone it takes for a host.
LISTENING = re.compile(
    rf"(?:unix:|fd://)\S+|(?!\d+$){HOST}|{HOST}?:(?P<port>\d{{1,5}})", re.IGNORECASE
)
ORIGIN = re.compile(rf"https?://{HOST}(?::[0-9]+)?", re.IGNORECASE)


def env(name: str, what: str) -> str:
    """Return a variable of the environment; without it the site does not start."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: set it to {what}.")
    return value


def allowed_hosts() -> list[str]:
    """Return the hosts of ALLOWED_HOSTS; one that no request can have is refused."""
    what = "the host names of the site, separated by commas"
    hosts = [host.strip() for host in env("ALLOWED_HOSTS", what).split(",")]
    hosts = [host for host in hosts if host]
    if not hosts:
        raise ImproperlyConfigured(f"ALLOWED_HOSTS names no host: set it to {what}.")
    for host in hosts:
        if not ALLOWED_HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS has “{host}”, which is no host name: write names "
                "alone, without https://, port or path: example.org,www.example.org."
            )
    return hosts


def site_origin() -> str:
    """Return the address that SITE_ORIGIN gives; empty where it gives none."""
    origin = os.environ.get("SITE_ORIGIN", "").strip().rstrip("/")
    if origin and not ORIGIN.fullmatch(origin):
        raise ImproperlyConfigured(
            f"SITE_ORIGIN is “{origin}”: set it to the address of the site without a "
            "path, as in https://voice.example."
        )
    return origin


def origin_of(hosts: list[str]) -> str:
    """Return the address of the first host; ``*`` names none, so SITE_ORIGIN must."""
    names = [name for host in hosts if (name := host.lstrip(".*"))]
    if names:
        return f"https://{names[0]}"
    return env(
        "SITE_ORIGIN",
        "the address of the site, https://voice.example: ALLOWED_HOSTS names no host",
    )


def sender() -> str:
    """Return who writes the site's mail; what is no address would fail at each mail.

    A name with a dot, as in St. Mary's, gets the quotes that a header needs.
    """
    value = os.environ.get("DEFAULT_FROM_EMAIL", "").strip() or "webmaster@localhost"
    if found := SENDER.fullmatch(value):
        name = unquote_name((found["name"] or "").strip())
        with suppress(ValueError):
            return str(Address(name, addr_spec=found["mailbox"] or found["alone"]))
    raise ImproperlyConfigured(
        f"DEFAULT_FROM_EMAIL is “{value}”: set it to one address, as in "
        "desk@example.org or Second Voice <desk@example.org>."
    )


def security_contact() -> str:
    """Return whom to tell of a weakness, as RFC 9116 has it; empty where not given."""
    value = os.environ.get("SECURITY_CONTACT", "").strip()
    if value and not CONTACT.fullmatch(value):
        raise ImproperlyConfigured(
            f"SECURITY_CONTACT is “{value}”: set it to an address with its scheme, as "
            "in mailto:security@example.org or https://example.org/security."
        )
    return value


def is_on(name: str) -> bool:
    """Return whether a variable of the environment is 1; what is neither is refused."""
    value = os.environ.get(name, "").strip()
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(
            f"{name} is “{value}”: set it to 1, or leave it out."
        )
    return value == "1"


def is_production() -> bool:
    """Return whether ENVIRONMENT says so; a near miss must not serve half open."""
    value = os.environ.get("ENVIRONMENT", "").strip()
    if value not in ("", "production", "development"):
        raise ImproperlyConfigured(
            f"ENVIRONMENT is “{value}”: set it to production, or leave it out."
        )
    return value == "production"


def port_of(name: str, usual: int) -> int:
    """Return a port that a variable of the environment may name."""
    value = os.environ.get(name, "").strip() or str(usual)
    if not (value.isascii() and value.isdecimal() and 0 < int(value) < 65536):
        raise ImproperlyConfigured(
            f"{name} is “{value}”: set it to a port, a number from 1 to 65535."
        )
    return int(value)


def listening_address(usual: str) -> str:
    """Return where BIND has the site listen; left empty, gunicorn would nowhere."""
    value = os.environ.get("BIND", "").strip() or usual
    found = LISTENING.fullmatch(value)
    if found is None or int(found["port"] or 1) not in range(1, 65536):
        raise ImproperlyConfigured(
            f"BIND is “{value}”: set it to an address and a port, as in "
            "127.0.0.1:8000, or to a socket, as in unix:/run/second-voice.sock."
        )
    return value


def process_count(usual: int) -> int:
    """Return how many processes WEB_CONCURRENCY wants; none would answer nobody."""
    value = os.environ.get("WEB_CONCURRENCY", "").strip() or str(usual)
    if not (value.isascii() and value.isdecimal() and int(value) > 0):
        raise ImproperlyConfigured(
            f"WEB_CONCURRENCY is “{value}”: set it to how many processes serve the "
            "site, a number from 1 on."
        )
    return int(value)


def log_level(usual: str) -> str:
    """Return what LOG_LEVEL says; gunicorn would take what it is not for info."""
    value = os.environ.get("LOG_LEVEL", "").strip().lower() or usual
    if value not in LOG_LEVELS:
        raise ImproperlyConfigured(
            f"LOG_LEVEL is “{value}”: set it to one of {', '.join(LOG_LEVELS)}."
        )
    return value


def database_from_url(url: str) -> dict[str, Any]:
    """Translate ``postgresql://user:password@host:port/name?option=value`` for Django.

    A folder as host (a socket) is written ``?host=/run/postgresql``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # its words repeat a password that has a / or #
        raise ImproperlyConfigured(
            _not_a_database("host or port cannot be read")
        ) from None
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(_not_a_database("it names no PostgreSQL"))
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ImproperlyConfigured(_not_a_database("it names no database"))
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
    }


def development_secret(path: Path) -> str:
    """Return this clone's own secret key, made at the first start."""
    try:
        return kept_secret(path, lambda: secrets.token_urlsafe(50))
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be read or written ({error.strerror}): run the command as "
            "the owner of the clone, free some space on the disk, or set SECRET_KEY."
        ) from error


def _not_a_database(reason: str) -> str:
    """Say what is wrong with the address; the address itself holds a password."""
    return (
        f"DATABASE_URL cannot be used ({reason}): write it as "
        "postgresql://user:password@host:port/name, and in the password %2F for /, "
        "%23 for # and %3F for ?."
    )
