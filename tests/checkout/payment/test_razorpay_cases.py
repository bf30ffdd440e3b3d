"""The table of cases in docs/payments.md: complete, each proved by tests that are there; and those proved nowhere else."""

from __future__ import annotations

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from catalog.inventory.services.expire import expire_due
from checkout.order.models import Order
from checkout.order.services.cancel_order import cancel_unpaid
from checkout.payment.errors import BadMessage, BadSignature, PaymentNotVerified
from checkout.payment.models import Payment, WebhookEvent
from checkout.payment.providers.razorpay.signatures import sign
from checkout.payment.services.reconcile import reconcile
from shop.core.outbox.models import OutboxEvent
from tests.checkout.payment.conftest import Purchase, drain
from tests.checkout.payment.test_api import Buyer
from tests.checkout.payment.test_webhooks import receive
from tests.factories import orders as made
from tests.factories.shop import make_shipping
from tests.factories.variants import item_of

ROOT = Path(__file__).resolve().parents[3]
ROW = re.compile(r"^\| (R\d+) \| [^|]+ \| ([^|]+) \|$", re.M)


def table() -> dict[str, list[str]]:
    rows = ROW.findall((ROOT / "docs" / "payments.md").read_text(encoding="utf-8"))
    return {case: re.findall(r"`([^`]+)`", cell) for case, cell in rows}


def names_in(path: Path) -> set[str]:
    """`test_x`, and `TestThing::test_x` for those in classes."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        found |= {prefix + part.name for part in inner if isinstance(part, ast.FunctionDef)}
    return found


def test_every_case_has_its_row_and_its_tests():
    assert list(table()) == [f"R{number}" for number in range(1, 32)]
    for case, named in table().items():
        assert named, case
        for name in named:
            file, _colons, test = name.partition("::")
            assert test in names_in(ROOT / "tests" / "checkout" / file), f"{case}: {name}"


# --- R6: late authorization ------------------------------------------------------------------------------------------


@pytest.fixture
def late(db, razorpay) -> Order:
    """The bank is silent, the gateway calls the payment failed, and the half hour of the stock is over."""
    make_shipping(free_from=0)
    buyer = Buyer()
    buyer.buy()
    razorpay.pay(buyer.start().json()["razorpay_order_id"], "late_success")
    expire_due(at=timezone.now() + timedelta(minutes=31))
    return Order.objects.get(pk=buyer.order_id)


def authorized_at_last(order: Order, razorpay) -> Order:
    """Nobody tells it: the reconciler finds out, and is run again."""
    razorpay.advance(3_600)
    for minutes in (20, 40, 90):
        reconcile(at=timezone.now() + timedelta(minutes=minutes))
        drain()
    order.refresh_from_db()
    return order


def test_a_late_authorization_takes_the_stock_again(late, razorpay):
    assert item_of(late.lines.get().variant).reserved == 0
    order = authorized_at_last(late, razorpay)
    assert (order.status, order.payment_status) == ("placed", "paid")
    assert item_of(order.lines.get().variant).reserved == 1
    assert (razorpay.ledger()["captured"], razorpay.ledger()["refunded"]) == (129_900, 0)


def test_a_late_authorization_of_what_is_sold_out_goes_back_once(late, razorpay):
    made.make_order(variant=late.lines.get().variant, quantity=5)
    order = authorized_at_last(late, razorpay)
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert (razorpay.ledger()["captured"], razorpay.ledger()["refunded"]) == (129_900, 129_900)
    assert len(razorpay.calls("POST", "/refund")) == 1
    assert OutboxEvent.objects.filter(name="order.cancelled", aggregate=order.reference).count() == 1


def test_a_late_authorization_of_what_the_clock_cancelled_goes_back_once(late, razorpay):
    cancel_unpaid(order_id=late.pk, at=timezone.now() + timedelta(days=5, minutes=1))
    order = authorized_at_last(late, razorpay)
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert razorpay.ledger()["captured"] - razorpay.ledger()["refunded"] == 0
    assert item_of(order.lines.get().variant).reserved == 0


# --- R24: rotation ---------------------------------------------------------------------------------------------------


def test_a_secret_is_changed_without_losing_a_message(razorpay, settings, db):
    """The gateway signs events that happened before with the old secret, later ones with the new."""
    settings.RAZORPAY_WEBHOOK_SECRETS = ["emu_hook_secret_01"]
    Purchase(razorpay, reference="test:before").pay()
    endpoint = {"url": "http://127.0.0.1:9/hook", "secret": "brand_new_secret"}
    razorpay.control("PATCH", f"accounts/{razorpay.key_id}", {"webhooks": [endpoint]})
    Purchase(razorpay, reference="test:after").pay()
    before, after = razorpay.hooks("payment.captured")
    settings.RAZORPAY_WEBHOOK_SECRETS = ["brand_new_secret", "emu_hook_secret_01"]
    for hook in (before, after):
        receive(hook)
    drain()
    assert set(Payment.objects.values_list("status", flat=True)) == {"paid"}
    settings.RAZORPAY_WEBHOOK_SECRETS = ["brand_new_secret"]
    WebhookEvent.objects.all().delete()
    with pytest.raises(BadSignature):
        receive(before)
    receive(after)
    assert WebhookEvent.objects.count() == 1


def test_a_return_signed_with_the_former_key(purchase, razorpay, settings):
    purchase.pay()
    order_id, payment_id = purchase.back["razorpay_order_id"], purchase.back["razorpay_payment_id"]
    signature = sign(f"{order_id}|{payment_id}".encode(), "former secret")
    with pytest.raises(PaymentNotVerified):
        purchase.confirm(signature=signature)
    settings.RAZORPAY_FORMER_KEY_SECRET = "former secret"
    assert purchase.confirm(signature=signature).status == "paid"


# --- R29: another account --------------------------------------------------------------------------------------------


def test_messages_of_another_account_are_refused(purchase, razorpay, settings):
    purchase.pay()
    (hook,) = razorpay.hooks("payment.captured")
    settings.RAZORPAY_ACCOUNT_ID = "acc_00000000000000"
    with pytest.raises(BadMessage):
        receive(hook)
    assert not WebhookEvent.objects.exists()
    (account,) = (a for a in razorpay.control("GET", "accounts")["accounts"] if a["key_id"] == razorpay.key_id)
    settings.RAZORPAY_ACCOUNT_ID = account["account_id"]
    receive(hook)
    assert WebhookEvent.objects.count() == 1
