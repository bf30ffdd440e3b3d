from __future__ import annotations

import pytest

from catalog.inventory.models import StockItem
from tests.catalog.importing.test_import import run

pytestmark = pytest.mark.django_db


def test_the_most_in_an_order_is_taken_and_kept_where_the_cell_is_empty(tmp_path):
    head = "name,sku,price,stock,max_per_order\n"
    run(tmp_path, head + "Mug,MUG,649,9,3\nBowl,BOWL,199,9,\n")
    assert dict(StockItem.objects.values_list("variant__sku", "max_per_order")) == {"MUG": 3, "BOWL": None}
    run(tmp_path, head + "Mug,MUG,649,9,\nBowl,BOWL,199,9,20\n", name="later.csv")
    assert dict(StockItem.objects.values_list("variant__sku", "max_per_order")) == {"MUG": 3, "BOWL": 20}
    report = run(tmp_path, head + "Mug,MUG,649,9,0\nBowl,BOWL,199,9,1000\n", name="wrong.csv")
    assert [(refused.column, refused.reason) for refused in report.refusals] == [
        ("max_per_order", "not a number from 1 to 999")] * 2  # fmt: skip
    assert dict(StockItem.objects.values_list("variant__sku", "max_per_order")) == {"MUG": 3, "BOWL": 20}
