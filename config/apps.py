"""The composition root: settings, addresses and the pages that need both apps."""

import atexit
from typing import cast

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import Tags, register
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from config.database_letters import check_letters
from config.database_log import check_log


class SiteConfig(AppConfig):
    """Nobody imports config."""

    name = "config"
    verbose_name = "Site"

    def ready(self) -> None:
        """Let every process close its connections before the interpreter ends."""
        register(check_letters, Tags.database)
        register(check_log, Tags.database)
        atexit.register(close_pools)


class DeskConfig(AdminConfig):
    """The admin whose first page is the dashboard."""

    default_site = "articles.admin_site.DeskSite"


def close_pools() -> None:
    """Stop the pools' threads: a dying interpreter waits five seconds for each."""
    for alias in connections:  # also where other threads than this one used them
        connection = cast("DatabaseWrapper", connections[alias])
        connection.close()
        connection.close_pool()
