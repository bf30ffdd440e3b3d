"""The read model follows the truth: by events, by the clock, by the rebuild; pictures come in their sizes."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from PIL import Image as Picture

from catalog.inventory.models import StockMovement
from catalog.inventory.services.adjust import adjust
from catalog.listing import images, tasks
from catalog.listing.images import pictures_of, specs_for
from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.models import Card, Detail, Placement, SearchRow, SearchWord, Shelf, ShelfCount
from catalog.listing.projectors import shown_together
from catalog.listing.services.rebuild import rebuild
from catalog.listing.services.refresh import refresh
from catalog.pricing.models import PriceLine
from catalog.product.models import Product
from catalog.product.services.create_product import create_product
from shop.core.context import ShopContext
from shop.core.tasks.runner import run_everything_due
from tests.factories.catalog import make_brand, make_category, make_image, make_product, translate
from tests.factories.variants import item_of

pytestmark = pytest.mark.django_db


def cards(**filters):
    return json.loads(catalogue().list(ListQuery(ShopContext.now(), **filters)).results)


def counted(category=0):
    return sum(ShelfCount.objects.filter(category_id=category, currency="INR").values_list("n", flat=True))


def test_a_refresh_costs_the_same_for_one_and_for_many(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    table = make_category("Table")
    ids = [make_product(categories=[table], brand=make_brand(), images=[make_image()]).pk for _ in range(4)]
    with CaptureQueriesContext(connection) as one:
        refresh(ids[:1])
    with django_assert_num_queries(len(one)):
        refresh(ids)
    assert len(one) <= 25


def test_a_refresh_that_changes_nothing_writes_nothing():
    core = make_product(categories=[make_category()])
    from django.db import connection

    def versions():
        with connection.cursor() as cursor:
            for table in ("placement", "card", "detail", "searchrow"):
                cursor.execute(
                    f"SELECT array_agg(ctid::text ORDER BY id) FROM listing_{table} WHERE core_id = %s", [core.pk]
                )
                yield cursor.fetchone()

    before = list(versions())
    assert refresh([core.pk]) == 1
    assert list(versions()) == before


def test_shelves_are_counted_by_the_database_whoever_writes():
    table = make_category("Table")
    mugs = make_category("Mugs", parent=table)
    cores = [make_product(categories=[mugs]) for _ in range(3)]
    assert (counted(), counted(table.pk), counted(mugs.pk)) == (3, 3, 3)
    cores[0].contents.update(live=False)
    refresh([core.pk for core in cores])
    assert (counted(), counted(table.pk)) == (2, 2)
    tasks.sum_up_shelf_counts()
    assert (counted(), counted(mugs.pk), ShelfCount.objects.filter(category_id=mugs.pk, currency="INR").count()) == (
        2,
        2,
        1,
    )
    Placement.objects.all().delete()
    assert counted() == 0


def test_stock_that_runs_out_and_comes_back():
    core = make_product(stock=5)
    item = item_of(core.variants.get())
    adjust(stock_item_id=item.pk, delta=-5, reason="broken", actor="t", at=timezone.now())
    assert cards()[0]["stock"] == 0, "stock is joined when the list is read"
    run_everything_due()
    assert cards(in_stock=True) == []
    adjust(stock_item_id=item.pk, delta=2, reason="found", actor="t", at=timezone.now())
    run_everything_due()
    assert [card["low_stock"] for card in cards(in_stock=True)] == [2]


def test_a_price_boundary_is_kept_by_the_clock():
    core = make_product(price=10000)
    line = PriceLine.objects.get(variant__core=core)
    soon = timezone.now() + timedelta(hours=1)
    PriceLine.objects.filter(pk=line.pk).update(valid_to=soon)
    PriceLine.objects.create(
        price_list=line.price_list, variant=line.variant, amount=8000, compare_at=10000, valid_from=soon
    )
    refresh([core.pk])
    assert Card.objects.filter(core=core, currency="INR", locale="en").values_list("valid_until", flat=True)[0] == soon
    assert tasks.refresh_what_is_no_longer_true() == 0
    with time_machine.travel(soon + timedelta(seconds=1)):
        assert tasks.refresh_what_is_no_longer_true() == 1
        card = cards(on_sale=True)[0]
    assert (card["price"], card["compare_at_price"], card["percent_off"]) == ("80.00", "100.00", 20)


def test_new_until_thirty_days_have_passed():
    make_product(days_old=29)
    assert cards()[0]["is_new"]
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        tasks.refresh_what_is_no_longer_true()
        assert not cards()[0]["is_new"]


def test_what_is_shipped_becomes_popular():
    lamp, bowl = make_product("Lamp"), make_product("Bowl")
    item = item_of(lamp.variants.get())
    StockMovement.objects.create(stock_item=item, delta=-3, kind="sale", at=timezone.now())
    tasks.count_popularity()
    assert [card["name"] for card in cards(ordering="popular")] == ["Lamp", "Bowl"]
    refresh([lamp.pk])
    assert Placement.objects.filter(core=lamp).values_list("popularity", flat=True)[0] == 3, "a publish keeps it"
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert tasks.count_popularity() == Placement.objects.filter(core=lamp).count()
    assert bowl.placements.first().popularity == 0


def test_a_published_product_stands_on_its_shelf_at_once():
    table = make_category("Table")
    core = create_product(fields={"title": "Chai mug", "price": 64900, "category_ids": [table.pk]})
    assert [card["id"] for card in cards(category=table.pk)] == [core.pk]


def test_an_import_shows_its_products_together(monkeypatch):
    batches = []
    monkeypatch.setattr("catalog.listing.projectors.refresh", lambda ids: batches.append(list(ids)))
    table = make_category("Table")
    with shown_together():
        made = [
            create_product(fields={"title": f"Mug {n}", "price": 100, "category_ids": [table.pk]}).pk for n in range(3)
        ]
        assert batches == []
    assert batches == [made]


def test_a_translation_comes_and_goes_with_its_events():
    core = make_product("Mug")
    content = translate(core, "मग")
    Product.objects.filter(pk=content.pk).update(title="प्याला")
    from django.db import transaction

    from catalog.product.events import ProductPublished
    from shop.core.outbox import publish

    with transaction.atomic():
        publish(ProductPublished(core.pk, "hi"), aggregate="x")
    run_everything_due()
    assert Card.objects.get(core=core, locale="hi", currency="INR").name == "प्याला"


def test_a_category_that_is_renamed_moved_or_unpublished():
    table, kitchen = make_category("Table"), make_category("Kitchen")
    mugs = make_category("Mugs", parent=table)
    core = make_product(categories=[mugs])
    mugs.move(kitchen, pos="last-child")
    run_everything_due()
    assert [card["id"] for card in cards(category=kitchen.pk)] == [core.pk]
    assert cards(category=table.pk) == []
    mugs.refresh_from_db()
    mugs.title = "Cups"
    mugs.save_revision().publish()
    run_everything_due()
    assert Shelf.objects.get(category_id=mugs.pk, locale="en").name == "Cups"
    assert json.loads(Detail.objects.get(core=core, locale="en").data)["breadcrumbs"][-1]["name"] == "Cups"
    kitchen.refresh_from_db()
    kitchen.unpublish()
    run_everything_due()
    assert not Shelf.objects.filter(category_id__in=[kitchen.pk, mugs.pk]).exists(), "nor is what lies below it on show"
    assert (cards(category=mugs.pk), len(cards())) == ([], 1)


def test_the_rebuild_makes_everything_anew():
    table = make_category("Table")
    live, gone = make_product("Mug", categories=[table]), make_product("Gone")
    truth = list(Card.objects.filter(core=live).order_by("pk").values_list("data", flat=True))
    gone.contents.update(live=False)
    for model in (Card, Placement, SearchRow, Shelf):
        model.objects.filter().exclude(**({"core": gone} if model is not Shelf else {"pk": 0})).delete()
    SearchWord.objects.create(locale="en", word="stale")
    call_command("rebuild_listing", verbosity=0)
    assert [card["id"] for card in cards(category=table.pk)] == [live.pk]
    assert list(Card.objects.filter(core=live).order_by("pk").values_list("data", flat=True)) == truth
    assert not Card.objects.filter(core=gone).exists()
    assert not SearchWord.objects.filter(word="stale").exists()
    assert not (settings.DATA_DIR / "rebuild-listing.progress").exists()


def test_a_rebuild_that_was_stopped_goes_on(monkeypatch, tmp_path):
    monkeypatch.setattr("catalog.listing.services.rebuild.CHUNK", 2)
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    ids = [make_product(refreshed=False).pk for _ in range(5)]
    running = rebuild()
    assert next(running) == (ids[1], 2)
    running.close()
    (tmp_path / "rebuild-listing.progress").write_text(str(ids[1]))
    refreshed = []
    monkeypatch.setattr("catalog.listing.services.rebuild.refresh", lambda chunk: refreshed.extend(chunk))
    call_command("rebuild_listing", verbosity=0)
    assert refreshed == ids[2:]


def test_specs_never_enlarge():
    assert set(specs_for(800)) == {
        "format-webp|width-320", "format-webp|width-480", "format-webp|width-640", "format-webp|width-960",
        "format-avif|width-320", "format-avif|width-480", "format-avif|width-640"}  # fmt: skip
    assert list(specs_for(100)) == ["format-webp|width-320", "format-avif|width-320"]


def test_pictures_come_in_their_sizes_from_a_task_and_never_in_a_request(monkeypatch, django_assert_num_queries):
    image = make_image(width=500, height=400)
    core = make_product(images=[image])
    before = cards()[0]["image"]
    assert (before["srcset"], before["width"]) == ("", 500), "until then: as it was uploaded"
    run_everything_due()
    run_everything_due()
    after = cards()[0]["image"]
    assert after["srcset"].count(".webp") == 3
    assert after["srcset"].endswith(" 500w")
    with django_assert_num_queries(2):
        picture = pictures_of([image.pk])[image.pk]
    assert picture.missing == ()
    sources = json.loads(Detail.objects.get(core=core, locale="en").data)["images"][0]["sources"]
    assert [source["type"] for source in sources] == ["image/avif"]
    assert not images.make_renditions(image.pk), "nothing is left to do"
    assert not images.make_renditions(10**6)


def test_a_replaced_picture_is_made_anew():
    image = make_image(width=330)
    core = make_product(images=[image])
    run_everything_due()
    run_everything_due()
    old = cards()[0]["image"]["url"]
    replacement = make_image(width=350)
    image.file, image.width, image.height = replacement.file, 350, 350
    image._set_image_file_metadata()
    image.save()
    image.renditions.all().delete()
    run_everything_due()
    run_everything_due()
    assert cards()[0]["image"]["url"] != old
    assert core.pk == cards()[0]["id"]


def test_the_picture_that_is_made_can_be_opened():
    image = make_image(width=400)
    images.make_renditions(image.pk)
    for rendition in image.renditions.all():
        with rendition.file.open() as file, Picture.open(file) as opened:
            assert opened.width == rendition.width <= 400
