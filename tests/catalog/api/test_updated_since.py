"""Systems that keep a copy of the catalogue hear of every change, and of what went. Real commits: a transaction has one
time of its own, and what is not committed yet must not be lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from catalog.listing.models import Change
from catalog.listing.services.refresh import refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.pricing.models import PriceLine
from catalog.product.models import CategoryLink, Product, ProductCore
from catalog.product.services.delete_category import delete_category
from catalog.product.services.unpublish_product import unpublish_product
from shop.core.api.xml import from_xml
from shop.core.tasks.runner import run_everything_due
from tests.factories.catalog import make_category, make_product

PRODUCTS, CATEGORIES = "/api/product/", "/api/category/"


class Copy:
    """What another system does: asks for what changed since it asked last, page by page."""

    def __init__(self, path: str, **more) -> None:
        self.path, self.more, self.client = path, more, Client()
        self.since, self.things = "2026-01-01T00:00:00Z", {}

    def sync(self, size: int = 100) -> tuple[list[str], list[int]]:
        """Names that came, ids that went."""
        page = self._get(self.path, {"updated_since": self.since, "page_size": size, **self.more})
        until, came, went = page["until"], [*page["results"]], [*page["deleted"]]
        while page["next"]:
            page = self._get(page["next"])
            assert page["until"] == until
            came, went = [*came, *page["results"]], [*went, *page["deleted"]]
        assert page["count"] == len(came) + len(went)
        self.since = until
        self.things |= {thing["id"]: thing for thing in came}
        for gone in went:
            self.things.pop(gone["id"], None)
        return [thing["name"] for thing in came], [gone["id"] for gone in went]

    def _get(self, *asked) -> dict:
        answer = self.client.get(*asked)
        assert answer.status_code == 200, answer.content
        return answer.json()


def in_other_thread(work) -> threading.Thread:
    def run():
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def show_for(core: ProductCore, paise: int) -> None:
    PriceLine.objects.filter(variant__core=core).update(amount=paise)
    refresh([core.pk])


def test_a_copy_of_the_products_stays_true(own_database):
    table = make_category("Table")
    mug, bowl = make_product("Mug", categories=[table]), make_product("Bowl", categories=[table])
    shop, shelf = Copy(PRODUCTS), Copy(f"{PRODUCTS}category/{table.pk}/")
    by_slug = Copy(PRODUCTS, category=table.slug)
    copies = (shop, shelf, by_slug)
    for copy in copies:
        assert copy.sync() == (["Mug", "Bowl"], [])
        assert copy.sync() == ([], []), "nothing happened"

    show_for(mug, 50000)
    for copy in copies:
        assert copy.sync() == (["Mug"], [])
        assert copy.things[mug.pk]["price"] == "500.00"

    unpublish_product(product_id=bowl.pk)
    run_everything_due()
    assert all(copy.sync() == ([], [bowl.pk]) for copy in copies)
    Product.objects.filter(core=bowl).update(live=True)
    ProductCore.objects.filter(pk=bowl.pk).update(is_live=True)
    refresh([bowl.pk])
    assert all(copy.sync() == (["Bowl"], []) for copy in copies), "published again: no tombstone is left"

    CategoryLink.objects.filter(product__core=bowl).delete()
    refresh([bowl.pk])
    assert shop.sync() == (["Bowl"], []), "it is another one now: without a category"
    assert shelf.sync() == by_slug.sync() == ([], [bowl.pk]), "moved away"

    with connection.cursor() as cursor:  # whoever deletes it: the rows of the read model go, and tell
        cursor.execute("DELETE FROM listing_placement WHERE core_id = %s", [mug.pk])
    assert all(copy.sync() == ([], [mug.pk]) for copy in copies)
    assert list(shop.things) == [bowl.pk]


def test_a_copy_of_the_categories_stays_true(own_database):
    table, garden = make_category("Table"), make_category("Garden")
    mugs = make_category("Mugs", parent=table)
    copy = Copy(CATEGORIES)
    assert sorted(copy.sync()[0]) == ["Garden", "Mugs", "Table"]
    refresh_shelves()
    assert copy.sync() == ([], []), "written anew, and the same"

    garden.title = "Balcony"
    garden.save()
    refresh_shelves()
    assert copy.sync() == (["Balcony"], [])
    mugs.refresh_from_db()
    mugs.move(garden, pos="last-child")
    refresh_shelves()
    assert copy.sync() == (["Mugs"], [])
    assert copy.things[mugs.pk]["parent"] == garden.pk

    mugs.refresh_from_db()
    mugs.unpublish()
    run_everything_due()
    assert copy.sync() == ([], [mugs.pk])
    mugs.refresh_from_db()
    mugs.save_revision().publish()
    run_everything_due()
    assert copy.sync() == (["Mugs"], [])
    delete_category(category_id=table.pk)
    run_everything_due()
    assert copy.sync() == ([], [table.pk])
    assert sorted(thing["name"] for thing in copy.things.values()) == ["Balcony", "Mugs"]


def test_what_is_committed_late_is_told_the_next_time(own_database):
    mug, bowl = make_product("Mug"), make_product("Bowl")
    copy, written, asked = Copy(PRODUCTS), threading.Event(), threading.Event()
    copy.sync()

    def change_slowly():
        with transaction.atomic():
            show_for(mug, 10000)
            written.set()
            assert asked.wait(20)

    thread = in_other_thread(change_slowly)
    assert written.wait(20)
    show_for(bowl, 20000)
    assert copy.sync() == (["Bowl"], []), "the other one is not there yet"
    asked.set()
    thread.join()
    assert "Mug" in copy.sync()[0]


def test_what_changes_while_it_is_read_comes_again(own_database):
    cores = [make_product(f"P{number}") for number in range(5)]
    copy, client = Copy(PRODUCTS), Client()
    first = client.get(PRODUCTS, {"updated_since": copy.since, "page_size": 2}).json()
    assert [card["name"] for card in first["results"]] == ["P0", "P1"]
    show_for(cores[0], 12300)
    unpublish_product(product_id=cores[3].pk)
    run_everything_due()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    assert [card["name"] for card in second["results"]] == ["P2", "P4"]
    assert [card["name"] for card in third["results"]] == ["P0"]
    assert [gone["id"] for gone in third["deleted"]] == [cores[3].pk]
    assert (third["next"], third["previous"]) == (None, None)
    assert Copy(PRODUCTS).sync(size=1) == (["P1", "P2", "P4", "P0"], [cores[3].pk])


def test_the_same_in_xml_in_three_queries(db, client, django_assert_num_queries):
    core = make_product("Mug", categories=[make_category("Table")])
    Change.objects.create(shelf=0, thing_id=4711, changed_at=timezone.now() + timedelta(minutes=1), is_gone=True)
    asked = {"updated_since": "2026-01-01T00:00:00+05:30"}
    with django_assert_num_queries(3):
        said = client.get(PRODUCTS, asked).json()
    with django_assert_num_queries(3):
        assert client.get(CATEGORIES, asked).json()["results"][0]["name"] == "Table"
    told = from_xml(client.get(PRODUCTS, asked, headers={"Accept": "application/xml"}).content)
    assert [card["id"] for card in told["results"]] == [str(core.pk)]
    assert told["deleted"] == [{"id": "4711", "deleted_at": said["deleted"][0]["deleted_at"]}]
    thin = client.get(PRODUCTS, asked | {"fields": "id"}).json()
    assert (thin["results"], thin["deleted"]) == ([{"id": core.pk}], said["deleted"])


@pytest.mark.parametrize("path", [PRODUCTS, CATEGORIES])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("updated_since", ""), ("updated_since", "yesterday"), ("updated_since", "2026-01-31"),
        ("updated_since", "2026-01-31T09:30:00"), ("updated_since", "2026-02-30T00:00:00Z"), ("cursor", "cD0x"),
        ("page_size", "101"), ("page", "2"), ("q", "mug"), ("attr_color", "red"), ("tree", "true"),
    ],
)  # fmt: skip
def test_a_bad_value_is_named(client, db, path, name, value):
    answer = client.get(path, {"updated_since": "2026-01-31T09:30:00Z", name: value})
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [name]


def test_a_category_that_never_was(client, db):
    assert client.get(f"{PRODUCTS}category/99/", {"updated_since": "2026-01-31T09:30:00Z"}).status_code == 404
