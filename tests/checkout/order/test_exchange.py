"""Another size instead of the money: what can be had, when it is held, when it leaves, and what undoes it."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.receive import receive
from catalog.inventory.services.reserve import Wanted, reserve
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import Variant
from checkout.order.errors import NotExchangeable, Shortage, UnderReview, WrongState
from checkout.order.models import Order, Return
from checkout.order.services import prepare_exchange
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.decide_return import decide_return
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.receive_return import receive_return
from checkout.order.services.refund_return import refund_return
from checkout.order.services.request_return import request_return
from checkout.order.services.ship_order import ship_order
from shop.core.errors import Invalid
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.checkout.order.books import assert_books_add_up, events, everything
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.staff import browser_of
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db


def sibling(of: Variant, sku: str, *, price: int = 64900, stock: int = 1) -> Variant:
    variant = Variant.objects.create(core=of.core, key=uuid.uuid4(), sku=sku, options={"size": sku})
    since = timezone.now() - timedelta(days=1)
    set_base_prices(prices={variant.pk: BasePrice(price, None)}, currency="INR", at=since)
    ensure_items(variant_ids=[variant.pk])
    if stock:
        receive(stock_item_id=item_of(variant).pk, quantity=stock, at=since, reason="opening stock")
    return variant


@pytest.fixture
def medium():
    return make_variant(sku="M", price=64900, stock=5)


@pytest.fixture
def large(medium):
    return sibling(medium, "L")


def bought(medium: Variant, **facts) -> Order:
    order = made.make_order_of({medium: 2}, **facts)
    ship_order(order_id=order.pk, at=timezone.now())
    return deliver_order(order_id=order.pk, at=timezone.now())


def ask(order: Order, wanted: Variant, units: int = 1) -> Return:
    line = order.lines.get()
    return request_return(order_id=order.pk, items={line.pk: units}, exchanges={line.pk: wanted.pk}, reason="Too small",
                          at=timezone.now(), by="asha")  # fmt: skip


def approve(coming: Return, **facts) -> Return:
    decide_return(return_id=coming.pk, approve=True, at=timezone.now(), by="sam", **facts)
    return Return.objects.select_related("replacement").get(pk=coming.pk)


def receive_it(coming: Return) -> Return:
    receive_return(return_id=coming.pk, at=timezone.now(), by="sam")
    return Return.objects.select_related("replacement").get(pk=coming.pk)


def stock_of(variant: Variant) -> tuple[int, int]:
    item = item_of(variant)
    return item.on_hand, item.reserved


def test_from_the_wish_to_the_door(medium, large):
    order = bought(medium)
    coming = ask(order, large)
    assert coming.amount == 0 and stock_of(large) == (1, 0)
    coming = approve(coming)
    other = coming.replacement
    assert (other.total, other.payment_status, other.payment_method) == (0, "paid", "exchange")
    assert stock_of(large) == (1, 1)
    with pytest.raises(UnderReview):
        ship_order(order_id=other.pk, at=timezone.now())
    coming = receive_it(coming)
    assert coming.status == "received" and stock_of(medium) == (4, 0)
    ship_order(order_id=other.pk, at=timezone.now())
    assert stock_of(large) == (0, 0)
    assert deliver_order(order_id=other.pk, at=timezone.now()).status == "completed"
    with pytest.raises(WrongState):  # no money is owed
        refund_return(return_id=coming.pk, at=timezone.now())
    assert_books_add_up()
    assert len(events("exchange.prepared")) == len(events("exchange.released")) == 1


def test_twice_has_one_effect(medium, large):
    coming = approve(approve(ask(bought(medium), large)))
    receive_it(receive_it(coming))
    assert Order.objects.filter(payment_method="exchange").count() == 1
    assert len(events("exchange.released")) == 1


def test_the_letter_says_it_and_not_that_money_comes(medium, large):
    receive_it(approve(ask(bought(medium), large)))
    while run_everything_due():
        pass
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert "exchange_packed" in kinds and "return_received" not in kinds


class TestRefusals:
    def test_what_cannot_be_had(self, medium, large):
        order = bought(medium)
        dearer, sold_out = sibling(medium, "XL", price=70000), sibling(medium, "S", stock=0)
        stranger = make_variant(sku="OTHER")
        before = everything()
        for wanted, problem in ((dearer, Invalid), (stranger, Invalid), (sold_out, NotExchangeable)):
            with pytest.raises(problem):
                ask(order, wanted)
        with pytest.raises(NotExchangeable):
            ask(order, large, units=2)
        assert everything() == before

    def test_sold_out_before_it_is_approved(self, medium, large):
        coming = ask(bought(medium), large)
        reserve(lines=[Wanted(large.pk, 1)], reference="test:1", at=timezone.now())
        before = everything()
        with pytest.raises(Shortage):
            approve(coming)
        assert everything() == before
        coming = approve(coming, exchange=False)  # money instead
        assert (coming.amount, coming.replacement) == (64900, None)


class TestUndone:
    def test_never_came_back(self, medium, large):
        coming = approve(ask(bought(medium), large))
        decide_return(return_id=coming.pk, approve=False, answer="It never came", at=timezone.now())
        coming.refresh_from_db()
        assert coming.replacement.status == "cancelled" and stock_of(large) == (1, 0)
        assert coming.status == "rejected" and coming.amount == 0
        assert_books_add_up()

    def test_cancelled_by_the_buyer_the_money_is_owed(self, medium, large, django_capture_on_commit_callbacks):
        coming = receive_it(approve(ask(bought(medium), large)))
        with django_capture_on_commit_callbacks(execute=True):
            cancel_order(order_id=coming.replacement_id, at=timezone.now(), by="asha")
        while run_everything_due():
            pass
        coming.refresh_from_db()
        assert coming.amount == 64900 and stock_of(large) == (1, 0)
        assert coming.replacement.payment_status == "paid"  # of nothing
        refund_return(return_id=coming.pk, at=timezone.now())
        assert Return.objects.get(pk=coming.pk).refund.amount == 64900

    def test_cancelled_after_the_other_lines_were_refunded(self, large, medium):
        lamp = make_variant(sku="LAMP", price=10000)
        order = made.make_order_of({medium: 1, lamp: 1})
        ship_order(order_id=order.pk, at=timezone.now())
        deliver_order(order_id=order.pk, at=timezone.now())
        ids = {line.sku: line.pk for line in order.lines.all()}
        coming = request_return(order_id=order.pk, items=dict.fromkeys(ids.values(), 1), exchanges={ids["M"]: large.pk},
                                reason="No", at=timezone.now())  # fmt: skip
        coming = receive_it(approve(coming))
        assert refund_return(return_id=coming.pk, at=timezone.now()).refund.amount == 10000
        cancel_order(order_id=coming.replacement_id, at=timezone.now())
        while run_everything_due():
            pass
        apart = Return.objects.exclude(pk=coming.pk).get()
        assert (apart.status, apart.amount, apart.refund) == ("received", 64900, None)
        assert_books_add_up()


def test_over_http_and_on_the_staffs_screen(medium, large):
    asha = make_user("asha")
    order = bought(medium, user=asha)
    line = order.lines.get()
    body = {"items": [{"item_id": line.pk, "quantity": 1, "exchange_for": large.pk}], "reason": "Too small"}
    told = client_of(asha).post(f"/api/order/{order.pk}/return/", body, format="json").json()
    assert told["items"][0]["exchange_for"] == {"variant_id": large.pk, "sku": "L"} and told["amount"] == "0.00"
    staff = browser_of("support")
    page = f"/admin/snippets/order/order/return_approve/{order.pk}/{told['id']}/"
    assert "1 × L" in staff.get(page).content.decode()
    staff.post(page, {})
    told = client_of(asha).get(f"/api/order/{order.pk}/return/{told['id']}/").json()
    other = Order.objects.get(payment_method="exchange")
    assert told["replacement"] == {"id": other.pk, "number": other.number}
    screen = staff.get(f"/admin/snippets/order/order/inspect/{order.pk}/").content.decode()
    assert "in exchange for L" in screen and other.number in screen
    refused = client_of(make_user(role="support")).patch(
        f"/api/order/{other.pk}/", {"status": "shipped"}, format="json"
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "under_review")


def test_without_the_reservation_it_would_be_oversold(medium, large, monkeypatch):
    """The control of the race: were nothing held, both would be promised the last one."""
    monkeypatch.setattr(prepare_exchange, "reserve", lambda **_facts: None)
    for _ in range(2):
        approve(ask(bought(medium), large))
    assert Order.objects.filter(payment_method="exchange").count() == 2 and stock_of(large) == (1, 0)
