"""Letters about orders, and money that went back: each said once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from checkout.order.letters import write_about
from checkout.order.models import Order, OrderEvent
from checkout.order.rules import order_token
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.change_payment_method import change_payment_method
from checkout.order.services.confirm_cash import confirm_cash
from checkout.order.services.note_refund import note_refund
from checkout.order.services.settle_payment import settle_payment
from checkout.order.services.ship_order import ship_order
from checkout.order.services.tell_to_pay import PATIENCE, tell_of_cash, tell_to_pay
from checkout.payment.models import Payment
from checkout.shipping.models import CashRule
from shop.core.money import Money
from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.checkout.storefront.conftest import Browser
from tests.factories import orders as made
from tests.factories.catalog import make_product
from tests.factories.people import PASSWORD, make_user
from tests.factories.shop import make_shipping


@pytest.fixture
def mug(db):
    make_shipping()
    return make_product("Chai mug", price=64900, stock=10)


def _buy(mug, *, prefix: str = "", user=None, payment: str = "cod") -> Order:
    browser = Browser()
    browser.prefix = prefix
    if user:
        browser.post("/account/login/", {"username": user.username, "password": PASSWORD})
    browser.add(mug)
    browser.place(browser.to_review(payment=payment))
    return Order.objects.latest("pk")


def _letters() -> list[str]:
    while run_everything_due():
        pass
    return [message.subject for message in mail.outbox if "OS-" in message.subject]


def test_a_guest_gets_a_link_that_opens_the_order(mug):
    order = _buy(mug)
    assert _letters() == [f"{order.number} is on the packing table"]
    letter = mail.outbox[-1]
    assert letter.to == ["guest@example.com"]
    link = re.search(r"http\S+/order/\S+", letter.body)[0]
    assert link.endswith(f"/order/{order.number}/?token={order_token(order)}")
    stranger = Browser()
    answer = stranger.get(link.split("8000", 1)[-1], follow=True)
    assert order.number in answer.content.decode()
    assert "Chai mug" in letter.body
    assert "₹698" in letter.body
    assert "With you by" in letter.body
    notice = Notification.objects.get()
    assert order_token(order) not in notice.message + notice.html  # the secret stands in the mail alone


def test_a_customer_gets_a_link_without_a_secret(mug):
    asha = make_user("asha", email="asha@example.com")
    order = _buy(mug, user=asha)
    _letters()
    notice = Notification.objects.get(kind="order_placed", channel="email")
    assert (notice.recipient, notice.reference) == (asha, order.reference)
    assert f"/account/orders/{order.number}/" in notice.message
    assert "token=" not in notice.message + notice.html


def test_letters_are_written_in_the_language_of_the_order(mug):
    order = _buy(mug, prefix="/hi")
    _letters()
    notice = Notification.objects.get()
    assert f"/hi/order/{order.number}/" in mail.outbox[-1].body
    assert "धन्यवाद" in notice.message


def test_each_letter_is_written_once(mug):
    order = _buy(mug)
    ship_order(order_id=order.pk, at=timezone.now())
    assert _letters() == [f"{order.number} is on the packing table", f"{order.number} has left the workshop"]
    for kind, part in (("order_placed", ""), ("order_shipped", str(order.fulfillments.get().pk))):
        write_about(order.pk, kind, part=part)
    assert len(_letters()) == 2
    assert Notification.objects.count() == 2


def test_an_online_order_waits_then_is_paid_then_cancelled(mug):
    order = _buy(mug, payment="razorpay")
    _letters()
    tell_to_pay(order_id=order.pk)
    assert _letters() == [f"{order.number} waits for your payment"]
    payment = Payment.objects.create(
        reference=order.reference, provider="cod", amount=order.total, currency="INR", status="paid",
        captured_amount=order.total, provider_payment_id="x",
    )  # fmt: skip
    settle_payment(order_id=order.pk, payment_id=payment.pk, amount=Money(order.total, "INR"), at=timezone.now())
    assert _letters()[1:] == [f"{order.number} is paid and on the packing table"]
    cancel_order(order_id=order.pk, at=timezone.now())
    told = _letters()[2:]
    assert told[:2] == [f"{order.number} is cancelled", f"Your refund for {order.number} has started"]
    assert told[2:] == [f"₹698 for {order.number} has gone back to you"]
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert OrderEvent.objects.filter(order=order, kind="refunded").count() == 1
    payment.refresh_from_db()
    assert payment.status == "refunded"


def test_what_is_paid_at_once_is_told_by_one_letter(mug):
    order = _buy(mug, payment="razorpay")
    payment = Payment.objects.create(
        reference=order.reference, provider="razorpay", amount=order.total, currency="INR", status="paid",
        captured_amount=order.total, provider_payment_id="x",
    )  # fmt: skip
    settle_payment(order_id=order.pk, payment_id=payment.pk, amount=Money(order.total, "INR"), at=timezone.now())
    assert _letters() == [f"{order.number} is paid and on the packing table"]


def test_a_second_payment_that_goes_back_leaves_the_order_paid(mug):
    order = _buy(mug, payment="razorpay")
    amount = Money(order.total, "INR")
    Payment.objects.create(
        reference=order.reference, provider="razorpay", amount=order.total, currency="INR", status="paid"
    )
    settle_payment(order_id=order.pk, payment_id=1, amount=amount, at=timezone.now())
    note_refund(order_id=order.pk, amount=amount, at=timezone.now())
    order.refresh_from_db()
    assert order.payment_status == "paid"


def test_money_for_a_dead_order_is_owed_then_given_back(mug):
    order = _buy(mug, payment="razorpay")
    cancel_order(order_id=order.pk, at=timezone.now())
    amount = Money(order.total, "INR")
    settle_payment(order_id=order.pk, payment_id=1, amount=amount, at=timezone.now())
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "refund_due")
    note_refund(order_id=order.pk, amount=amount, at=timezone.now())
    order.refresh_from_db()
    assert order.payment_status == "refunded"


class TestOneLetterForAnOrderPaidOnline:
    """Who pays at once gets one letter, not "waits for your payment" and "is paid" together."""

    WAITS, PAID, PLACED, CASH = "order_to_pay", "order_paid", "order_placed", "order_cash"

    @pytest.fixture
    def order(self, mug) -> Order:
        order = made.make_order(method="razorpay", user=make_user("asha"))
        _letters()
        assert self.kinds() == []  # not yet
        return order

    def kinds(self) -> list[str]:
        return list(Notification.objects.filter(channel="email").order_by("pk").values_list("kind", flat=True))

    def later(self) -> None:
        assert timedelta(minutes=15) == PATIENCE
        waiting = QueuedTask.objects.get(path__endswith="tell_to_pay_later")
        placed_at = Order.objects.get().placed_at
        assert timedelta(minutes=14) < waiting.due_at - placed_at <= PATIENCE + timedelta(minutes=1)
        QueuedTask.objects.filter(pk=waiting.pk).update(due_at=timezone.now())
        _letters()
        assert not QueuedTask.objects.exists()

    def test_paid_at_once(self, order):
        made._paid(order)
        _letters()
        self.later()
        assert self.kinds() == [self.PAID]

    def test_not_paid_after_a_while_then_paid(self, order):
        self.later()
        tell_to_pay(order_id=order.pk)  # a task may run twice
        made._paid(order)
        _letters()
        assert self.kinds() == [self.WAITS, self.PAID]

    def test_cancelled_before(self, order):
        cancel_order(order_id=order.pk, at=timezone.now())
        self.later()
        assert self.kinds() == ["order_cancelled"]

    def test_paid_at_the_door_after_all(self, order):
        change_payment_method(order_id=order.pk, method="cod", at=timezone.now())
        _letters()
        assert self.kinds() == [self.PLACED]  # at once
        self.later()
        assert self.kinds() == [self.PLACED]

    def test_paid_at_the_door_after_the_letter(self, order):
        self.later()
        change_payment_method(order_id=order.pk, method="cod", at=timezone.now())
        _letters()
        assert self.kinds() == [self.WAITS, self.CASH]  # that it waits is no longer so, and is said
        letter = Notification.objects.get(kind=self.CASH, channel="email")
        assert "You pay ₹698 for order" in letter.message and "Nothing is to be paid before." in letter.message

    @pytest.mark.parametrize("is_told", [True, False])
    def test_paid_at_the_door_after_a_code(self, order, is_told):
        CashRule.objects.update_or_create(currency="INR", defaults={"active": True, "confirm_from": 500_00})
        if is_told:
            self.later()
        before = self.kinds()
        change_payment_method(order_id=order.pk, method="cod", at=timezone.now())
        _letters()
        tell_of_cash(order_id=order.pk)  # not before its code
        assert self.kinds() == [*before, "cash_code"]
        code = re.search(r"\d{6}", Notification.objects.get(kind="cash_code", channel="email").subject)[0]
        confirm_cash(order_id=order.pk, code=code, at=timezone.now())
        _letters()
        assert self.kinds() == [*before, "cash_code", self.CASH if is_told else self.PLACED]
