"""Python in a process of its own, on the database of the test, that a test can kill."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PREAMBLE = """
import os, signal, sys, time
import django
django.setup()
from tests.core.happenings import *
from django.db import transaction
"""


def start(code: str, **environment: str) -> subprocess.Popen:
    """Begin; the child says what it has to say on its standard output, one line each."""
    target = {"TEST_DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "shop.settings.test"}
    return subprocess.Popen(
        [sys.executable, "-c", PREAMBLE + code],
        cwd=ROOT, env=os.environ | target | environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(code: str, **environment: str) -> subprocess.Popen:
    child = start(code, **environment)
    child.wait(timeout=60)
    return child


def database_url() -> str:
    at = connection.settings_dict
    login = f"{at['USER']}:{at['PASSWORD']}" if at.get("PASSWORD") else at["USER"]
    place = f"{at['HOST']}:{at['PORT']}" if at.get("PORT") else at["HOST"]
    return (
        f"postgres://{login}@/{place}/{at['NAME']}"
        if place.startswith("/")
        else f"postgres://{login}@{place}/{at['NAME']}"
    )
