"""Another way of paying for an order that waits (R25, R27): one way wins, and nothing is collected twice."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from catalog.inventory.models import Reservation
from catalog.inventory.services.expire import expire_due
from checkout.order.errors import Shortage, WrongState
from checkout.order.models import Order
from checkout.order.services.change_payment_method import change_payment_method
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.ship_order import ship_order
from checkout.payment.errors import ProviderNotOffered
from checkout.payment.models import Payment, Refund
from checkout.payment.providers import breaker
from checkout.payment.services.reconcile import reconcile
from checkout.shipping.models import CashRule
from shop.core.errors import Invalid
from tests.checkout.payment.conftest import drain, razorpay, razorpay_process  # noqa: F401
from tests.checkout.payment.test_api import Buyer
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.shop import make_shipping
from tests.factories.variants import item_of, make_variant
from tests.threads import at_once

FEE = 4_000


@pytest.fixture
def buyer(db, razorpay) -> Buyer:  # noqa: F811
    make_shipping(free_from=0)
    CashRule.objects.update(fee=FEE)
    buyer = Buyer()
    buyer.buy()
    return buyer


def order_of(buyer: Buyer) -> Order:
    return Order.objects.get(pk=buyer.order_id)


def change(buyer: Buyer, method: str) -> Order:
    return change_payment_method(order_id=buyer.order_id, method=method, at=timezone.now())


def facts(order: Order) -> list:
    rows = Order.objects.filter(pk=order.pk), Payment.objects.order_by("pk"), Reservation.objects.order_by("pk")
    return [list(row.values()) for row in rows]


def held(order: Order) -> list:
    return list(
        Reservation.objects.filter(reference=order.reference, status="held").values_list("expires_at", flat=True)
    )


def test_to_the_door_and_back_through_the_api(buyer):
    buyer.start()
    answer = buyer.call("patch", f"order/{buyer.order_id}/", {"payment_method": "cod"})
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["payment"]["method"], told["shipping"], told["total"]) == ("cod", "40.00", "1339.00")
    assert told["shipping_method"]["name"] == "Standard + handling of cash ₹40"
    order = order_of(buyer)
    assert (order.cancel_at, order.stock_held_until, held(order)) == (None, None, [None])
    assert [(p.provider, p.status, p.amount) for p in Payment.objects.order_by("pk")] == [
        ("razorpay", "void", 129_900), ("cod", "created", 133_900)
    ]  # fmt: skip
    back = buyer.call("patch", f"order/{buyer.order_id}/", {"payment_method": "razorpay"}).json()
    assert (back["payment"]["method"], back["shipping"], back["total"]) == ("razorpay", "0.00", "1299.00")
    assert back["shipping_method"]["name"] == "Standard"
    order = order_of(buyer)
    assert held(order) == [order.stock_held_until]
    assert order.cancel_at > order.stock_held_until > timezone.now()
    assert buyer.start().status_code == 201
    assert Payment.objects.get(provider="cod").status == "void"
    changes = order.events.filter(kind="method_changed").order_by("pk")
    assert list(changes.values_list("note", flat=True)) == ["razorpay → cod", "cod → razorpay"]


def test_the_same_again_changes_nothing(buyer):
    change(buyer, "cod")
    before = facts(order_of(buyer))
    change(buyer, "cod")
    assert facts(order_of(buyer)) == before
    assert order_of(buyer).events.filter(kind="method_changed").count() == 1


def test_late_online_money_of_an_order_for_the_door_goes_back(buyer, razorpay):  # noqa: F811
    order_id = buyer.start().json()["razorpay_order_id"]
    change(buyer, "cod")
    razorpay.pay(order_id)
    reconcile(at=timezone.now() + timedelta(minutes=20))
    drain()
    order = order_of(buyer)
    assert (order.payment_status, order.payment_method) == ("pending", "cod")
    assert razorpay.ledger()["captured"] == razorpay.ledger()["refunded"] == 129_900
    ship_order(order_id=order.pk, at=timezone.now())
    deliver_order(order_id=order.pk, at=timezone.now())
    drain()
    assert order_of(buyer).payment_status == "paid"
    assert [r.amount for r in Refund.objects.all()] == [129_900]


def test_money_that_has_come_decides_it(buyer, razorpay):  # noqa: F811
    """Captured, and its order has not heard of it yet."""
    buyer.start()
    Payment.objects.update(status="paid", captured_amount=129_900, paid_at=timezone.now())
    before = facts(order_of(buyer))
    with pytest.raises(WrongState):
        change(buyer, "cod")
    assert facts(order_of(buyer)) == before


@pytest.mark.parametrize(
    "make", [made.make_paid_order, made.make_shipped_order, made.make_delivered_order, made.make_cancelled_order]
)
@pytest.mark.parametrize("method", ["cod", "razorpay"])
def test_what_is_paid_shipped_or_over_stays(razorpay, db, make, method):  # noqa: F811
    order = make()
    before = facts(order)
    with pytest.raises(WrongState):
        change_payment_method(order_id=order.pk, method=method, at=timezone.now())
    assert facts(order) == before


@pytest.mark.parametrize("rule", [{"greatest": 100}, {"active": False}, {"refused": "56"}])
def test_the_rules_of_cash_hold_here_too(buyer, rule):
    CashRule.objects.update(**rule)
    before = facts(order_of(buyer))
    with pytest.raises(Invalid) as refusal:
        change(buyer, "cod")
    assert list(refusal.value.errors) == ["payment_method"]
    assert facts(order_of(buyer)) == before


@pytest.mark.parametrize("method", ["stripe", "gold", ""])
def test_what_is_not_offered_changes_nothing(buyer, method):
    change(buyer, "cod")
    before = facts(order_of(buyer))
    with pytest.raises(ProviderNotOffered):
        change(buyer, method)
    assert facts(order_of(buyer)) == before


def test_stock_that_is_gone_by_now(buyer):
    order = order_of(buyer)
    expire_due(at=timezone.now() + timedelta(minutes=31))
    made.make_order(variant=order.lines.get().variant, quantity=5)
    before = facts(order)
    with pytest.raises(Shortage):
        change(buyer, "cod")
    assert facts(order) == before


def test_stock_that_was_let_go_is_taken_again(buyer):
    order = order_of(buyer)
    expire_due(at=timezone.now() + timedelta(minutes=31))
    change(buyer, "cod")
    assert held(order) == [None]
    assert item_of(order.lines.get().variant).reserved == 1


def test_only_the_buyer_decides(buyer):
    path, wish = f"/api/order/{buyer.order_id}/", {"payment_method": "cod"}
    before = facts(order_of(buyer))
    for client in (client_of(), client_of(make_user("stranger")), client_of(make_user("sam", role="support"))):
        assert client.patch(path, wish).status_code == 404
    for wrong in ({"payment_method": "gold"}, {"payment_method": None}, {"payment_method": ["cod"]}):
        answer = buyer.call("patch", f"order/{buyer.order_id}/", wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["payment_method"])
    assert facts(order_of(buyer)) == before


@pytest.fixture
def browser(buyer) -> Client:
    browser = Client()
    browser.cookies["cart_token"] = buyer.cart_token
    return browser


def shut(razorpay) -> None:  # noqa: F811
    razorpay.fault("^/v1/", method="", action={"status": 503}, times=1000)


def test_a_dead_gateway_leaves_the_door(buyer, browser, razorpay):  # noqa: F811
    shut(razorpay)
    number = order_of(buyer).number
    for _ in range(4):
        page = browser.get(f"/checkout/pay/{number}/")
        assert page.status_code == 503
    asked = len(razorpay.calls("POST"))
    assert browser.get(f"/checkout/pay/{number}/").status_code == 503
    assert len(razorpay.calls("POST")) == asked  # left alone by now
    answer = buyer.start()
    assert (answer.status_code, answer.json()["code"]) == (503, "gateway_unavailable")
    assert 1 <= int(answer.headers["Retry-After"]) <= breaker.LEFT_ALONE_FOR
    shown = page.content.decode()
    assert "Pay in cash on delivery instead (₹40 more)" in shown
    assert 'id="pay-button"' not in shown
    answer = browser.post(f"/checkout/pay/{number}/method/", {"payment_method": "cod"})
    assert answer.headers["Location"] == f"/checkout/done/{number}/"
    assert order_of(buyer).payment_method == "cod"
    shown = browser.get(f"/order/{number}/").content.decode()
    assert "Pay by UPI, card or net banking instead" not in shown
    breaker.forget_all()


def test_a_cash_order_is_paid_ahead_from_its_page(buyer, browser):
    change(buyer, "cod")
    number = order_of(buyer).number
    assert "Pay by UPI, card or net banking instead" in browser.get(f"/order/{number}/").content.decode()
    answer = browser.post(f"/checkout/pay/{number}/method/", {"payment_method": "razorpay"})
    assert answer.headers["Location"] == f"/checkout/pay/{number}/"
    assert browser.get(answer.headers["Location"]).status_code == 200
    assert order_of(buyer).total == 129_900


def test_the_page_says_what_is_not_possible(buyer, browser):
    CashRule.objects.update(active=False)
    number = order_of(buyer).number
    assert "in cash on delivery instead" not in browser.get(f"/checkout/pay/{number}/").content.decode()
    answer = browser.post(f"/checkout/pay/{number}/method/", {"payment_method": "cod"}, follow=True)
    assert "not offered" in answer.content.decode()
    assert order_of(buyer).payment_method == "razorpay"
    assert Client().post(f"/checkout/pay/{number}/method/", {"payment_method": "cod"}).status_code == 404
    assert browser.get(f"/checkout/pay/{number}/method/").status_code == 405


@pytest.mark.postgres_race
def test_switching_and_paying_at_once_collects_once(own_database, razorpay):  # noqa: F811
    make_shipping(free_from=0)
    for _ in range(5):
        buyer = Buyer()
        buyer.buy()
        back = razorpay.pay(buyer.start().json()["razorpay_order_id"])
        at_once([partial(change, buyer, "cod"), partial(buyer.confirm, back)])
        drain()
        reconcile(at=timezone.now() + timedelta(minutes=20))
        drain()
        order = order_of(buyer)
        kept = [p for p in Payment.objects.filter(reference=order.reference, status="paid") if p.refundable]
        waits = Payment.objects.filter(reference=order.reference, provider="cod", status="created").count()
        assert (len(kept), waits) == ((1, 0) if order.payment_method == "razorpay" else (0, 1))
        assert (order.payment_status == "paid") is (order.payment_method == "razorpay")


@pytest.mark.postgres_race
def test_switching_and_shipping_at_once(own_database, razorpay):  # noqa: F811
    make_shipping(free_from=0)
    variant = make_variant(stock=50)
    for _ in range(5):
        order = made.make_order(variant=variant)
        at_once(
            [
                partial(change_payment_method, order_id=order.pk, method="razorpay", at=timezone.now()),
                partial(ship_order, order_id=order.pk, at=timezone.now()),
            ]
        )
        order.refresh_from_db()
        shipped = order.fulfillment_status == "shipped"
        assert shipped is (order.payment_method == "cod")
