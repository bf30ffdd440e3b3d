"""`manage.py import_catalog`: what it tells, and what it refuses before it writes."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from catalog.importing.models import ImportRun
from catalog.product.models import Product
from tests.catalog.importing.reading_files import SPREE, write

pytestmark = pytest.mark.django_db


def test_the_command_tells_what_it_did(tmp_path, capsys):
    path = write(tmp_path, SPREE + "broken,B,,-1,,USD,,,,,,,,,,,\n")
    call_command("import_catalog", str(path), "--convert", "USD:INR=84.50", "--dry-run")
    assert not Product.objects.exists()
    call_command("import_catalog", str(path), "--convert", "USD:INR=84.50")
    told = capsys.readouterr().out
    assert "plain format, 9 rows" in told and "prices that do not tell their currency are USD" in told
    assert "refused: line 10, column price: a price cannot be negative (-1)" in told
    assert "2 products were made" in told and Product.objects.count() == 2


@pytest.mark.parametrize(
    ("arguments", "match"),
    [(["--map", "x=name"], "no column 'x'"), (["--convert", "1"], "not a conversion"), (["--images", "/nowhere"], "not a folder"),
     (["--tax-class", "none"], "no tax class")],
)  # fmt: skip
def test_the_command_refuses_senseless_options_before_it_writes(tmp_path, arguments, match):
    with pytest.raises(CommandError, match=match):
        call_command("import_catalog", str(write(tmp_path, SPREE)), *arguments)
    assert not Product.objects.exists() and not ImportRun.objects.exists()


def test_the_command_refuses_a_file_that_is_none(tmp_path):
    with pytest.raises(CommandError, match=r"line 3: .*never closed"):
        call_command("import_catalog", str(write(tmp_path, 'sku,name\nA,Cup\nB,"Jug\n')))
    assert not Product.objects.exists()
