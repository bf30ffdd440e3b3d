#!/usr/bin/env python
"""Runs a management command. Starts the embedded PostgreSQL first where no DATABASE_URL is set."""

import contextlib
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.dev")
    from django.core.management import execute_from_command_line

    from shop.core.embedded_postgres import PostgresUnavailable
    from shop.database import running

    try:
        with running():
            execute_from_command_line(sys.argv)
    except PostgresUnavailable as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
