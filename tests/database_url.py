"""The test database as another process is told of it."""

from urllib.parse import quote

from django.db import connection


def database_url(name: str | None = None, **parameters: str) -> str:
    """Return DATABASE_URL for the test database, or for another one of its server."""
    here = connection.settings_dict
    query = {"host": here["HOST"], "port": str(here["PORT"])} | parameters
    login = quote(here["USER"], safe="")
    if here["PASSWORD"]:
        login += ":" + quote(here["PASSWORD"], safe="")
    words = "&".join(f"{key}={quote(value)}" for key, value in query.items() if value)
    return f"postgresql://{login}@/{quote(name or here['NAME'])}?{words}"
