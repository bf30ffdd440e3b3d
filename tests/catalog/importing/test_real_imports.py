"""Real catalogues all the way into the shop (CATALOGUES_DIR names them; they are not part of the repository)."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Locale

from catalog.importing.reading import ReadingOptions
from catalog.importing.report import ImportReport
from catalog.importing.services.import_catalog import WritingOptions, import_catalog
from catalog.inventory.models import StockItem
from catalog.listing.models import Placement
from catalog.pricing.models import PriceLine
from catalog.product.models import Brand, CategoryPage, Product, ProductCore, Variant
from tests.catalog.importing.test_real_catalogues import FOLDER

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.catalogues,
    pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real catalogues are not at {FOLDER} (set CATALOGUES_DIR)"),
]


@pytest.fixture(autouse=True)
def hindi() -> Locale:
    return Locale.objects.get_or_create(language_code="hi")[0]


def run(name: str, *, images: Path | None = None, **options) -> ImportReport:
    return import_catalog(
        path=FOLDER / name, reading=ReadingOptions(**options), writing=WritingOptions(images=images), at=timezone.now()
    )


def sum_prices(currency: str) -> int:
    lines = PriceLine.objects.filter(price_list__currency=currency, valid_to=None)
    return lines.aggregate(total=Sum("amount"))["total"]


def test_spree_demo_with_its_pictures():
    report = run("spree-demo/products.csv", images=FOLDER / "spree-demo/images", conversions=("USD:INR=84.50",))
    assert (report.created, report.variants_created, len(report.refusals), report.images_stored) == (37, 87, 0, 124)
    assert (sum_prices("USD"), sum_prices("EUR")) == (1_706_917, 1_591_917)
    assert PriceLine.objects.filter(price_list__currency="USD", compare_at__gt=0).count() == 4
    assert StockItem.objects.aggregate(total=Sum("on_hand"))["total"] == 435_000
    leaves = CategoryPage.objects.filter(numchild=0)
    assert leaves.count() == 19 and CategoryPage.objects.filter(numchild__gt=0).count() == 5
    assert get_image_model().objects.count() == 124 and not Variant.objects.filter(image=None).exists()
    espresso = Product.objects.get(slug="automatic-espresso-machine")
    assert espresso.variant_specs.first().price == 7_435_916 and espresso.core.attributes["wattage"] == "1400W"
    again = run("spree-demo/products.csv", images=FOLDER / "spree-demo/images", conversions=("USD:INR=84.50",))
    assert (again.created, again.changed, again.unchanged, again.images_stored) == (0, 0, 37, 0)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_bestbuy_as_json_and_then_as_table():
    report = run("bestbuy-3k/ecommerce.json", currency="USD")
    assert (report.created, len(report.refusals)) == (3_291, 0)
    assert sum_prices("USD") == 28_800_858 and CategoryPage.objects.count() == 67
    assert CategoryPage.objects.filter(title="Screen Protectors").count() == 2
    assert CategoryPage.objects.values("slug").distinct().count() == 67
    twice = Product.objects.values("title").annotate(n=Count("pk")).filter(n__gt=1)
    assert twice.count() == 50
    again = run("bestbuy-3k/bestbuy.csv", currency="USD")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 3_291)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_steam():
    report = run("steam-26k/video_games.csv", currency="USD")
    assert report.created == ProductCore.objects.count() == 26_685 and len(report.refusals) == 3
    assert sum_prices("USD") == 21_107_979
    assert PriceLine.objects.filter(price_list__currency="USD").count() == 23_591
    assert sum(1 for slug in Product.objects.values_list("slug", flat=True) if not slug.isascii()) == 70
    assert Brand.objects.filter(live=True).count() >= 13_952
    shown = Placement.objects.filter(category_id=0).values("currency")
    counted = {
        row["currency"]: (row["all"], row["priced"])
        for row in shown.annotate(all=Count("pk"), priced=Count("pk", Q(price__gt=0)))
    }
    assert counted["USD"] == (26_685, 23_591) and set(counted) == set(settings.CURRENCIES)
    again = run("steam-26k/video_games.csv", currency="USD")
    assert (again.created, again.changed, again.unchanged) == (0, 0, 26_685)
