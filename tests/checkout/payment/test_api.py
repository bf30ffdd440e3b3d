"""The payment door: real orders, the API's own views, the emulator behind the real SDK."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.inventory.models import Reservation, StockItem
from catalog.inventory.services.expire import expire_due
from checkout.payment.models import Payment, WebhookEvent
from shop.core.tasks.models import QueuedTask
from tests.checkout.api.conftest import Guest
from tests.checkout.payment.conftest import drain, snapshot
from tests.factories.people import client_of, make_user
from tests.factories.shop import make_shipping
from tests.factories.variants import make_variant


class Buyer(Guest):
    """A guest with an order of one mug that waits for its payment."""

    def buy(self, **changes) -> int:
        self.put_in_cart(make_variant(price=129_900, stock=5))
        answer = self.order(**{"payment_method": "razorpay"} | changes)
        assert answer.status_code == 201, answer.json()
        self.order_id = answer.json()["id"]
        return self.order_id

    def start(self, **headers):
        return self.call("post", "payment/create-razorpay-order/", {"order_id": self.order_id}, **headers)

    def confirm(self, back: dict, path: str = "payment/create/", **changes):
        body = {
            "order_id": self.order_id,
            "payment_method": "razorpay",
            "payment_id": back["razorpay_payment_id"],
            "razorpay_order_id": back["razorpay_order_id"],
            "razorpay_signature": back["razorpay_signature"],
        }
        headers = changes.pop("headers", {})
        return self.call("post", path, body | changes, **headers)

    def status(self) -> str:
        return self.call("get", f"order/{self.order_id}/").json()["status"]


@pytest.fixture
def buyer(db, razorpay) -> Buyer:
    make_shipping(free_from=0)
    buyer = Buyer()
    buyer.buy()
    return buyer


@pytest.fixture
def back(buyer, razorpay) -> dict:
    return razorpay.pay(buyer.start().json()["razorpay_order_id"])


def hear(razorpay, client, *events) -> list[int]:
    answers = [
        client.post(
            "/api/payment/webhook/razorpay/", hook["body"], content_type="application/json", headers=hook["headers"]
        ).status_code
        for hook in razorpay.hooks(*events)
    ]
    drain()
    return answers


class TestStart:
    def test_it_answers_what_the_checkout_needs(self, buyer, razorpay):
        answer = buyer.start()
        assert answer.status_code == 201
        body = answer.json()
        assert body == {
            "razorpay_order_id": Payment.objects.get().provider_order_id,
            "amount": 129_900,
            "currency": "INR",
            "key_id": razorpay.key_id,
            "checkout_js": f"{razorpay.url}/v1/checkout.js",
            "order_id": buyer.order_id,
            "prefill": {"name": "Asha Menon", "email": "guest@example.com", "contact": "+919845012345"},
        }
        assert razorpay.key_secret not in answer.content.decode()

    def test_again_it_is_the_same_gateway_order(self, buyer, razorpay):
        assert buyer.start().json() == buyer.start().json()
        assert len(razorpay.calls("POST", "/v1/orders")) == 1

    def test_a_repeated_call_is_replayed(self, buyer, razorpay):
        first, second = buyer.start(**{"Idempotency-Key": "k"}), buyer.start(**{"Idempotency-Key": "k"})
        assert first.json() == second.json()
        assert second.headers["Idempotent-Replayed"] == "true"

    @pytest.mark.parametrize("order_id", [0, -1, 1.5, "x", None, True, 2**60])
    def test_bad_ids_are_named(self, buyer, order_id):
        answer = buyer.call("post", "payment/create-razorpay-order/", {"order_id": order_id})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["order_id"])

    def test_foreign_and_missing_orders_answer_alike(self, buyer, razorpay):
        foreign = Guest().call("post", "payment/create-razorpay-order/", {"order_id": buyer.order_id})
        missing = Guest().call("post", "payment/create-razorpay-order/", {"order_id": 10**9})
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json() == missing.json()
        assert not razorpay.calls("POST")
        assert not Payment.objects.exists()

    def test_the_order_token_alone_may_pay(self, buyer):
        token = buyer.call("get", f"order/{buyer.order_id}/").json()["order_token"]
        answer = Guest().call(
            "post", "payment/create-razorpay-order/", {"order_id": buyer.order_id}, **{"X-Order-Token": token}
        )
        assert answer.status_code == 201

    def test_cash_orders_are_not_paid_here(self, buyer, razorpay):
        buyer.buy(payment_method="cod")
        before = snapshot()
        answer = buyer.start()
        assert (answer.status_code, answer.json()["code"]) == (409, "payment_method_not_offered")
        assert snapshot() == before
        assert not razorpay.calls("POST")

    def test_a_gateway_that_does_not_answer_decides_nothing(self, buyer, razorpay):
        razorpay.fault("/v1/orders", method="", action={"status": 502, "body": "html"}, times=9)
        answer = buyer.start()
        assert (answer.status_code, answer.json()["code"]) == (503, "gateway_unavailable")
        assert int(answer.headers["Retry-After"]) > 0
        assert buyer.status() == "pending"
        razorpay.heal()
        assert buyer.start().status_code == 201

    def test_pieces_are_held_again_when_their_time_was_over(self, buyer):
        expire_due(at=timezone.now() + timedelta(minutes=31))
        assert not Reservation.objects.filter(status="held").exists()
        assert buyer.start().status_code == 201
        assert Reservation.objects.filter(status="held").count() == 1

    def test_sold_out_meanwhile(self, buyer, razorpay):
        expire_due(at=timezone.now() + timedelta(minutes=31))
        StockItem.objects.update(on_hand=0)
        answer = buyer.start()
        assert (answer.status_code, answer.json()["code"]) == (409, "out_of_stock")
        assert not razorpay.calls("POST")
        assert not Payment.objects.exists()


class TestEveryCaptureEndsOnce:
    """Promise P2: in a paid order of that amount, or in a full refund."""

    def settled(self, razorpay, *events) -> None:
        assert set(hear(razorpay, Guest(), *events)) == {200}

    def test_paid_after_the_buyer_cancelled(self, buyer, razorpay):
        order = buyer.start().json()["razorpay_order_id"]
        assert buyer.call("post", f"order/{buyer.order_id}/cancel/", {}).status_code == 200
        back = razorpay.pay(order)
        self.settled(razorpay)
        assert buyer.confirm(back).status_code == 201
        drain()
        assert buyer.status() == "cancelled"
        assert (razorpay.ledger()["captured"], razorpay.ledger()["refunded"]) == (129_900, 129_900)
        assert len(razorpay.calls("POST", "/refund")) == 1
        assert Payment.objects.get().status == "refunded"

    def test_cancelled_after_it_was_paid(self, buyer, back, razorpay):
        buyer.confirm(back)
        drain()
        for _ in range(2):
            assert buyer.call("post", f"order/{buyer.order_id}/cancel/", {}).status_code == 200
            drain()
        assert razorpay.ledger()["refunded"] == 129_900
        assert len(razorpay.calls("POST", "/refund")) == 1

    def test_too_little(self, buyer, razorpay):
        back = razorpay.pay(buyer.start().json()["razorpay_order_id"], amount=50_000)
        assert buyer.confirm(back).status_code == 400
        self.settled(razorpay)
        assert buyer.status() == "pending"
        assert (razorpay.ledger()["captured"], razorpay.ledger()["refunded"]) == (50_000, 50_000)

    def test_paid_twice(self, buyer, razorpay):
        first = buyer.start().json()["razorpay_order_id"]
        Payment.objects.update(status="void")  # as if its amount had changed meanwhile
        second = buyer.start().json()["razorpay_order_id"]
        assert first != second
        for order in (first, second):
            razorpay.pay(order)
        self.settled(razorpay)
        assert buyer.status() == "paid"
        assert (razorpay.ledger()["captured"], razorpay.ledger()["refunded"]) == (259_800, 129_900)

    def test_the_refund_meets_a_gateway_that_is_away(self, buyer, razorpay):
        order = buyer.start().json()["razorpay_order_id"]
        buyer.call("post", f"order/{buyer.order_id}/cancel/", {})
        razorpay.pay(order)
        razorpay.fault("/refund$", method="POST", phase="after", action={"drop": True})
        self.settled(razorpay)
        QueuedTask.objects.update(due_at=timezone.now())
        drain()
        assert razorpay.ledger()["refunded"] == 129_900
        assert Payment.objects.get().status == "refunded"


class TestConfirm:
    @pytest.mark.parametrize("path", ["payment/create/", "payments/"])
    def test_it_pays_the_order(self, buyer, back, path):
        answer = buyer.confirm(back, path)
        payment = Payment.objects.get()
        assert answer.status_code == 201
        assert answer.json() == {
            "id": payment.pk,
            "order_id": buyer.order_id,
            "payment_id": back["razorpay_payment_id"],
            "method": "razorpay",
            "instrument": "upi",
            "status": "paid",
            "amount": "1299.00",
            "refunded": "0.00",
            "currency": "INR",
            "created_at": answer.json()["created_at"],
        }
        drain()
        assert buyer.status() == "paid"

    @pytest.mark.parametrize("named", ["razorpay", "UPI", "CARD", "NETBANKING", "WALLET", "upi"])
    def test_the_instrument_may_be_named(self, buyer, back, named):
        assert buyer.confirm(back, payment_method=named).status_code == 201

    def test_the_gateway_order_need_not_be_sent(self, buyer, back):
        assert buyer.confirm(back, razorpay_order_id=None).status_code == 201

    @pytest.mark.parametrize("named", ["stripe", "cod", "bitcoin"])
    def test_another_method_is_refused(self, buyer, back, named):
        before = snapshot()
        answer = buyer.confirm(back, payment_method=named)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["payment_method"])
        assert snapshot() == before

    @pytest.mark.parametrize("field", ["order_id", "payment_method", "payment_id"])
    def test_missing_fields_are_named(self, buyer, back, field):
        answer = buyer.confirm(back, **{field: None})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])

    @pytest.mark.parametrize("signature", ["", "0" * 64, "ä" * 64, "UPPER", None])
    def test_a_wrong_signature_is_recorded_and_changes_nothing_else(self, buyer, back, signature):
        if signature == "UPPER":
            signature = back["razorpay_signature"].upper()
        waiting = Payment.objects.values().get()
        answer = buyer.confirm(back, razorpay_signature=signature)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (400, "payment_not_verified")
        assert problem["payment"]["status"] == "failed"
        assert Payment.objects.get(pk=problem["payment"]["id"]).reference == f"order:{buyer.order_id}"
        assert Payment.objects.values().get(pk=waiting["id"]) == waiting
        drain()
        assert buyer.status() == "pending"
        assert buyer.confirm(back).status_code == 201

    def test_prices_from_the_client_are_not_read(self, buyer, back):
        assert buyer.confirm(back, amount="1.00", currency="USD").json()["amount"] == "1299.00"

    def test_only_authorized_is_202_and_the_order_waits(self, buyer, razorpay):
        back = razorpay.pay(buyer.start().json()["razorpay_order_id"], "authorized_only")
        answer = buyer.confirm(back)
        assert (answer.status_code, answer.json()["status"]) == (202, "authorized")
        assert buyer.status() == "pending"
        razorpay.advance(61)
        assert set(hear(razorpay, buyer, "payment.captured")) == {200}
        assert buyer.status() == "paid"

    def test_a_gateway_that_does_not_answer_decides_nothing(self, buyer, back, razorpay):
        before = snapshot()
        razorpay.fault("/v1/payments", action={"drop": True}, times=5)
        assert buyer.confirm(back).status_code == 503
        assert snapshot() == before
        razorpay.heal()
        assert buyer.confirm(back).status_code == 201

    def test_another_buyer_cannot_use_it(self, buyer, back):
        before = snapshot()
        thief = Buyer()
        thief.order_id = buyer.order_id
        assert thief.confirm(back).status_code == 404
        thief.buy()
        thief.start()
        before = Payment.objects.count()
        assert thief.confirm(back).status_code == 400
        assert thief.status() == "pending"
        assert Payment.objects.count() == before + 1


class TestWebhook:
    def test_it_pays_the_order_without_a_browser(self, buyer, back, razorpay):
        assert hear(razorpay, Guest()) == [200, 200, 200]
        assert buyer.status() == "paid"

    @pytest.mark.parametrize("kind", ["wrong", "missing", "upper", "empty", "non-ascii"])
    def test_a_bad_signature_is_refused_and_nothing_is_stored(self, buyer, back, razorpay, kind):
        before = snapshot()
        hook = razorpay.hooks()[0]
        good = hook["headers"]["X-Razorpay-Signature"]
        bad = {"wrong": good[:-1] + "x", "missing": None, "upper": good.upper(), "empty": "", "non-ascii": "ä"}[kind]
        headers = {"X-Razorpay-Signature": bad} if bad is not None else {}
        answer = Guest().post(
            "/api/payment/webhook/razorpay/", hook["body"], content_type="application/json", headers=headers
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "bad_signature")
        assert snapshot() == before

    @pytest.mark.parametrize("code", ["stripe", "cod", "nobody"])
    def test_unknown_gateways_are_not_there(self, db, code):
        answer = Guest().post(f"/api/payment/webhook/{code}/", "{}", content_type="application/json")
        assert answer.status_code == 404

    def test_a_huge_body_is_refused(self, db, razorpay):
        answer = Guest().post("/api/payment/webhook/razorpay/", b"x" * 3_000_000, content_type="application/json")
        assert answer.status_code == 413
        assert not WebhookEvent.objects.exists()


class TestReadAndRefund:
    @pytest.fixture
    def payment(self, buyer, back) -> Payment:
        buyer.confirm(back)
        drain()
        return Payment.objects.get()

    def test_one_own_payment(self, buyer, payment):
        answer = buyer.call("get", f"payment/{payment.pk}/")
        assert (answer.status_code, answer.json()["status"]) == (200, "paid")

    def test_foreign_and_missing_payments_answer_alike(self, buyer, payment):
        foreign, missing = Guest().call("get", f"payment/{payment.pk}/"), Guest().call("get", "payment/999999/")
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json() == missing.json()

    @pytest.mark.parametrize("role", ["customer", "merchandiser", "vendor"])
    def test_only_support_refunds(self, payment, role):
        before = snapshot()
        answer = client_of(make_user(role=role)).post(f"/api/payment/{payment.pk}/refund/", {"reason": "x"})
        assert answer.status_code == 404
        assert snapshot() == before

    def test_the_buyer_may_not_refund(self, buyer, payment):
        assert buyer.call("post", f"payment/{payment.pk}/refund/", {"reason": "x"}).status_code == 403

    @pytest.mark.parametrize("role", ["support", "admin"])
    def test_a_part_then_the_rest(self, payment, razorpay, role):
        staff = client_of(make_user(role=role))
        part = staff.post(f"/api/payment/{payment.pk}/refund/", {"amount": "300.50", "reason": "a chip"})
        assert part.status_code == 201
        assert (part.json()["amount"], part.json()["status"]) == ("300.50", "processed")
        assert part.json()["payment"]["refunded"] == "300.50"
        rest = staff.post(f"/api/payment/{payment.pk}/refund/", {"reason": "all of it"})
        assert (rest.json()["amount"], rest.json()["payment"]["status"]) == ("998.50", "refunded")
        assert razorpay.ledger()["refunded"] == 129_900

    @pytest.mark.parametrize("amount", ["1299.01", "99999999"])
    def test_never_more_than_was_captured(self, payment, razorpay, amount):
        before = snapshot()
        answer = client_of(make_user(role="support")).post(
            f"/api/payment/{payment.pk}/refund/", {"amount": amount, "reason": "x"}
        )
        assert (answer.status_code, answer.json()["code"]) == (409, "not_refundable")
        assert answer.json()["refundable"] == "1299.00"
        assert snapshot() == before
        assert razorpay.ledger()["refunded"] == 0

    @pytest.mark.parametrize("amount", ["0", "-1", "1.005", "NaN", "x", 12.5, 100, True, "", "1e400"])
    def test_bad_amounts_are_named(self, payment, amount):
        answer = client_of(make_user(role="support")).post(
            f"/api/payment/{payment.pk}/refund/", {"amount": amount, "reason": "x"}
        )
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["amount"])

    def test_a_reason_is_needed(self, payment):
        answer = client_of(make_user(role="support")).post(f"/api/payment/{payment.pk}/refund/", {})
        assert list(answer.json()["errors"]) == ["reason"]

    def test_the_same_key_refunds_once(self, payment, razorpay):
        staff = client_of(make_user(role="support"))
        body = {"amount": "100.00", "reason": "x"}
        answers = [
            staff.post(f"/api/payment/{payment.pk}/refund/", body, headers={"Idempotency-Key": "k"}) for _ in range(3)
        ]
        assert [answer.status_code for answer in answers] == [201] * 3
        assert razorpay.ledger()["refunded"] == 10_000

    def test_while_the_gateway_is_away_the_refund_is_accepted_and_made_later(self, payment, razorpay):
        razorpay.fault("/refund", method="POST", action={"drop": True}, times=9)
        answer = client_of(make_user(role="support")).post(f"/api/payment/{payment.pk}/refund/", {"reason": "x"})
        assert (answer.status_code, answer.json()["status"]) == (201, "pending")
        razorpay.heal()
        drain()
        assert Payment.objects.get().status == "refunded"
        assert razorpay.ledger()["refunded"] == 129_900
