"""Stripe through the API and the shop's pages: begin, come back, leave, fail, be told by webhook."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.test import Client

from checkout.order.models import Order
from checkout.payment.models import Payment
from tests.checkout.api.conftest import Guest
from tests.checkout.payment.conftest import drain, snapshot
from tests.checkout.payment.test_api import Buyer
from tests.factories.shop import make_shipping


class StripeBuyer(Buyer):
    def buy(self, **changes) -> int:
        return super().buy(**{"payment_method": "stripe"} | changes)

    def start(self, path: str = "payment/create-stripe-session/", **headers):
        return self.call("post", path, {"order_id": self.order_id}, **headers)

    def confirm_with(self, payment_id: str, **changes):
        body = {"order_id": self.order_id, "payment_method": "stripe", "payment_id": payment_id}
        return self.call("post", "payment/create/", body | changes)


@pytest.fixture
def buyer(db, stripe) -> StripeBuyer:
    return with_an_order()


def with_an_order() -> StripeBuyer:
    make_shipping(free_from=0)
    buyer = StripeBuyer()
    buyer.buy()
    return buyer


@dataclass
class Shopper:
    order: Order
    browser: Client

    def page(self):
        return self.browser.get(f"/checkout/pay/{self.order.number}/")

    def follow(self, address: str):
        """Where Stripe's page sends the browser: an address of the shop."""
        return self.browser.get(address.removeprefix("http://testserver"))


@pytest.fixture
def shopper(buyer, settings) -> Shopper:
    settings.SITE_URL = "http://testserver"
    browser = Client(enforce_csrf_checks=True)
    browser.cookies["cart_token"] = buyer.cart_token
    return Shopper(Order.objects.get(pk=buyer.order_id), browser)


class TestApi:
    def test_begin_pay_confirm(self, buyer, stripe):
        started = buyer.start()
        assert started.status_code == 201
        body = started.json()
        assert body == {
            "url": f"{stripe.url}/c/pay/{body['session_id']}", "session_id": body["session_id"], "amount": 129_900,
            "currency": "INR", "order_id": buyer.order_id,
        }  # fmt: skip
        assert body["session_id"].startswith("cs_test_")
        back = stripe.pay(body["session_id"])
        answer = buyer.confirm_with(body["session_id"])
        paid = answer.json()
        assert (answer.status_code, paid["status"], paid["amount"], paid["method"]) == (
            201,
            "paid",
            "1299.00",
            "stripe",
        )
        assert (paid["payment_id"], paid["instrument"]) == (back["payment_intent"], "card")
        drain()
        assert buyer.status() == "paid"

    @pytest.mark.parametrize("named", ["stripe", "CARD", "card"])
    def test_by_the_id_of_the_payment(self, buyer, stripe, named):
        back = stripe.pay(buyer.start().json()["session_id"])
        assert buyer.confirm_with(back["payment_intent"], payment_method=named).status_code == 201

    def test_again_it_is_the_same_session(self, buyer, stripe):
        assert buyer.start().json() == buyer.start().json()
        assert len(stripe.calls("POST", "/sessions")) == 1

    def test_the_general_door(self, buyer, stripe):
        body = buyer.start("payment/start/").json()
        assert (body["payment_method"], body["amount"], body["currency"]) == ("stripe", 129_900, "INR")
        assert body["checkout"]["redirect_url"] == buyer.start().json()["url"]

    def test_the_door_of_the_other_gateway(self, buyer, stripe):
        before = snapshot()
        answer = buyer.start("payment/create-razorpay-order/")
        assert (answer.status_code, answer.json()["code"]) == (409, "payment_method_not_offered")
        assert snapshot() == before
        assert not stripe.calls("POST")

    def test_without_keys(self, buyer, stripe, settings):
        settings.STRIPE_SECRET_KEY = ""
        assert buyer.start().json()["code"] == "payment_method_not_offered"
        assert Guest().post("/api/payment/webhook/stripe/", "{}", content_type="application/json").status_code == 404

    @pytest.mark.parametrize("payment_id", ["cs_test_" + "x" * 58, "pi_" + "x" * 24, "cs_test_", "pay_x", "x" * 255])
    def test_made_up_ids_never_pay(self, buyer, stripe, payment_id):
        buyer.start()
        answer = buyer.confirm_with(payment_id)
        assert (answer.status_code, answer.json()["code"]) == (400, "payment_not_verified")
        drain()
        assert buyer.status() == "pending"

    def test_an_open_session_does_not_pay(self, buyer, stripe):
        assert buyer.confirm_with(buyer.start().json()["session_id"]).status_code == 400
        assert buyer.status() == "pending"

    def test_the_payment_of_another_buyer(self, buyer, stripe):
        back = stripe.pay(buyer.start().json()["session_id"])
        thief = StripeBuyer()
        thief.buy()
        thief.start()
        for payment_id in (back["session_id"], back["payment_intent"]):
            assert thief.confirm_with(payment_id).status_code == 400
        drain()
        assert thief.status() == "pending"

    def test_a_bank_that_takes_its_time_is_202(self, buyer, stripe):
        stripe.pay(buyer.start().json()["session_id"], "async")
        answer = buyer.confirm_with(Payment.objects.get().provider_order_id)
        assert (answer.status_code, answer.json()["status"]) == (202, "pending")
        assert buyer.status() == "pending"
        answer = buyer.start()
        assert (answer.status_code, answer.json()["code"]) == (409, "already_paid")

    def test_paid_after_the_buyer_cancelled(self, buyer, stripe):
        session = buyer.start().json()["session_id"]
        assert buyer.call("post", f"order/{buyer.order_id}/cancel/", {}).status_code == 200
        stripe.pay(session)
        for hook in stripe.hooks():
            answer = Guest().post(
                "/api/payment/webhook/stripe/", hook["body"], content_type="application/json", headers=hook["headers"]
            )
            assert answer.status_code == 200
        drain()
        assert buyer.status() == "cancelled"
        assert (stripe.ledger()["captured"], stripe.ledger()["refunded"]) == (129_900, 129_900)
        assert len(stripe.refund_calls()) == 1

    @pytest.mark.parametrize("tamper", ["body_byte", "reserialized", "signature_wrong", "signature_missing",
                                        "signature_v0", "time_old", "livemode"])  # fmt: skip
    def test_spoiled_messages_change_nothing(self, served_shop, stripe, tamper):
        buyer = with_an_order()
        stripe.pay(buyer.start().json()["session_id"])
        stripe.send_hooks_to(f"{served_shop}/api/payment/webhook/stripe/")
        stripe.control("PATCH", f"accounts/{stripe.account}", {"switches": {}})
        stripe.pay(_other_session(buyer, stripe))
        before = snapshot()
        attempts = stripe.control("POST", "webhooks/deliver", {"tamper": tamper})["attempts"]
        sent = [attempt for attempt in attempts if attempt["url"].startswith(served_shop)]
        assert {attempt["status"] for attempt in sent} == {400}
        assert snapshot() == before

    def test_a_session_that_was_closed_is_replaced(self, buyer, stripe):
        first = buyer.start().json()["session_id"]
        stripe.advance(24 * 3600 + 1)
        second = buyer.start().json()["session_id"]
        assert first != second
        stripe.pay(second)
        assert buyer.confirm_with(second).status_code == 201


def _other_session(buyer: StripeBuyer, stripe) -> str:
    other = StripeBuyer()
    other.buy()
    return other.start().json()["session_id"]


class TestPages:
    def test_the_way_there_and_back(self, shopper, stripe):
        page = shopper.page()
        address = re.search(r'<a class="btn wide" href="([^"]+)">', page.content.decode()).group(1)
        session = address.rpartition("/")[2]
        assert address == f"{stripe.url}/c/pay/{session}"
        assert "pay-options" not in page.content.decode()
        assert "js/pay.js" not in page.content.decode()
        answer = shopper.follow(stripe.pay(session)["url"])
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/checkout/done/{shopper.order.number}/")
        drain()
        shopper.order.refresh_from_db()
        assert shopper.order.payment_status == "paid"
        assert shopper.page().headers["Location"] == f"/checkout/done/{shopper.order.number}/"

    def test_leaving_it(self, shopper, stripe):
        shopper.page()
        left = stripe.pay(Payment.objects.get().provider_order_id, "cancel")["url"]
        answer = shopper.follow(left)
        assert answer.headers["Location"] == f"/checkout/pay/{shopper.order.number}/?result=left"
        assert "You left the payment page" in shopper.browser.get(answer.headers["Location"]).content.decode()
        assert Payment.objects.get().status == "created"

    def test_success_opened_by_hand(self, shopper, stripe):
        shopper.page()
        payment = Payment.objects.get()
        answer = shopper.follow(f"/checkout/pay/back/stripe/{payment.receipt}/?paid={payment.provider_order_id}")
        assert answer.headers["Location"].endswith("?result=failed")
        shopper.order.refresh_from_db()
        assert shopper.order.payment_status == "pending"

    @pytest.mark.parametrize("path", ["stripe/pay-000000000000000000000000/", "razorpay/{receipt}/", "x/{receipt}/"])
    def test_addresses_cannot_be_made_up(self, shopper, stripe, path):
        shopper.page()
        before = snapshot()
        receipt = Payment.objects.get().receipt
        assert shopper.follow(f"/checkout/pay/back/{path.format(receipt=receipt)}?paid=cs_test_x").status_code == 404
        assert snapshot() == before

    def test_paid_before_anybody_told_us(self, shopper, stripe):
        shopper.page()
        stripe.pay(Payment.objects.get().provider_order_id)
        assert shopper.page().headers["Location"] == f"/checkout/done/{shopper.order.number}/"
        assert Payment.objects.get().status == "paid"

    @pytest.mark.parametrize("action", [{"drop": True}, {"status": 503, "body": "html"}, {"status": 429}])
    def test_a_gateway_that_is_away_is_told_kindly(self, shopper, stripe, action):
        stripe.fault("/v1/", method="", action=action, times=9)
        answer = shopper.page()
        assert answer.status_code == 503
        assert "does not answer" in answer.content.decode()
        stripe.heal()
        assert shopper.page().status_code == 200

    @pytest.mark.parametrize("is_demo", [True, False])
    def test_a_demo_says_so(self, shopper, settings, is_demo):
        settings.STRIPE_IS_DEMO = is_demo
        assert ("No money moves" in shopper.page().content.decode()) is is_demo


class TestBackToAClient:
    """The buyer of a client of one's own comes back to it, and only to an address that is ours or allowed."""

    CLIENT = "https://app.example/orders?tab=1"

    @pytest.fixture(autouse=True)
    def _origins(self, settings):
        settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]

    def leave(self, shopper, buyer, return_url, path="payment/create-stripe-session/"):
        body = buyer.call("post", path, {"order_id": buyer.order_id, "return_url": return_url}).json()
        address = body["url"] if "url" in body else body["checkout"]["redirect_url"]
        return shopper.follow(address)

    @pytest.mark.parametrize(
        ("asked", "back"),
        [
            (CLIENT, "https://app.example/orders?tab=1&order_id={}&payment={}"),
            ("/app/order/5", "http://testserver/app/order/5?order_id={}&payment={}"),
            ("http://testserver/app/", "http://testserver/app/?order_id={}&payment={}"),
        ],
    )
    @pytest.mark.parametrize("path", ["payment/create-stripe-session/", "payment/start/"])
    def test_paid(self, shopper, buyer, stripe, asked, back, path):
        gone = self.leave(shopper, buyer, asked, path)
        session_id = Payment.objects.get().provider_order_id
        assert (gone.status_code, gone.headers["Location"]) == (302, f"{stripe.url}/c/pay/{session_id}")
        cookie = gone.cookies["pay_return"]
        assert (
            cookie["httponly"]
            and cookie["samesite"] == "Lax"
            and cookie["path"].startswith("/checkout/pay/back/stripe/")
        )
        came = shopper.follow(stripe.pay(session_id)["url"])
        assert (came.status_code, came.headers["Location"]) == (303, back.format(buyer.order_id, "paid"))
        drain()
        assert buyer.status() == "paid"

    def test_left_without_paying(self, shopper, buyer, stripe):
        self.leave(shopper, buyer, self.CLIENT)
        receipt = Payment.objects.get().receipt
        came = shopper.browser.get(f"/checkout/pay/back/stripe/{receipt}/")
        assert came.headers["Location"].endswith("payment=left")
        assert buyer.status() == "pending"

    def test_without_the_cookie_it_is_our_own_page(self, shopper, buyer, stripe):
        self.leave(shopper, buyer, self.CLIENT)
        del shopper.browser.cookies["pay_return"]
        came = shopper.follow(stripe.pay(Payment.objects.get().provider_order_id)["url"])
        assert came.headers["Location"].startswith("/checkout/done/")

    @pytest.mark.parametrize("cookie", ["x", "https://evil.example/"])
    def test_a_cookie_that_we_did_not_sign_is_not_followed(self, shopper, buyer, stripe, cookie):
        self.leave(shopper, buyer, self.CLIENT)
        shopper.browser.cookies["pay_return"] = cookie
        came = shopper.follow(stripe.pay(Payment.objects.get().provider_order_id)["url"])
        assert came.headers["Location"].startswith("/checkout/done/")
        assert shopper.browser.get("/checkout/pay/leave/forged:x:y/").status_code == 404

    @pytest.mark.parametrize(
        "wrong",
        [
            "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
            "https://app.example@evil.example/", "https://u:p@app.example/", "http://app.example/", "https://app.example:444/",
            "https://app.example.evil.example/", "/app/\nx", "app/", "data:text/html,x", "https://[::1", "/" + "x" * 501,
        ],
    )  # fmt: skip
    def test_foreign_addresses_are_refused_and_nothing_begins(self, buyer, stripe, wrong):
        body = {"order_id": buyer.order_id, "return_url": wrong}
        answer = buyer.call("post", "payment/create-stripe-session/", body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["return_url"])
        assert not Payment.objects.exclude(provider_order_id="").exists() and not stripe.calls("POST", "/sessions")
