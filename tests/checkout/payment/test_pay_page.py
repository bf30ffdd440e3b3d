"""The rendered payment page: what it shows, what it loads, what it makes of the browser's answer."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from checkout.order.models import Order
from checkout.payment.models import Payment
from checkout.payment.providers.razorpay.policy import content_policy
from checkout.storefront.gateway_policy import beside_our_own
from checkout.storefront.pay import result_url
from tests.checkout.payment.conftest import drain, snapshot
from tests.checkout.payment.test_api import Buyer
from tests.factories.shop import make_shipping


@pytest.fixture
def order(db, razorpay) -> Order:
    make_shipping(free_from=0)
    buyer = Buyer()
    order = Order.objects.get(pk=buyer.buy())
    order.browser = Client(enforce_csrf_checks=True)
    order.browser.cookies["cart_token"] = buyer.cart_token
    return order


def page(order, **headers):
    return order.browser.get(f"/checkout/pay/{order.number}/", headers=headers)


def options(answer) -> dict:
    return json.loads(re.search(r'id="pay-options"[^>]*>(.*?)</script>', answer.content.decode()).group(1))


def returned(order, fields, url=None):
    """As the gateway's site posts it: from elsewhere, without a cookie or token of ours."""
    stranger = Client(enforce_csrf_checks=True)
    headers = {"Origin": "https://api.razorpay.com", "Sec-Fetch-Site": "cross-site"}
    return stranger.post(url or result_url(order), fields, headers=headers)


def test_it_gives_the_gateway_what_it_needs(order, razorpay):
    answer = page(order)
    shown = options(answer)
    assert answer.status_code == 200
    assert shown["order_id"] == Payment.objects.get().provider_order_id
    assert (shown["key"], shown["amount"], shown["currency"]) == (razorpay.key_id, 129_900, "INR")
    assert "callback_url" not in shown
    assert razorpay.key_secret not in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


def test_opened_twice_it_is_one_gateway_order(order, razorpay):
    assert options(page(order)) == options(page(order))
    assert len(razorpay.calls("POST", "/v1/orders")) == 1


def test_the_gateway_is_allowed_here_and_nowhere_else(order, razorpay):
    allowed = page(order).headers["Content-Security-Policy"]
    for directive in ("script-src", "connect-src", "frame-src"):
        assert re.search(rf"{directive} 'self' {re.escape(razorpay.url)}(;|$)", allowed), directive
    assert "unsafe-inline" not in allowed
    assert page(order).headers["Cross-Origin-Opener-Policy"] == "same-origin-allow-popups"
    assert razorpay.url not in order.browser.get("/cart/").headers["Content-Security-Policy"]


def test_the_real_gateway_is_allowed_its_hosts():
    allowed = beside_our_own(content_policy("https://checkout.razorpay.com/v1/checkout.js"))
    assert allowed["script-src"] == ["https://*.razorpay.com"]
    assert allowed["font-src"] == ["'self'", "https://*.razorpay.com"]
    assert "'unsafe-inline'" not in content_policy("https://razorpay.com.evil.example/x.js").get("style-src", [])


@pytest.mark.parametrize("is_demo", [True, False])
def test_a_demo_says_so(order, settings, is_demo):
    settings.RAZORPAY_IS_DEMO = is_demo
    assert ("No money moves" in page(order).content.decode()) is is_demo


def test_browsers_that_show_no_window_get_a_way_back(order):
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Instagram 300.0"
    shown = options(page(order, **{"User-Agent": agent}))
    assert shown["redirect"] is True
    assert shown["callback_url"] == f"http://testserver{result_url(order)}"


def test_nobody_else_sees_it(order, razorpay):
    assert Client().get(f"/checkout/pay/{order.number}/").status_code == 404
    assert Client().get("/checkout/pay/OS-99999999/").status_code == 404
    assert not razorpay.calls("POST")


@pytest.mark.parametrize("action", [{"drop": True}, {"status": 503, "body": "html"}])
def test_a_gateway_that_is_away_is_told_kindly(order, razorpay, action):
    razorpay.fault("/v1/", method="", action=action, times=9)
    answer = page(order)
    assert answer.status_code == 503
    assert "does not answer" in answer.content.decode()
    assert "checkout.js" not in answer.content.decode()
    razorpay.heal()
    assert page(order).status_code == 200


def test_a_good_return_pays_the_order(order, razorpay):
    back = razorpay.pay(options(page(order))["order_id"])
    answer = returned(order, back)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/checkout/done/{order.number}/")
    drain()
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert page(order).headers["Location"] == f"/checkout/done/{order.number}/"
    assert returned(order, back).status_code == 303
    assert Payment.objects.count() == 1


def test_a_wrong_return_leads_back(order, razorpay):
    back = razorpay.pay(options(page(order))["order_id"])
    answer = returned(order, back | {"razorpay_signature": "0" * 64})
    assert answer.headers["Location"] == f"/checkout/pay/{order.number}/?result=failed"
    drain()
    order.refresh_from_db()
    assert order.payment_status == "pending"
    shown = order.browser.get(answer.headers["Location"]).content.decode()
    assert "did not go through" in shown


def test_a_failure_told_by_the_gateways_page(order, razorpay):
    error = razorpay.pay(options(page(order))["order_id"], "fail:card_declined")["error"]
    fields = {f"error[{name}]": value for name, value in error.items() if isinstance(value, str)}
    assert returned(order, fields).headers["Location"].endswith("?result=failed")
    assert Payment.objects.filter(status="failed").count() == 1


def test_while_the_gateway_is_away_the_return_decides_nothing(order, razorpay):
    back = razorpay.pay(options(page(order))["order_id"])
    before = snapshot()
    razorpay.fault("/v1/", method="", action={"drop": True}, times=9)
    assert returned(order, back).headers["Location"] == f"/order/{order.number}/"
    assert snapshot() == before


def test_addresses_cannot_be_made_up(order, razorpay):
    back = razorpay.pay(options(page(order))["order_id"])
    before = snapshot()
    for url in (f"/checkout/pay/result/{order.number}/", f"/checkout/pay/result/{order.number}:{'x' * 43}/"):
        assert returned(order, back, url).status_code == 404
    assert returned(order, {}, result_url(order).replace(":", ":x")).status_code == 404
    assert snapshot() == before


def test_the_browser_is_only_told_by_post(order):
    assert order.browser.get(result_url(order)).status_code == 405
