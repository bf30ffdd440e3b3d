"""What is Stripe's own: signatures, amounts, keys that are spent, sessions that end."""

from __future__ import annotations

import json
import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from checkout.payment.errors import (
    BadMessage,
    BadSignature,
    GatewayAnswerWrong,
    GatewayOrderClosed,
    GatewayUnavailable,
    PaymentNotVerified,
    ProviderNotOffered,
)
from checkout.payment.models import Payment, Refund
from checkout.payment.ports import DisputeState
from checkout.payment.providers.stripe.amounts import from_stripe, to_stripe
from checkout.payment.providers.stripe.gateway import Stripe
from checkout.payment.services.confirm_payment import confirm_payment
from checkout.payment.services.reconcile import reconcile
from checkout.payment.services.refund_payment import refund_payment
from checkout.payment.services.void_payments import void_payments
from shop.core.money import Money
from shop.core.tasks.models import QueuedTask
from tests.checkout.payment.conftest import drain, snapshot, told

S = Payment.Status
# Made-up secrets; OpenSSL and the SDK agree.
BODY = b'{"id":"evt_1AAA","object":"event","type":"checkout.session.completed"}'
SENT_AT = 1_790_000_000
V1 = "d16c287d5d57bce37acabc79b947eefa42ce13dc537e52bd7b635d37f1502d01"
V1_LATER = "95a08f65be7c3c76ab2943e5cf1bdfc7324b7d0b9379d58fd5bc71221580006a"
V1_OLD_SECRET = "76767d6ad5eb5eacd7a30c4c523528b316d11a6799382fb755d0a0c1fd748ecb"
BODY_ALONE = "e96c72b12bfce9c20e0285addd60e66c9c420998cc7661775262f7827cd6060a"


def read(header: str | None, body: bytes = BODY, *, now: int = SENT_AT):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", lambda: float(now))
        return Stripe().read_webhook(body, {} if header is None else {"Stripe-Signature": header})


class TestSignatures:
    """A signature that fits leads to the message, which says no mode and is refused for that alone."""

    @pytest.mark.parametrize(
        ("header", "now"),
        [
            (f"t={SENT_AT},v1={V1}", SENT_AT),
            (f"t={SENT_AT},v1={V1}", SENT_AT + 300),
            (f"t={SENT_AT + 301},v1={V1_LATER}", SENT_AT + 301),
            (f"t={SENT_AT},v1={V1_OLD_SECRET}", SENT_AT),
            (f"t={SENT_AT},v1={'0' * 64},v1={V1},v0=x", SENT_AT),
        ],
    )
    def test_good_ones(self, stripe, header, now):
        with pytest.raises(BadMessage):
            read(header, now=now)

    @pytest.mark.parametrize(
        "header",
        [
            None, "", "v1=", f"v1={V1}", f"t={SENT_AT}", f"t={SENT_AT},v0={V1}", f"t={SENT_AT},v1={BODY_ALONE}",
            f"t={SENT_AT + 1},v1={V1}", f"t={SENT_AT},v1={V1.upper()}", f"t={SENT_AT}, v1={V1}", f"t=x,v1={V1}",
            "t=,v1=", f"t={SENT_AT},v1=ä", f"t={SENT_AT},v1", "," * 5000, f"t={'9' * 5000},v1={V1}",
        ],
    )  # fmt: skip
    def test_bad_ones(self, stripe, header):
        with pytest.raises(BadSignature):
            read(header)

    def test_too_old(self, stripe):
        with pytest.raises(BadSignature):
            read(f"t={SENT_AT},v1={V1}", now=SENT_AT + 301)

    @pytest.mark.parametrize("body", [BODY + b"\n", BODY.replace(b":", b": "), b"\xff\xfe"])
    def test_only_the_raw_bytes_count(self, stripe, body):
        with pytest.raises(BadSignature):
            read(f"t={SENT_AT},v1={V1}", body)

    def test_the_old_secret_ends_when_it_is_taken_out(self, stripe, settings):
        settings.STRIPE_WEBHOOK_SECRETS = ["whsec_emu_fake_01", ""]
        with pytest.raises(BadSignature):
            read(f"t={SENT_AT},v1={V1_OLD_SECRET}")


@pytest.mark.parametrize("live", [True, None, "false"])
def test_messages_of_the_other_mode_are_refused(stripe, db, live):
    body = json.dumps(json.loads(stripe.message("checkout.session.completed")) | {"livemode": live})
    before = snapshot()
    with pytest.raises(BadMessage):
        Stripe().read_webhook(body.encode(), stripe.sign(body))
    assert snapshot() == before


@pytest.mark.parametrize("body", ["", "[]", "null", "{}", '{"type": 1}', '{"type": "x", "id": "pi_1"}', "{" * 9000])
def test_signed_nonsense_is_no_message(stripe, body):
    with pytest.raises(BadMessage):
        Stripe().read_webhook(body.encode(), stripe.sign(body))


class TestAmounts:
    @pytest.mark.parametrize(
        ("money", "counted"),
        [
            (Money(129_900, "INR"), 129_900), (Money(500, "JPY"), 500), (Money(1_230, "KWD"), 1_230),
            (Money(700, "ISK"), 70_000), (Money(5_000, "HUF"), 5_000), (Money(1_000, "XPF"), 1_000),
        ],
    )  # fmt: skip
    def test_both_ways(self, money, counted):
        assert to_stripe(money) == counted
        assert from_stripe(counted, money.currency.lower()) == money

    @pytest.mark.parametrize("money", [Money(1_234, "KWD"), Money(5_000, "UGX")])
    def test_what_cannot_be_charged_there_is_not_offered(self, money):
        with pytest.raises(ProviderNotOffered):
            to_stripe(money)

    @pytest.mark.parametrize(
        ("value", "currency"),
        [(50, "isk"), (1.0, "inr"), ("100", "inr"), (True, "inr"), (-1, "inr"), (None, "inr"), (1, "xyz"), (1, None)],
    )
    def test_what_is_no_amount(self, value, currency):
        with pytest.raises(GatewayAnswerWrong):
            from_stripe(value, currency)


class TestSessions:
    def test_stripe_is_told_what_it_needs(self, purchase, stripe, settings):
        settings.SITE_URL = "https://shop.example"
        payment = purchase.start()
        (call,) = stripe.calls("POST", "/v1/checkout/sessions")
        assert call["headers"]["idempotency-key"] == payment.receipt
        session = stripe.control("GET", f"orders/{payment.provider_order_id}")
        assert (session["amount_total"], session["currency"]) == (129_900, "inr")
        assert (session["client_reference_id"], session["metadata"]) == (payment.receipt, {"reference": "test:1"})
        back = f"https://shop.example/checkout/pay/back/stripe/{payment.receipt}/"
        assert (session["success_url"], session["cancel_url"]) == (f"{back}?paid={{CHECKOUT_SESSION_ID}}", back)
        intent = stripe.pay(payment.provider_order_id)["payment_intent"]
        metadata = Stripe()._session_with(intent)["payment_intent"]["metadata"]
        assert metadata == {"reference": "test:1", "receipt": payment.receipt}

    def test_the_session_alone_confirms(self, purchase, stripe):
        session_id = purchase.pay()["session_id"]
        for _ in range(2):
            assert purchase.confirm(payment_id=session_id, order_id=None).status == S.PAID
        assert len(told("payment.captured")) == 1

    def test_coming_back_without_paying(self, purchase, stripe):
        """S1: the address of success opened by hand."""
        payment = purchase.start()
        session_id = payment.provider_order_id
        with pytest.raises(PaymentNotVerified):
            purchase.confirm(payment_id=session_id)
        payment.refresh_from_db()
        assert payment.status == S.CREATED
        purchase.pay()
        assert purchase.confirm(payment_id=session_id).status == S.PAID

    def test_a_foreign_session(self, purchase, stripe):
        other = confirm_fields = purchase.pay()["session_id"]
        purchase.reference = "test:2"
        purchase.start()
        with pytest.raises(PaymentNotVerified):
            purchase.confirm(payment_id=other, order_id=None)
        assert not told("payment.captured")
        assert confirm_payment(
            reference="test:1", provider="stripe", amount=purchase.amount, payment_id=confirm_fields,
            order_id=None, signature="",
        ).status == S.PAID  # fmt: skip

    def test_a_session_of_the_live_mode_is_none(self, purchase, stripe):
        purchase.start()
        asked = len(stripe.calls("GET"))
        with pytest.raises(PaymentNotVerified):
            purchase.confirm(payment_id="cs_live_" + "x" * 58)
        assert len(stripe.calls("GET")) == asked

    def test_a_bank_that_takes_its_time(self, purchase, stripe):
        """S2: complete, unpaid; then the money comes."""
        purchase.pay("async")
        assert purchase.confirm().status == S.CREATED
        purchase.hear()
        assert not told()
        intent = purchase.back["payment_intent"]
        stripe.control("POST", f"payments/{intent}/transition", {"status": "succeeded"})
        purchase.hear("checkout.session.async_payment_succeeded")
        assert Payment.objects.get().status == S.PAID

    def test_a_bank_that_says_no_after_all(self, purchase, stripe):
        purchase.pay("async")
        intent = purchase.back["payment_intent"]
        stripe.control("POST", f"payments/{intent}/transition", {"status": "failed"})
        purchase.hear()
        assert [event["name"] for event in told()] == ["payment.failed"]
        closed = Payment.objects.exclude(status=S.FAILED).get()
        assert closed.status == S.VOID
        assert purchase.start().provider_order_id != closed.provider_order_id

    def test_a_session_that_is_nearly_over_is_not_handed_out(self, purchase, stripe):
        first = purchase.start()
        Payment.objects.update(created_at=timezone.now() - timedelta(hours=22, minutes=59))
        assert purchase.start().pk == first.pk
        Payment.objects.update(created_at=timezone.now() - timedelta(hours=23, minutes=1))
        second = purchase.start()
        first.refresh_from_db()
        assert (first.status, second.status) == (S.VOID, S.CREATED)
        assert first.provider_order_id != second.provider_order_id
        stripe.pay(first.provider_order_id)  # it was still open in another tab
        reconcile(at=timezone.now() + timedelta(minutes=16))
        drain()
        assert [event["payment_id"] for event in told("payment.captured")] == [first.pk]

    def test_an_expired_session_sends_nobody_anywhere(self, purchase, stripe):
        payment = purchase.start()
        stripe.advance(24 * 3600 + 1)
        with pytest.raises(GatewayOrderClosed):
            Stripe().checkout_options(order_id=payment.provider_order_id, amount=purchase.amount)
        purchase.hear("checkout.session.expired")
        payment.refresh_from_db()
        assert payment.status == S.VOID
        assert not told()


class TestASessionThatNobodyWaitsFor:
    """Its order died, or is paid another way: the page that is still open in a tab takes no money any more."""

    def die(self) -> None:
        with transaction.atomic():
            void_payments(reference="test:1")

    def test_it_is_closed_after_the_commit(self, purchase, stripe):
        payment = purchase.start()
        self.die()
        assert not Stripe().fetch_order(payment.provider_order_id).is_over
        drain()
        assert Stripe().fetch_order(payment.provider_order_id).is_over
        purchase.hear("checkout.session.expired")
        assert not told()

    def test_a_gateway_that_does_not_answer_is_asked_again(self, purchase, stripe):
        payment = purchase.start()
        self.die()
        stripe.switch(failures=1)
        drain()
        waiting = QueuedTask.objects.get(path__endswith="close_gateway_order")
        assert (waiting.status, waiting.attempts) == (QueuedTask.Status.WAITING, 1)
        QueuedTask.objects.update(due_at=timezone.now())
        drain()
        assert Stripe().fetch_order(payment.provider_order_id).is_over

    def test_one_that_was_paid_a_moment_before_is_seen(self, purchase, stripe):
        payment = purchase.start()
        self.die()
        stripe.pay(payment.provider_order_id)
        drain()
        assert not QueuedTask.objects.exists()
        purchase.hear("checkout.session.completed")
        assert [event["payment_id"] for event in told("payment.captured")] == [payment.pk]

    def test_an_order_that_dies_while_the_session_is_made(self, purchase, stripe, monkeypatch):
        made = Stripe.create_order

        def slow(self, **facts):
            order = made(self, **facts)
            Payment.objects.update(status=S.VOID)
            return order

        monkeypatch.setattr(Stripe, "create_order", slow)
        payment = purchase.start()
        drain()
        assert Stripe().fetch_order(payment.provider_order_id).is_over


class TestSpentKeys:
    """Stripe repeats a failure under its key for a day. What it stands for did not happen: it is asked under another."""

    def test_a_session(self, purchase, stripe):
        stripe.switch(failures=1)
        with pytest.raises(GatewayUnavailable):
            purchase.start()
        assert purchase.start().provider_order_id
        keys = [call["headers"]["idempotency-key"] for call in stripe.calls("POST")]
        receipt = Payment.objects.get().receipt
        assert keys == [receipt, receipt, f"{receipt}-again"]
        assert len(stripe.ledger()["orders"]) == 1

    def test_a_refund(self, purchase, stripe):
        payment = purchase.paid()
        stripe.switch(failures=1)
        refund_payment(payment_id=payment.pk, amount=50_000, reason="x", by="sam")
        QueuedTask.objects.update(due_at="2020-01-01T00:00Z")
        drain()
        assert Refund.objects.get().status == "processed"
        assert stripe.ledger()["refunded"] == 50_000

    def test_another_address_of_the_shop_meanwhile(self, purchase, stripe, settings):
        """The same key with other parameters is refused for ever."""
        stripe.fault("/v1/checkout/sessions", method="POST", phase="after", action={"drop": True})
        stripe.fault("/v1/checkout/sessions", action={"drop": True})
        with pytest.raises(GatewayUnavailable):
            purchase.start()
        stripe.control(
            "POST", "faults", {"match": {"method": "GET"}, "phase": "after", "action": {"patch": {"data": []}}}
        )
        settings.SITE_URL = "https://moved.example"
        assert purchase.start().provider_order_id

    def test_a_refund_that_is_older_than_its_key_is_made_once(self, purchase, stripe):
        payment = purchase.paid()
        stripe.fault("/v1/refunds$", method="POST", phase="after", action={"drop": True})
        refund_payment(payment_id=payment.pk, amount=50_000, reason="x", by="sam")
        stripe.advance(86_401)
        QueuedTask.objects.update(due_at="2020-01-01T00:00Z")
        drain()
        assert Refund.objects.get().status == "processed"
        assert stripe.ledger()["refunded"] == 50_000


def test_a_dispute(purchase, stripe):
    payment = purchase.paid()
    dispute = stripe.control("POST", f"payments/{payment.provider_payment_id}/dispute", {"reason": "fraudulent"})
    seen = Stripe().fetch_dispute(dispute["id"])
    assert (seen.state, seen.deducted, seen.payment_id) == (DisputeState.OPEN, 129_900, payment.provider_payment_id)
    (hook,) = stripe.hooks("charge.dispute.created")
    assert Stripe().reread_webhook(hook["body"]).dispute_id == dispute["id"]
    stripe.control("POST", f"disputes/{dispute['id']}/transition", {"status": "won"})
    assert Stripe().fetch_dispute(dispute["id"]).deducted == 0
