"""What an import leaves in the shop, and that the same file leaves nothing more."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backend

from catalog.importing.models import ImportRun
from catalog.importing.reading import ReadingOptions
from catalog.importing.report import ImportReport
from catalog.importing.services import import_catalog as importing
from catalog.importing.services import write_chunk as writing_chunks
from catalog.importing.services.import_catalog import WritingOptions, import_catalog
from catalog.inventory.models import StockItem, StockMovement
from catalog.inventory.services.receive import receive
from catalog.listing.models import Card, Placement, SearchRow, Shelf
from catalog.pricing.models import PriceLine
from catalog.product.models import Attribute, Brand, CategoryPage, Product, ProductCore, Variant, VariantSpec
from catalog.product.projection import _projectors
from catalog.product.services.change_product import change_product
from catalog.product.services.translate_product import translate_product
from shop.core.outbox.models import OutboxEvent
from shop.core.outbox.relay import relay_due
from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_due
from tests.catalog.importing.reading_files import SHOPIFY, SPREE, WOOCOMMERCE, write
from tests.factories.products import make_category, make_product
from tests.factories.variants import make_tax_class

pytestmark = pytest.mark.django_db

WRITTEN = (
    Product, ProductCore, Variant, VariantSpec, PriceLine, StockItem, StockMovement, Brand, CategoryPage, Attribute,
    Revision, OutboxEvent, QueuedTask, Placement, Card, SearchRow, Shelf,
)  # fmt: skip


@pytest.fixture(autouse=True)
def hindi() -> Locale:
    return Locale.objects.get_or_create(language_code="hi")[0]


def run(
    folder, text=SPREE, *, name="catalogue.csv", at=None, images=None, tax_class="", dry_run=False, **options
) -> ImportReport:
    path = write(folder, text, name)
    writing = WritingOptions(images, tax_class, dry_run)
    return import_catalog(path=path, reading=ReadingOptions(**options), writing=writing, at=at or timezone.now())


def snapshot() -> dict[str, list]:
    """Every row of every table that an import may write."""
    rows = {}
    with connection.cursor() as cursor:
        for model in WRITTEN:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t ORDER BY 1")
            rows[model.__name__] = cursor.fetchall()
    return rows


def source(slug: str) -> Product:
    return Product.objects.get(slug=slug, is_source=True)


def variant(sku: str) -> Variant:
    return Variant.objects.get(sku=sku)


def price_of(sku: str, currency: str) -> tuple[int, int | None] | None:
    lines = PriceLine.objects.filter(variant__sku=sku, price_list__currency=currency, valid_to=None)
    return lines.values_list("amount", "compare_at").first()


def test_products_variants_prices_and_stock_are_there(tmp_path):
    report = run(tmp_path, conversions=("USD:INR=84.50",))
    assert (report.created, report.changed, report.unchanged, len(report.refusals)) == (2, 0, 0, 0)
    frother = source("milk-frother")
    assert frother.live and frother.core.is_live and frother.title == "Milk Frother"
    assert frother.summary == "Foam, hot or cold." and frother.core.attributes == {"wattage": "400W"}
    red = variant("MILK-FROTHER-RED")
    assert red.core == frother.core and red.options == {"color": "red"} and red.weight_grams == 907
    assert red.key == frother.variant_specs.get(sku=red.sku).key
    assert price_of("MILK-FROTHER-RED", "USD") == (3999, 4999)
    assert price_of("MILK-FROTHER-RED", "EUR") == (3699, None)
    assert price_of("MILK-FROTHER-RED", "INR") == (337916, 422416)
    assert frother.variant_specs.get(sku=red.sku).price == 337916
    assert StockItem.objects.get(variant=red).on_hand == 12
    assert StockMovement.objects.get(stock_item__variant=red).reason == "opening stock"


def test_what_the_file_calls_a_draft_is_one(tmp_path):
    report = run(tmp_path)
    cooker = source("rice-cooker")
    assert not cooker.live and not cooker.core.is_live and not Variant.objects.filter(core=cooker.core).exists()
    assert any("import again" in remark.reason for remark in report.remarks)
    change_product(product_id=cooker.core_id, fields={}, publish=True)
    report = run(tmp_path)
    assert report.stock_opened == 1 and price_of("RICE-COOKER-S", "USD") == (5950, None)


def test_options_and_categories_have_names_for_people(tmp_path):
    run(tmp_path)
    color = Attribute.objects.get(code="color")
    assert color.is_option and color.is_filterable and color.name == "Color"
    assert set(color.values.values_list("value", "label")) == {("red", "Red"), ("blue", "Blue"), ("steel", "Steel")}
    assert not Attribute.objects.get(code="wattage").is_option
    frothers = CategoryPage.objects.get(title="Frothers")
    assert frothers.get_parent().title == "Kitchen" and frothers.live
    assert list(source("milk-frother").category_links.values_list("category_id", flat=True)) == [frothers.pk]


def test_it_is_shown_when_the_import_has_ended(tmp_path):
    run(tmp_path, conversions=("USD:INR=84.50",))
    core = source("milk-frother").core
    kitchen = CategoryPage.objects.get(title="Kitchen")
    placed = Placement.objects.filter(core=core, currency="INR").values_list("category_id", "price", "in_stock")
    assert (kitchen.pk, 337916, True) in list(placed)
    assert Card.objects.filter(core=core, locale="en", currency="INR", name="Milk Frother").exists()
    assert SearchRow.objects.filter(core=core, locale="en").exists()
    assert Shelf.objects.filter(category_id=kitchen.pk, locale="en").exists()


def test_the_bulk_path_does_what_every_projector_does():
    """A new projector must be taken into write_chunk.py too: products that an import makes run none of them."""
    known = {"keep_base_prices", "keep_stock_items", "show"}
    assert {function.__name__ for _order, function in _projectors} <= known


def test_a_second_run_changes_nothing(tmp_path):
    run(tmp_path, conversions=("USD:INR=84.50",), at=datetime(2026, 1, 1, tzinfo=UTC))
    before = snapshot()
    report = run(tmp_path, conversions=("USD:INR=84.50",), at=datetime(2026, 1, 2, tzinfo=UTC))
    assert (report.created, report.changed, report.unchanged) == (0, 0, 2)
    assert snapshot() == before


@pytest.mark.parametrize("text", [SHOPIFY, WOOCOMMERCE])
def test_a_second_run_of_other_formats_changes_nothing_either(tmp_path, text):
    first = run(tmp_path, text)
    assert first.created == Product.objects.count() > 1
    before = snapshot()
    report = run(tmp_path, text)
    assert (report.created, report.changed, report.unchanged) == (0, 0, first.created)
    assert snapshot() == before


def test_rows_without_a_key_are_found_again(tmp_path):
    text = "game,release_date,price,publisher\nNova,Jul 2010,5.99,Acme\nNova,Jul 2011,NA,Acme\n東京,x,1,Ünïq\n"
    assert run(tmp_path, text, currency="USD").created == 3
    before = snapshot()
    assert run(tmp_path, text, currency="USD").unchanged == 3
    assert snapshot() == before
    assert {product.slug for product in Product.objects.all()} >= {"nova", "東京"}
    assert Brand.objects.filter(name__in=["Acme", "Ünïq"], live=True).count() == 2
    assert PriceLine.objects.count() == 2


def test_only_what_differs_is_written(tmp_path):
    run(tmp_path, conversions=("USD:INR=84.50",))
    versions = dict(ProductCore.objects.values_list("pk", "version"))
    report = run(tmp_path, SPREE.replace("BLUE,,39.99", "BLUE,,29.99"), conversions=("USD:INR=84.50",))
    assert (report.created, report.changed, report.unchanged) == (0, 1, 1)
    assert price_of("MILK-FROTHER-BLUE", "USD") == (2999, None) and price_of("MILK-FROTHER-BLUE", "INR") == (
        253416,
        None,
    )
    assert price_of("MILK-FROTHER-RED", "USD") == (3999, 4999)
    assert PriceLine.objects.filter(variant__sku="MILK-FROTHER-BLUE", price_list__currency="USD").count() == 2
    changed = {pk for pk, version in ProductCore.objects.values_list("pk", "version") if versions[pk] != version}
    assert changed == {source("milk-frother").core_id}
    assert Placement.objects.filter(core_id__in=changed, currency="INR", price=253416).exists()


def test_the_shop_counts_its_stock_itself(tmp_path):
    run(tmp_path)
    item = StockItem.objects.get(variant__sku="MILK-FROTHER-RED")
    receive(stock_item_id=item.pk, quantity=3, at=timezone.now())
    report = run(tmp_path, SPREE.replace(",12,", ",99,"))
    item.refresh_from_db()
    assert item.on_hand == 15 and report.stock_opened == 0
    assert any("counted before" in note for note in report.notes)


def test_a_price_that_a_draft_corrects_is_left_to_the_draft(tmp_path):
    run(tmp_path, "sku,name,price\nA,Cup,100\n")
    core = ProductCore.objects.get()
    change_product(product_id=core.pk, fields={"price": 90_00, "title": "Small cup"}, draft=True)
    before = snapshot()
    assert run(tmp_path, "sku,name,price\nA,Cup,100\n").unchanged == 1
    assert snapshot() == before


def test_a_changed_field_reaches_the_live_product_and_the_waiting_draft(tmp_path):
    run(tmp_path, "sku,name,price\nA,Cup,100\n")
    core = ProductCore.objects.get()
    change_product(product_id=core.pk, fields={"title": "Small cup"}, draft=True)
    assert run(tmp_path, "sku,name,price\nA,Cup,120\n").changed == 1
    live = source("cup")
    assert live.title == "Cup" and live.variant_specs.get().price == 120_00 and live.has_unpublished_changes
    draft = live.get_latest_revision_as_object()
    assert draft.title == "Small cup" and [spec.price for spec in draft.variant_specs.all()] == [120_00]


def test_fields_that_the_file_does_not_have_are_left_alone(tmp_path):
    run(tmp_path)
    core_id = source("milk-frother").core_id
    change_product(product_id=core_id, fields={"seo_title": "Foam", "summary": "Better words."})
    report = run(tmp_path, "sku,price,currency\nMILK-FROTHER-RED,35.00,USD\n")
    assert report.changed == 1
    frother = source("milk-frother")
    assert (frother.seo_title, frother.summary, frother.title) == ("Foam", "Better words.", "Milk Frother")
    assert price_of("MILK-FROTHER-RED", "USD") == (3500, 4999)
    assert frother.core.variants.filter(active=True).count() == 2


def test_a_row_that_names_one_variant_of_several_does_not_rename_the_product(tmp_path):
    run(tmp_path)
    report = run(tmp_path, "sku,name,price\nMILK-FROTHER-RED,Red frother,3000\n")
    assert report.changed == 1 and any("one variant of several" in remark.reason for remark in report.remarks)
    assert source("milk-frother").title == "Milk Frother" and price_of("MILK-FROTHER-RED", "INR") == (300000, None)
    assert variant("MILK-FROTHER-RED").options == {"color": "red"}


def test_a_new_variant_joins_its_product_and_none_is_taken_away(tmp_path):
    run(tmp_path)
    red = variant("MILK-FROTHER-RED").pk
    text = "slug,sku,name,price,currency,option1_name,option1_value,stock\nmilk-frother,MF-G,Milk Frother,40,USD,Color,Green,4\n"
    report = run(tmp_path, text)
    assert (report.changed, report.variants_created, report.stock_opened) == (1, 1, 1)
    assert list(source("milk-frother").core.variants.filter(active=True).order_by("position").values_list("sku", flat=True)) == [
        "MILK-FROTHER-RED", "MILK-FROTHER-BLUE", "MF-G",
    ]  # fmt: skip
    assert variant("MILK-FROTHER-RED").pk == red and StockItem.objects.get(variant__sku="MF-G").on_hand == 4


def test_a_sku_of_another_product_refuses_that_product_only(tmp_path):
    make_product(sku="MILK-FROTHER-RED", price=100, title="Something else")
    make_product(sku="Q", price=100, title="Frother", slug="milk-frother")
    before = list(VariantSpec.objects.order_by("pk").values_list("pk", "sku"))
    report = run(tmp_path)
    assert report.created == 1 and source("rice-cooker")
    (refusal,) = report.refusals
    assert refusal.line == 3 and "belongs to another product" in refusal.reason
    assert list(VariantSpec.objects.exclude(sku="RICE-COOKER-S").order_by("pk").values_list("pk", "sku")) == before


def test_what_the_database_refuses_is_refused_alone(tmp_path):
    other = make_product(sku="Y", price=100, title="Jug", slug="jug")
    copy = translate_product(product_id=other.core_id, locale="hi")
    # A row that is no source but stands in the default language: no handle finds it, yet its slug is taken.
    Product.objects.filter(pk=copy.pk).update(locale_id=other.locale_id, slug="taken", translation_key=uuid.uuid4())
    before = Product.objects.count()
    report = run(tmp_path, "handle,sku,name,price\ntaken,A,Pot,10\nfree,B,Pan,20\n")
    assert report.created == 1 and Product.objects.count() == before + 1
    assert [(refusal.line, refusal.product) for refusal in report.refusals] == [(2, "Pot")]
    assert not Variant.objects.filter(sku="A").exists() and Variant.objects.filter(sku="B").exists()


def test_a_change_that_the_shop_refuses_leaves_the_other_products_alone(tmp_path):
    head = "handle,sku,name,price,option1_name,option1_value\n"
    run(tmp_path, head + "cup,A,Cup,10,Size,S\njug,B,Jug,20,Size,S\n")
    before = list(VariantSpec.objects.filter(product__slug="cup").values_list("sku", "price"))
    report = run(tmp_path, head + "cup,A2,Cup,12,Size,S\njug,B,Jug,21,Size,S\n")
    assert (report.changed, len(report.refusals)) == (1, 1)
    assert report.refusals[0].line == 2 and "same options" in report.refusals[0].reason
    assert list(VariantSpec.objects.filter(product__slug="cup").values_list("sku", "price")) == before
    assert source("jug").variant_specs.get().price == 2100


def test_a_made_handle_goes_around_one_that_the_shop_has(tmp_path):
    make_product(sku="X", price=100, title="Cup", slug="cup")
    assert run(tmp_path, "sku,name,price\nA,Cup,10\n").created == 1
    made = Product.objects.get(variant_specs__sku="A")
    assert made.slug.startswith("cup-")
    before = snapshot()
    assert run(tmp_path, "sku,name,price\nA,Cup,10\n").unchanged == 1
    assert snapshot() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path):
    before = snapshot()
    report = run(tmp_path, dry_run=True)
    assert (report.created, report.stock_opened) == (2, 2) and report.dry_run
    assert snapshot() == before and not ImportRun.objects.exists()


def test_an_import_that_was_killed_goes_on_where_it_stopped(tmp_path, monkeypatch):
    rows = "".join(f"S{n},Cup {n},{n + 1}\n" for n in range(10))
    monkeypatch.setattr(importing, "CHUNK", 4)
    calls = []

    def dies_in_the_third(**kwargs):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return written(**kwargs)

    written = importing.write_chunk
    monkeypatch.setattr(importing, "write_chunk", dies_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, "sku,name,price\n" + rows)
    assert ProductCore.objects.count() == 8 and ImportRun.objects.get().finished_at is None
    monkeypatch.setattr(importing, "write_chunk", written)
    report = run(tmp_path, "sku,name,price\n" + rows)
    assert (report.created, report.unchanged) == (2, 8) and ProductCore.objects.count() == 10


def test_an_error_in_the_middle_of_a_chunk_leaves_nothing_of_it(tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("out of power")

    before = snapshot()
    monkeypatch.setattr(writing_chunks, "write_live_rows", fail)
    with pytest.raises(RuntimeError):
        run(tmp_path)
    assert snapshot() == before


def test_texts_in_a_language_of_the_shop_become_translations(tmp_path):
    texts = "slug,locale,name,description\nmilk-frother,hi,दूध फेंटने वाला,झाग।\nmilk-frother,de,Milchschäumer,Schaum.\n"
    path = write(tmp_path, texts, "translations.csv")
    report = run(tmp_path, translations=path)
    hindi = Product.objects.get(core=source("milk-frother").core, is_source=False)
    assert hindi.title == "दूध फेंटने वाला" and hindi.live and hindi.locale.language_code == "hi"
    assert any("'de'" in note for note in report.notes)
    before = snapshot()
    assert run(tmp_path, translations=path).unchanged == 2 and snapshot() == before
    write(tmp_path, texts.replace("झाग।", "ठंडा या गरम।"), "translations.csv")
    assert run(tmp_path, translations=path).changed == 1
    hindi.refresh_from_db()
    assert hindi.summary == "ठंडा या गरम।" and Product.objects.filter(core=hindi.core).count() == 2


def test_a_translation_can_come_later(tmp_path):
    run(tmp_path)
    path = write(tmp_path, "slug,locale,name\nmilk-frother,hi,फेंटने वाला\n", "translations.csv")
    assert run(tmp_path, translations=path).changed == 1
    assert Product.objects.get(core=source("milk-frother").core, locale__language_code="hi").live


def test_categories_of_the_shop_are_found_by_their_names(tmp_path):
    kitchen = make_category("kitchen")
    make_category("Frothers")
    run(tmp_path)
    below = CategoryPage.objects.get(title="Frothers", path__startswith=kitchen.path)
    assert below.get_parent().pk == kitchen.pk and below.slug == "kitchen-frothers"
    assert CategoryPage.objects.filter(title__iexact="kitchen").count() == 1


def test_status_takes_off_sale_but_never_puts_back(tmp_path):
    run(tmp_path)
    run(tmp_path, SPREE.replace("active", "draft"))
    frother = source("milk-frother")
    assert not frother.live and not frother.core.is_live
    report = run(tmp_path)
    assert not source("milk-frother").live and any("stays off" in remark.reason for remark in report.remarks)


def test_html_of_a_description_is_cleaned(tmp_path):
    text = 'sku,name,description,price\nA,Cup,"<h1>Hot</h1><script>alert(1)</script><p onclick=x>Clay<br>cup</p>",10\n'
    run(tmp_path, text)
    body = source("cup").body.raw_data[0]["value"]
    assert "script" not in body and "onclick" not in body and "<h3>Hot</h3>" in body
    assert source("cup").summary == "Hot Clay cup"


def test_new_products_get_the_tax_class_that_was_asked_for(tmp_path):
    make_tax_class(1800)
    run(tmp_path, tax_class="gst-1800")
    assert source("milk-frother").core.tax_class.code == "gst-1800"


def test_the_admin_finds_what_was_imported(tmp_path):
    run(tmp_path, "sku,name,price,category\nA,Cup,10,Kitchen\n")
    relay_due()
    run_due()
    found = get_search_backend().search("cup", Product.objects.all())
    assert [product.title for product in found] == ["Cup"]
    kitchen = CategoryPage.objects.get(title="Kitchen")
    assert ReferenceIndex.get_references_to(kitchen).exists()


def test_one_entry_in_the_log(tmp_path):
    run(tmp_path)
    entry = ImportRun.objects.get()
    assert (entry.created, entry.changed, entry.refused) == (2, 0, 0) and entry.finished_at
    assert not Revision.objects.filter(content_type__model="product").exists()
