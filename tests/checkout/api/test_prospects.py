"""What an order says of itself: what can still be done, when it arrives, and its options in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.order.models import Order
from checkout.order.rules import UNCONFIRMED
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.request_return import request_return
from checkout.order.services.ship_order import ship_order
from tests.factories import orders as made
from tests.factories.catalog import make_attribute
from tests.factories.people import client_of, make_user
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha():
    return make_user("asha", email="asha@example.com")


def told(asha, order) -> dict:
    answer = client_of(asha).get(f"/api/order/{order.pk}/").json()
    listed = client_of(asha).get("/api/order/").json()["results"]
    assert answer == next(row for row in listed if row["id"] == order.pk)  # the list says the same
    return answer


@pytest.mark.usefixtures("noon")
def test_what_can_be_done_follows_the_order(asha):
    order = made.make_order_of({make_variant(stock=5): 1}, user=asha)
    fresh = told(asha, order)
    assert (fresh["can_cancel"], fresh["can_change_address"], fresh["can_return"], fresh["can_pay"]) == (
        True,
        True,
        False,
        False,
    )
    today = timezone.localdate()
    assert today.isoformat() < fresh["arrival"]["earliest_date"] <= fresh["arrival"]["latest_date"]
    ship_order(order_id=order.pk, at=timezone.now())
    assert (told(asha, order)["can_cancel"], told(asha, order)["can_return"]) == (False, False)
    deliver_order(order_id=order.pk, at=timezone.now())
    arrived = told(asha, order)
    assert (arrived["can_return"], arrived["arrival"]) == (True, None)
    line = order.lines.get().pk
    request_return(order_id=order.pk, items={line: 1}, reason="too wide", at=timezone.now())
    assert told(asha, order)["can_return"] is False


def test_the_return_window_ends(asha, settings):
    order = made.make_order_of({make_variant(stock=5): 1}, user=asha)
    long_ago = timezone.now() - timedelta(days=settings.RETURN_WINDOW_DAYS + 1)
    ship_order(order_id=order.pk, at=long_ago)
    deliver_order(order_id=order.pk, at=long_ago)
    assert told(asha, order)["can_return"] is False


def test_unpaid_cancelled_and_held_orders_promise_no_day(asha):
    unpaid = made.make_order(variant=make_variant(stock=5), method="razorpay", user=asha)
    assert (told(asha, unpaid)["can_pay"], told(asha, unpaid)["arrival"]) == (True, None)
    cancel_order(order_id=unpaid.pk, at=timezone.now(), by="asha")
    assert (told(asha, unpaid)["can_cancel"], told(asha, unpaid)["can_pay"]) == (False, False)
    cash = made.make_order(variant=make_variant(stock=5), user=asha)
    assert told(asha, cash)["cash_code_wanted"] is False
    Order.objects.filter(pk=cash.pk).update(review_reason=UNCONFIRMED)
    assert (told(asha, cash)["cash_code_wanted"], told(asha, cash)["arrival"]) == (True, None)


def test_a_list_costs_the_same_for_many_orders(asha, django_assert_max_num_queries):
    client = client_of(asha)
    for _number in range(6):
        order = made.make_order_of({make_variant(stock=5): 1}, user=asha)
        ship_order(order_id=order.pk, at=timezone.now())
    with django_assert_max_num_queries(9):
        assert client.get("/api/order/").json()["count"] == 6


def test_options_in_words(asha):
    make_attribute("size", {"250-ml": "250 ml"})
    mug = make_variant(stock=5)
    mug.options = {"size": "250-ml"}
    mug.save()
    client = client_of(asha)
    item = client.post("/api/cart/items/", {"product_id": mug.core_id, "quantity": 1}, "json").json()
    assert (item["options"], item["options_text"]) == ({"size": "250-ml"}, "250 ml")
    order = made.make_order(variant=mug, user=asha)
    assert told(asha, order)["items"][0]["options_text"] == "250 ml"
