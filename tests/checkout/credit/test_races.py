"""Store credit under concurrency, on connections of their own: it is spent once, comes back once, never below nothing."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from checkout.cart.services.open_cart import open_cart
from checkout.cart.services.put_line import add_line
from checkout.credit.errors import NotEnoughCredit
from checkout.credit.models import CreditAccount, StoreCreditEntry
from checkout.credit.services.spend_credit import spend_credit
from checkout.credit.services.withdraw_credit import withdraw_credit
from checkout.order.errors import WrongState
from checkout.order.models import Order, Return
from checkout.order.rules import to_pay
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.place_order import Buyer, Wishes, place_order
from checkout.order.services.refund_as_credit import refund_as_credit
from checkout.order.services.refund_return import refund_return
from checkout.order.services.settle_payment import settle_payment
from checkout.payment.errors import NotRefundable
from checkout.payment.models import Payment
from checkout.payment.services.book import book
from checkout.payment.services.request_refund import request_refund
from shop.core.context import ShopContext
from shop.core.money import Money
from tests.checkout.credit.conftest import assert_money_adds_up, balance, drain
from tests.checkout.credit.test_orders import delivered, returned
from tests.factories import orders as made
from tests.factories.people import make_user
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race


def rich(minor: int = 500_00):
    user = make_user("asha")
    made.give_credit(user, minor)
    return user


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_the_same_credit_is_spent_once(own_database):
    asha = rich()
    calls = [
        partial(spend_credit, user_id=asha.pk, amount=Money(300_00, "INR"), reference=f"order:{n}", at=timezone.now())
        for n in range(1, 9)
    ]
    results = at_once(calls)
    assert kinds(results) == ["NotEnoughCredit"] * 7 + ["StoreCreditEntry"]
    assert balance(asha) == 200_00


def test_an_order_and_the_shop_want_the_same_credit(own_database):
    """A checkout, and staff who take the credit back: one of them gets it, and the order is charged what is left."""
    make_shipping()
    asha, mug = rich(), make_variant(stock=50)
    for n in range(4):
        cart = open_cart(user_id=asha.pk, currency="INR")
        context = ShopContext(at=timezone.now(), currency="INR", locale="en")
        add_line(cart=cart, variant=mug, quantity=1, context=context)
        place = partial(
            place_order, context=context, buyer=Buyer(email="a@example.com", caller=f"t:{n}", user_id=asha.pk),
            wishes=Wishes(address=ADDRESS, payment_method="cod", use_store_credit=True),
        )  # fmt: skip
        take = partial(
            withdraw_credit, user_id=asha.pk, amount=Money(500_00, "INR"), reference=f"staff:{n}", at=timezone.now(),
            by="sam", note="Mistake",
        )  # fmt: skip
        order, taken = at_once([place, take])
        assert isinstance(order, Order), order
        assert Payment.objects.get(reference=order.reference).amount == to_pay(order).minor
        if order.store_credit:
            assert isinstance(taken, NotEnoughCredit) and order.store_credit == 500_00
        else:
            assert isinstance(taken, StoreCreditEntry)
        assert balance(asha) == 0
        assert_money_adds_up()
        made.give_credit(asha, 500_00)


def test_two_people_refund_as_credit_at_once(own_database):
    asha = make_user("asha")
    made.make_paid_order(user=asha)
    payment = Payment.objects.get()
    refund = partial(refund_as_credit, payment_id=payment.pk, amount=None, reason="x", by="sam", at=timezone.now())
    to_source = partial(request_refund, payment_id=payment.pk, amount=None, reason="x", by="sam", at=timezone.now())
    results = at_once([refund, to_source, refund, refund])
    assert kinds(results) == ["NotRefundable"] * 3 + ["Refund"]
    payment.refresh_from_db()
    assert payment.refunded_amount == payment.captured_amount
    assert_money_adds_up()


def test_one_click_twice_gives_credit_once(own_database):
    asha = make_user("asha")
    order = made.make_paid_order(user=asha)
    refund = partial(
        refund_as_credit, payment_id=Payment.objects.get().pk, amount=100_00, reason="x", by="sam", at=timezone.now(),
        idempotency_key="click",
    )  # fmt: skip
    assert len({refund.pk for refund in at_once([refund] * 5)}) == 1
    assert balance(order.user) == 100_00
    assert_money_adds_up()


def test_a_return_is_given_as_credit_once(own_database):
    asha = rich()
    order = made.make_paid_order(user=asha, use_credit=True)
    coming = _received(order)
    steps = [partial(refund_return, return_id=coming.pk, at=timezone.now(), by="sam", to="store_credit")] * 4
    assert kinds(at_once(steps)) == ["Return"] * 4
    drain()
    assert balance(asha) == 649_00
    assert_money_adds_up()


def test_cancelled_while_it_is_paid(own_database, gateway):
    """Whoever is first: the credit comes back once, and so does the money."""
    asha = rich()
    for _ in range(4):
        order = made.make_order(user=asha, method="razorpay", use_credit=True)
        payment = _captured(order)
        cancel = partial(cancel_order, order_id=order.pk, at=timezone.now(), by="asha")
        settle = partial(
            settle_payment, order_id=order.pk, payment_id=payment.pk, amount=to_pay(order), at=timezone.now()
        )
        results = at_once([cancel, settle, cancel])
        assert not [
            result for result in results if isinstance(result, Exception) and not isinstance(result, WrongState)
        ]
        drain()
        payment.refresh_from_db()
        order.refresh_from_db()
        assert (order.status, payment.status, balance(asha)) == ("cancelled", "refunded", 500_00)
        assert_money_adds_up()


def test_a_return_and_a_free_refund_want_the_same_money(own_database):
    """Never more than was captured, and never more credit than was used."""
    asha = rich()
    order = made.make_paid_order(user=asha, use_credit=True)
    coming = _received(order)
    payment = Payment.objects.get()
    results = at_once([
        partial(refund_return, return_id=coming.pk, at=timezone.now(), by="sam", to="store_credit"),
        partial(refund_as_credit, payment_id=payment.pk, amount=None, reason="x", by="sam", at=timezone.now()),
    ])  # fmt: skip
    assert not [r for r in results if isinstance(r, Exception) and not isinstance(r, NotRefundable)]
    drain()
    assert balance(asha) <= order.total
    assert_money_adds_up()


def test_without_its_lock_the_database_still_refuses(own_database, monkeypatch):
    """A negative control: nobody waits for the account, and no balance goes below nothing all the same."""
    asha = rich()
    unlocked = staticmethod(lambda user_id, currency: CreditAccount.objects.get(user_id=user_id, currency=currency))
    monkeypatch.setattr("checkout.credit.services.spend_credit.lock_account", unlocked)
    calls = [
        partial(spend_credit, user_id=asha.pk, amount=Money(300_00, "INR"), reference=f"order:{n}", at=timezone.now())
        for n in range(1, 9)
    ]
    results = at_once(calls)
    assert kinds(results).count("StoreCreditEntry") == 1
    assert set(kinds(results)) <= {"StoreCreditEntry", "NotEnoughCredit", "IntegrityError"}
    assert balance(asha) == 200_00


def _captured(order: Order) -> Payment:
    due = to_pay(order).minor
    payment = Payment.objects.create(
        reference=order.reference, provider="razorpay", amount=due, currency="INR", captured_amount=due,
        status="paid", provider_order_id=f"o{order.pk}", provider_payment_id=f"p{order.pk}", paid_at=timezone.now(),
    )  # fmt: skip
    book(payment, "captured", due, at=timezone.now(), reference=f"p{order.pk}")
    return payment


def _received(order: Order) -> Return:

    return returned(delivered(order))
