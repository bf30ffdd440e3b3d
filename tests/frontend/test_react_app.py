"""The door at /app/: one page for every address, files that never change, and the one document that may load a gateway."""

from __future__ import annotations

import html
import json
import re

import pytest

from checkout.storefront import react_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(tmp_path, monkeypatch):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<html><head><!--shop--></head><body>the client</body></html>")
    (tmp_path / "assets" / "index-abc.js").write_text("1")
    (tmp_path / "secret.txt").write_text("not for the world")
    monkeypatch.setattr(react_app, "BUILT", tmp_path)


@pytest.mark.parametrize("path", ["", "product/1", "account/orders", "no/such/view"])
def test_every_address_is_answered_by_the_client(client, built, path):
    answer = client.get(f"/app/{path}")
    assert answer.status_code == 200 and b"the client" in answer.content
    assert answer["Cache-Control"] == "no-cache"
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_the_page_says_what_no_api_says_yet(client, built, settings):
    settings.WAGTAIL_SITE_NAME = '"><script>alert(1)</script>'
    page = client.get("/app/").content.decode()
    assert "<script>" not in page
    facts = json.loads(html.unescape(re.search(r'<meta name="shop" content="([^"]*)">', page)[1]))
    assert facts["name"] == settings.WAGTAIL_SITE_NAME
    assert facts["currencies"][0] == settings.DEFAULT_CURRENCY and "cod" in facts["payments"][settings.DEFAULT_CURRENCY]
    assert facts["sms"] is bool(settings.SMS_URL)


def test_until_it_is_built_the_page_says_so(client, tmp_path, monkeypatch):
    monkeypatch.setattr(react_app, "BUILT", tmp_path / "nothing")
    answer = client.get("/app/cart")
    assert answer.status_code == 503 and b"make frontend" in answer.content
    assert client.get("/app/assets/index-abc.js").status_code == 404


def test_files_are_kept_for_ever_and_none_but_the_built_ones_is_given(client, built):
    answer = client.get("/app/assets/index-abc.js")
    assert b"".join(answer.streaming_content) == b"1"
    assert "immutable" in answer["Cache-Control"] and "public" in answer["Cache-Control"]
    for path in ("nothing.js", "../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt"):
        answer = client.get(f"/app/assets/{path}")
        assert b"not for the world" not in b"".join(answer), path


def test_a_gateway_is_allowed_in_the_pay_window_alone(client, built, settings):
    settings.RAZORPAY_KEY_ID, settings.RAZORPAY_KEY_SECRET = "rzp_live_x", "secret"
    settings.RAZORPAY_CHECKOUT_JS_URL = "https://checkout.razorpay.com/v1/checkout.js"
    window = client.get("/app/pay-window/")
    assert b"https://checkout.razorpay.com/v1/checkout.js" in window.content
    assert "https://*.razorpay.com" in window["Content-Security-Policy"]
    assert window["X-Frame-Options"] == "SAMEORIGIN"
    assert "razorpay" not in client.get("/app/checkout")["Content-Security-Policy"]


def test_only_reading_is_allowed(client, built):
    assert client.post("/app/").status_code == 405
