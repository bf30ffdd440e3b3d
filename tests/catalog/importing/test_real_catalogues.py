"""The importer's reading half on real catalogues, which are not part of the repository (CATALOGUES_DIR names them)."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from catalog.importing.reading import CatalogReading, ReadingOptions
from catalog.importing.records import ProductRecord, Refusal

FOLDER = Path(os.environ.get("CATALOGUES_DIR") or Path(__file__).resolve().parents[3].parent / "shared" / "data")

pytestmark = [
    pytest.mark.catalogues,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real catalogues are not at {FOLDER} (set CATALOGUES_DIR)"),
]


def read(name: str, **options) -> tuple[list[ProductRecord], list[Refusal]]:
    outcomes = list(CatalogReading(FOLDER / name, ReadingOptions(**options)).outcomes())
    products = [outcome for outcome in outcomes if isinstance(outcome, ProductRecord)]
    return products, [outcome for outcome in outcomes if isinstance(outcome, Refusal)]


def sum_prices(products: list[ProductRecord]) -> Counter[str]:
    total: Counter[str] = Counter()
    for product in products:
        for variant in product.variants:
            total.update(variant.prices)
    return total


def assert_distinct(products: list[ProductRecord]) -> None:
    assert len({product.handle for product in products}) == len(products)
    skus = [variant.sku for product in products for variant in product.variants]
    assert len(set(skus)) == len(skus)


def test_spree_demo():
    products, refusals = read(
        "spree-demo/products.csv",
        conversions=("USD:INR=84.50",),
        translations=FOLDER / "spree-demo/product_translations.csv",
    )
    variants = [variant for product in products for variant in product.variants]
    assert not refusals and not any(product.remarks for product in products)
    assert (len(products), len(variants)) == (37, 87)
    assert sum(variant.stock or 0 for variant in variants) == 435_000
    totals = sum_prices(products)
    assert (totals["USD"], totals["EUR"]) == (1_706_917, 1_591_917)
    assert sum(1 for variant in variants if variant.compare_at) == 4
    paths = {path for product in products for path in product.category_paths}
    assert len(paths) == 19 and len({path[0] for path in paths}) == 5
    assert len({value for variant in variants for _, value in variant.options}) == 22
    names = {image.name for product in products for image in product.images}
    names |= {image.name for variant in variants for image in variant.images}
    assert names == {path.name for path in (FOLDER / "spree-demo/images").iterdir()} and len(names) == 124
    assert all(set(product.translations) == {"de", "fr"} for product in products)
    espresso = products[0]
    assert espresso.handle == "automatic-espresso-machine" and espresso.translations["de"].name == "Kaffeevollautomat"
    assert espresso.variants[0].prices == {"USD": 87_999, "EUR": 81_999, "INR": 7_435_916}
    assert dict(espresso.attributes) == {"wattage": "1400W", "voltage": "220-240V", "warranty": "2 Years"}


@pytest.mark.parametrize("name", ["bestbuy-3k/bestbuy.csv", "bestbuy-3k/ecommerce.json"])
def test_bestbuy(name):
    products, refusals = read(name, currency="USD")
    assert not refusals and len(products) == 3_291
    assert_distinct(products)
    prices = [product.variants[0].prices["USD"] for product in products]
    assert (sum(prices), min(prices), max(prices)) == (28_800_858, 100, 89_999)
    names = Counter(product.name for product in products)
    assert sum(1 for count in names.values() if count > 1) == 50 and max(map(len, names)) == 132
    nodes = {
        path[:depth] for product in products for path in product.category_paths for depth in range(1, len(path) + 1)
    }
    assert len(nodes) == 67 and {node[0] for node in nodes} == {"Cell Phones"}
    assert len({node[-2] for node in nodes if node[-1] == "Screen Protectors"}) == 2
    assert sum(1 for product in products if len(product.category_paths[0]) == 1) == 5
    assert sum(1 for product in products if not product.handle.isascii()) == 0


def test_bestbuy_has_the_same_keys_as_table_and_as_json():
    table, _ = read("bestbuy-3k/bestbuy.csv", currency="USD")
    array, _ = read("bestbuy-3k/ecommerce.json", currency="USD")
    assert [(product.key, product.handle, product.variants[0].prices) for product in table] == [
        (product.key, product.handle, product.variants[0].prices) for product in array
    ]


def test_steam():
    products, refusals = read("steam-26k/video_games.csv", currency="USD")
    assert [(refusal.line, refusal.column, refusal.value) for refusal in refusals] == [
        (7764, "game", "NA"),
        (12554, "game", "NA"),
        (22304, "game", "NA"),
    ]
    assert len(products) == 26_688 - 3
    assert_distinct(products)
    priced = [product for product in products if product.variants[0].prices]
    # Two of the three rows without a name have a price: 8.99 and 0.99.
    assert len(priced) == 23_593 - 2 and sum_prices(products)["USD"] == 21_108_977 - 998
    assert min(product.variants[0].prices["USD"] for product in priced) == 49
    assert max(product.variants[0].prices["USD"] for product in priced) == 59_599
    unpriced = [product for product in products if not product.variants[0].prices]
    assert len(unpriced) == 3_095 - 1
    assert all([remark.column for remark in product.remarks] == ["price"] for product in unpriced)
    assert sum(1 for product in products if not product.handle.isascii()) == 70
    # One publisher stands in a row without a name only.
    assert len({product.brand for product in products}) == 13_954 - 1
    assert max(len(product.name or "") for product in products) == 212
    names = Counter(product.name for product in products)
    assert sum(1 for count in names.values() if count > 1) == 75 - 1
    assert {"140", "1849", "none"} <= set(names)


def test_a_second_reading_makes_the_same_keys():
    first, _ = read("steam-26k/video_games.csv", currency="USD")
    again, _ = read("steam-26k/video_games.csv", currency="USD")
    assert [(product.key, product.handle) for product in first] == [(product.key, product.handle) for product in again]
