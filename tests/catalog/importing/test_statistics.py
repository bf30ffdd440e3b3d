"""PostgreSQL knows how large the tables have become while an import fills them."""

from __future__ import annotations

import pytest
from django.db import connection

from catalog.importing.services import know_the_tables
from catalog.importing.services.know_the_tables import TableStatistics
from tests.catalog.importing.test_import import run

pytestmark = pytest.mark.django_db


def believed(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [table])
        return int(cursor.fetchone()[0])


def test_an_import_tells_them(tmp_path, monkeypatch):
    monkeypatch.setattr(know_the_tables, "FIRST_AT", 3)
    with connection.cursor() as cursor:  # what other tests have rolled back may have been counted meanwhile
        cursor.execute("ANALYZE pricing_priceline, product_variant")
    assert believed("pricing_priceline") < 1
    run(tmp_path, "name,sku,price\nMug,M1,100\nBowl,B1,200\nVase,V1,300\n")
    assert believed("pricing_priceline") == believed("product_variant") == 3


def test_each_time_they_have_doubled(monkeypatch):
    told = []
    monkeypatch.setattr(know_the_tables, "_analyze", lambda: told.append(statistics.written))
    statistics = TableStatistics()
    for _ in range(60):
        statistics.count(500)
    assert told == [500, 1_000, 2_000, 4_000, 8_000, 16_000]
