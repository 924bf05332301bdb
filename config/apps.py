"""The composition root: settings, addresses and the pages that need both apps."""

import atexit
from typing import cast

from django.apps import AppConfig
from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper


class ConfigConfig(AppConfig):
    """Nobody imports config."""

    name = "config"
    verbose_name = "Site"

    def ready(self) -> None:
        """Let every process close its connections before the interpreter ends."""
        atexit.register(close_pools)


def close_pools() -> None:
    """Close the pools; one left open keeps a process from ending for 20 seconds."""
    for alias in connections:
        cast("DatabaseWrapper", connections[alias]).close_pool()
