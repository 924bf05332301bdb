#!/usr/bin/env python
"""Django's command line for Second Voice, with its database server beside it."""

import os
import sys
from contextlib import nullcontext

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError
from django.db.migrations.exceptions import MigrationSchemaMissing

from config.apps import close_pools
from config.embedded_postgres import running
from config.machine_faults import OF_TABLES, fault_sentence, tables_fault
from config.postgres_account import EmbeddedPostgresError


def main() -> None:
    """Run the command; say in a sentence what keeps it from running."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        embedded = settings.EMBEDDED_POSTGRES
        with running(settings.VAR_DIR) if embedded else nullcontext():
            try:
                execute_from_command_line(sys.argv)
            except (*OF_TABLES, MigrationSchemaMissing) as error:
                if fault := fault_sentence(error) or tables_fault():
                    raise ImproperlyConfigured(fault) from error
                raise
            finally:
                close_pools()
    except (ImproperlyConfigured, EmbeddedPostgresError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(error))
    except (OperationalError, OSError) as error:
        sentence = fault_sentence(error)
        if sentence is None or "--traceback" in sys.argv:
            raise
        sys.exit(sentence)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
