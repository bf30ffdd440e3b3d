"""`/api/inventory/`: who may, what it tells, what it refuses."""

from __future__ import annotations

import pytest

from catalog.inventory.models import Location, Reservation, StockItem, StockMovement
from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.reserve import Wanted, reserve
from catalog.product.models import Variant
from shop.core.outbox.models import OutboxEvent
from tests.factories.people import client_of, make_user
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db
LIST = "/api/inventory/"


@pytest.fixture
def maya(db):
    return client_of(make_user("maya", role="merchandiser"))


@pytest.fixture
def mug(db):
    return make_variant(sku="MUG-1", stock=10)


def one(item: StockItem | int) -> str:
    return f"{LIST}{getattr(item, 'pk', item)}/"


def everything() -> list:
    models = (StockItem, StockMovement, Reservation, Location, OutboxEvent)
    return [list(model.objects.order_by("pk").values()) for model in models]


def hold(variant: Variant, quantity: int) -> None:
    from django.utils import timezone

    reserve(lines=[Wanted(variant.pk, quantity)], reference="order:1", expires_at=None, at=timezone.now())


def test_a_record_tells_what_is_on_the_shelf(maya, mug):
    hold(mug, 6)
    answer = maya.get(LIST)
    assert answer.status_code == 200 and answer.json()["count"] == 1
    assert answer.json()["results"][0] == {
        "id": item_of(mug).pk, "product": mug.core_id, "variant": mug.pk, "sku": "MUG-1", "location": "main",
        "quantity": 10, "reserved": 6, "available": 4, "threshold": 5, "max_per_order": None, "is_low": True,
    }  # fmt: skip
    assert maya.get(one(item_of(mug))).json() == answer.json()["results"][0]


def test_it_is_narrowed(maya, mug):
    few = make_variant(sku="FEW", stock=2)
    for query, skus in {
        f"product={mug.core_id}": ["MUG-1"], "sku=FEW": ["FEW"], "low=true": ["FEW"], "low=false": ["MUG-1"],
        "sku=nothing": [], "sku=%00": [], f"product={mug.core_id}&low=true": [],
    }.items():  # fmt: skip
        found = maya.get(f"{LIST}?{query}")
        assert [row["sku"] for row in found.json()["results"]] == skus, query
    for query in ("product=x", "product=-1", f"product={10**30}", "low=maybe", "page_size=500"):
        assert maya.get(f"{LIST}?{query}").status_code == 400, query
    assert item_of(few).on_hand == 2


def test_the_list_costs_a_fixed_number_of_queries(maya, mug, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        maya.get(LIST)
    for number in range(12):
        make_variant(sku=f"V{number}")
    with django_assert_num_queries(len(few)):
        assert maya.get(LIST).json()["count"] == 13


@pytest.mark.parametrize("method", ["put", "patch"])
def test_setting_the_quantity_writes_the_difference(maya, mug, method):
    item = item_of(mug)
    answer = getattr(maya, method)(one(item), {"quantity": 7, "reason": "Counted", "reserved": 99, "id": 1})
    assert (answer.status_code, answer.json()["quantity"], answer.json()["reserved"]) == (200, 7, 0)
    movement = item.movements.order_by("-pk").first()
    assert (movement.delta, movement.kind, movement.reason, movement.actor) == (-3, "adjustment", "Counted", "maya")
    again = getattr(maya, method)(one(item), {"quantity": 7})
    assert again.status_code == 200 and item.movements.count() == 2  # opening and one difference


def test_the_threshold_is_set_without_a_movement(maya, mug):
    answer = maya.patch(one(item_of(mug)), {"threshold": 12})
    assert answer.json()["is_low"] is True and answer.json()["quantity"] == 10
    assert item_of(mug).movements.count() == 1
    assert OutboxEvent.objects.filter(name="stock.low").count() == 1


def test_the_most_in_an_order_is_set_and_taken_off(maya, mug):
    assert maya.patch(one(item_of(mug)), {"max_per_order": 3}).json()["max_per_order"] == 3
    assert maya.patch(one(item_of(mug)), {"threshold": 2}).json()["max_per_order"] == 3
    assert maya.patch(one(item_of(mug)), {"max_per_order": None}).json()["max_per_order"] is None
    assert item_of(mug).movements.count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quantity": -1}, "quantity"), ({"quantity": 10**9}, "quantity"), ({"quantity": 1.5}, "quantity"),
        ({"quantity": "many"}, "quantity"), ({"quantity": None}, "quantity"), ({"threshold": -1}, "threshold"),
        ({"max_per_order": 0}, "max_per_order"), ({"max_per_order": 1000}, "max_per_order"),
        ({"quantity": 5, "reason": "x" * 201}, "reason"), ({"quantity": 5, "threshold": 10**9}, "threshold"),
    ],
)  # fmt: skip
def test_bad_numbers_are_named_and_change_nothing(maya, mug, body, field):
    before = everything()
    answer = maya.patch(one(item_of(mug)), body)
    assert answer.status_code == 400 and field in answer.json()["errors"]
    assert everything() == before


def test_put_needs_the_quantity(maya, mug):
    before = everything()
    answer = maya.put(one(item_of(mug)), {"threshold": 3})
    assert answer.status_code == 400 and "quantity" in answer.json()["errors"]
    assert everything() == before


def test_what_is_reserved_stays(maya, mug):
    hold(mug, 6)
    before = everything()
    answer = maya.patch(one(item_of(mug)), {"quantity": 5, "threshold": 1})
    assert (answer.status_code, answer.json()["code"]) == (409, "stock_reserved")
    answer = maya.post(f"{one(item_of(mug))}movements/", {"delta": -5, "reason": "Broken"})
    assert (answer.status_code, answer.json()["code"]) == (409, "stock_reserved")
    assert everything() == before


def test_movements_are_read_and_written(maya, mug):
    path = f"{one(item_of(mug))}movements/"
    answer = maya.post(path, {"delta": -2, "reason": "Broken"})
    assert answer.status_code == 201
    assert {key: answer.json()[key] for key in ("delta", "kind", "reason", "by", "reference")} == {
        "delta": -2, "kind": "adjustment", "reason": "Broken", "by": "maya", "reference": ""
    }  # fmt: skip
    listed = maya.get(path).json()
    assert [row["delta"] for row in listed["results"]] == [-2, 10] and listed["results"][0]["at"].endswith("Z")
    assert item_of(mug).on_hand == 8


@pytest.mark.parametrize("body", [{"delta": 0, "reason": "x"}, {"delta": 1}, {"delta": -11, "reason": "x"}, {"reason": "x"},
                                  {"delta": 10**9, "reason": "x"}])  # fmt: skip
def test_bad_movements_change_nothing(maya, mug, body):
    before = everything()
    answer = maya.post(f"{one(item_of(mug))}movements/", body)
    assert answer.status_code == 400 and answer.json()["errors"]
    assert everything() == before


def test_a_second_location_is_opened_once(maya, mug):
    body = {"product": mug.core_id, "location": "pune", "quantity": 4, "threshold": 2, "reason": "New store"}
    answer = maya.post(LIST, body)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["location"], made["quantity"], made["threshold"], made["variant"]) == ("pune", 4, 2, mug.pk)
    before = everything()
    again = maya.post(LIST, body)
    assert (again.status_code, again.json()["code"], again.json()["id"]) == (409, "stock_item_exists", made["id"])
    assert everything() == before


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "variant"), ({"sku": "none"}, "sku"), ({"variant": 10**9}, "variant"), ({"product": 10**9}, "product"),
     ({"sku": "MUG-1", "location": "no such place!"}, "location"), ({"sku": "MUG-1", "quantity": -1}, "quantity")],
)  # fmt: skip
def test_a_bad_new_record_changes_nothing(maya, mug, body, field):
    before = everything()
    answer = maya.post(LIST, {"location": "pune"} | body)
    assert answer.status_code == 400 and field in answer.json()["errors"]
    assert everything() == before


def test_only_an_unused_record_is_deleted(maya, mug):
    unused = make_variant(sku="NEW", stock=0)
    assert maya.delete(one(item_of(unused))).status_code == 204
    assert not StockItem.objects.filter(variant=unused).exists()
    before = everything()
    answer = maya.delete(one(item_of(mug)))
    assert (answer.status_code, answer.json()["code"]) == (409, "stock_item_in_use")
    maya.patch(one(item_of(mug)), {"quantity": 0})
    assert maya.delete(one(item_of(mug))).status_code == 409
    assert len(before[0]) == StockItem.objects.count()


@pytest.mark.parametrize(
    ("role", "status"), [("admin", 200), ("merchandiser", 200), ("support", 403), ("customer", 403), (None, 401)]
)
def test_who_may(mug, role, status):
    client = client_of(make_user(role=role) if role else None)
    path, before = one(item_of(mug)), everything()
    calls = [client.get(LIST), client.get(path), client.get(f"{path}movements/")]
    if status != 200:
        calls += [client.patch(path, {"quantity": 1}), client.put(path, {"quantity": 1}), client.delete(path),
                  client.post(LIST, {"sku": "MUG-1"}), client.post(f"{path}movements/", {"delta": 1, "reason": "x"})]  # fmt: skip
    assert [answer.status_code for answer in calls] == [status] * len(calls)
    assert everything() == before


def test_a_vendor_sees_and_moves_its_own_only(mug):
    vendor = make_user("vani", role="vendor")
    own = make_variant(sku="OWN", stock=3)
    own.core.seller = vendor
    own.core.save()
    client = client_of(vendor)
    assert [row["sku"] for row in client.get(LIST).json()["results"]] == ["OWN"]
    assert client.patch(one(item_of(own)), {"quantity": 5}).status_code == 200
    before = everything()
    foreign = one(item_of(mug))
    answers = [client.get(foreign), client.patch(foreign, {"quantity": 1}), client.delete(foreign),
               client.get(f"{foreign}movements/"), client.post(f"{foreign}movements/", {"delta": 1, "reason": "x"}),
               client.get(one(10**9)), client.get(one(10**25))]  # fmt: skip
    assert [answer.status_code for answer in answers] == [404] * 7
    assert client.post(LIST, {"sku": "MUG-1", "location": "pune"}).status_code == 400
    assert everything() == before


def test_every_variant_has_a_record(maya):
    variant = make_variant(sku="BARE", stock=0)
    ensure_items(variant_ids=[variant.pk])
    assert maya.get(f"{LIST}?sku=BARE").json()["count"] == 1
