"""The command as a process of its own: killed without warning, run again, and weighed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from catalog.importing.models import ImportRun
from catalog.importing.services.import_catalog import CHUNK
from catalog.inventory.models import StockItem, StockMovement
from catalog.pricing.models import PriceLine
from catalog.product.models import Brand, CategoryPage, Product, ProductCore, Variant
from tests.catalog.importing.reading_files import write
from tests.conftest import ROOT

pytestmark = [pytest.mark.postgres_race, pytest.mark.slow]

ROWS = 2_000


PROGRAM = """
import json, sys, django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(sys.argv[2]))
django.setup()
exec(sys.argv[3])
from django.core.management import call_command
call_command("import_catalog", sys.argv[1], verbosity=0)
print(open("/proc/self/status").read())
"""
# Killed with the second chunk written and not committed.
DIE = """
import os, signal
from catalog.importing.services import write_chunk
publish, published = write_chunk.publish, []
def publish_once(*event, **more):
    if published:
        os.kill(os.getpid(), signal.SIGKILL)
    published.append(publish(*event, **more))
write_chunk.publish = publish_once
"""


def peak_kilobytes(told: str) -> int:
    """The import's own peak: what the kernel counts for a child begins with the size of the process that forked it."""
    return int(told.rsplit("VmHWM:", 1)[1].split()[0])


def start_import(path: Path, before: str = "") -> subprocess.Popen:
    """In this test's own database."""
    settings = connections["default"].settings_dict
    place = json.dumps({name: settings[name] for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")})
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path), place, before],
        cwd=ROOT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "shop.settings.test"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def test_an_import_that_is_killed_is_finished_by_the_next_one(tmp_path, own_database):
    rows = (f"S-{n},Cup {n},Maker {n % 700},Shelf {n % 8} > Board {n % 24},{n + 1}.50,{n % 7}\n" for n in range(ROWS))
    path = write(tmp_path, "sku,name,brand,category,price,stock\n" + "".join(rows))
    process = start_import(path, before=DIE)
    told = process.communicate()[0].decode()
    assert process.returncode == -signal.SIGKILL, told
    part = ProductCore.objects.count()
    assert part == CHUNK
    assert Variant.objects.count() == PriceLine.objects.count() == StockItem.objects.count() == part

    process = start_import(path)
    told = process.communicate()[0].decode()
    assert process.returncode == 0, told
    assert ProductCore.objects.count() == Product.objects.count() == Variant.objects.count() == ROWS
    assert PriceLine.objects.count() == ROWS and StockMovement.objects.count() == sum(1 for n in range(ROWS) if n % 7)
    assert Brand.objects.count() == 700 and CategoryPage.objects.filter(title__startswith="Shelf").count() == 8
    first, second = ImportRun.objects.order_by("pk")
    assert first.finished_at is None and (second.created, second.unchanged) == (ROWS - part, part)
    assert peak_kilobytes(told) < 300 * 1024
