"""One folder, and nothing changed elsewhere: the example of docs/add-a-payment-provider.md through both doors."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from pathlib import Path

import environ
import pytest
from django.core.checks import run_checks
from django.test import Client

from checkout.payment import providers
from checkout.payment.models import Payment
from shop.settings import providers as provider_settings
from tests.checkout.api.conftest import Guest
from tests.checkout.payment.conftest import drain
from tests.checkout.payment.test_api import Buyer
from tests.factories.people import client_of, make_user
from tests.factories.shop import make_shipping

PACKAGE = "tests.checkout.payment.example_provider"
FOLDER = Path(__file__).parent / "example_provider"
DOCS = Path(__file__).resolve().parents[3] / "docs" / "add-a-payment-provider.md"


class Bank:
    """Who writes the statement."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_text(json.dumps({"orders": {}, "payments": {}, "refunds": {}}))

    def statement(self) -> dict:
        return json.loads(self.path.read_text())

    def transfer(self, order: str, amount: int, payment: str = "utr-1") -> None:
        statement = self.statement()
        statement["payments"][payment] = {"order": order, "amount": amount, "currency": "INR"}
        self.path.write_text(json.dumps(statement))


@pytest.fixture
def bank(settings, tmp_path) -> Bank:
    settings.EXTRA_PAYMENT_PROVIDERS = [PACKAGE]
    settings.TRANSFER_ACCOUNT, settings.TRANSFER_HOOK_SECRET = "IN01 2345", "hook"
    settings.TRANSFER_STATEMENT = str(tmp_path / "statement.json")
    return Bank(tmp_path / "statement.json")


@pytest.fixture
def buyer(db, bank) -> Buyer:
    make_shipping(free_from=0)
    buyer = Buyer()
    buyer.buy(payment_method="transfer")
    return buyer


def hear(order: str, key: str = "hook") -> int:
    body = json.dumps({"id": "evt-1", "order": order, "payment": "utr-1"})
    signature = hmac.new(key.encode(), body.encode(), hashlib.sha256).hexdigest()
    answer = Guest().post(
        "/api/payment/webhook/transfer/", body, content_type="application/json", headers={"X-Signature": signature}
    )
    drain()
    return answer.status_code


def test_paid_by_webhook_then_given_back(buyer, bank):
    started = buyer.call("post", "payment/start/", {"order_id": buyer.order_id})
    assert started.json()["checkout"]["redirect_url"].startswith("https://bank.example/")
    order = Payment.objects.get().provider_order_id
    assert hear(order) == 200
    assert buyer.status() == "pending"  # said, but not on the statement
    bank.transfer(order, 129_900)
    answer = buyer.call("post", "payment/create/", {"order_id": buyer.order_id, "payment_method": "transfer",
                                                     "payment_id": "utr-1"})  # fmt: skip
    assert (answer.status_code, answer.json()["status"]) == (201, "paid")
    drain()
    assert buyer.status() == "paid"
    staff = client_of(make_user(role="support"))
    refund = staff.post(f"/api/payment/{Payment.objects.get().pk}/refund/", {"amount": "99.00", "reason": "late"})
    assert (refund.status_code, refund.json()["status"]) == (201, "processed")
    assert [row["amount"] for row in bank.statement()["refunds"].values()] == [9_900]


def test_forged_messages_are_refused(buyer, bank):
    buyer.call("post", "payment/start/", {"order_id": buyer.order_id})
    order = Payment.objects.get().provider_order_id
    bank.transfer(order, 129_900)
    assert hear(order, key="other") == 400
    assert buyer.status() == "pending"
    assert hear(order) == 200
    assert buyer.status() == "paid"


def test_too_little_does_not_pay(buyer, bank):
    buyer.call("post", "payment/start/", {"order_id": buyer.order_id})
    order = Payment.objects.get().provider_order_id
    bank.transfer(order, 100)
    hear(order)
    assert buyer.status() == "pending"
    assert sum(row["amount"] for row in bank.statement()["refunds"].values()) == 100


def test_the_pay_page_leads_to_its_page(buyer, bank):
    browser = Client()
    browser.cookies["cart_token"] = buyer.cart_token
    number = buyer.call("get", f"order/{buyer.order_id}/").json()["number"]
    shown = browser.get(f"/checkout/pay/{number}/").content.decode()
    assert re.search(r'<a class="btn wide" href="https://bank\.example/', shown)


def test_without_its_settings_it_is_not_there(buyer, bank, settings):
    settings.TRANSFER_ACCOUNT = ""
    assert "transfer" not in providers.offered("INR")
    assert hear("x") == 404
    settings.EXTRA_PAYMENT_PROVIDERS = []
    assert providers.entry("transfer") is None


def test_its_own_check_runs_with_the_others(bank, settings):
    settings.TRANSFER_HOOK_SECRET = ""
    assert "payment.E091" in [message.id for message in run_checks(tags=["security"])]


def test_its_own_settings_are_read_and_checked(monkeypatch):
    monkeypatch.setenv("EXTRA_PAYMENT_PROVIDERS", PACKAGE)
    monkeypatch.setenv("TRANSFER_ACCOUNT", "IN01")
    values = provider_settings.read(environ.Env())
    assert (values["TRANSFER_ACCOUNT"], values["EXTRA_PAYMENT_PROVIDERS"]) == ("IN01", [PACKAGE])
    assert any("TRANSFER_HOOK_SECRET" in problem for problem in provider_settings.production_problems(values))
    assert "STRIPE_API_URL" in values


def test_the_shop_names_it_nowhere():
    root = DOCS.parents[1]
    for room in ("checkout", "shop", "catalog", "templates"):
        for path in (root / room).rglob("*"):
            if path.suffix in (".py", ".html"):
                assert "example_provider" not in path.read_text(), path


def test_the_page_names_every_file_and_method_of_the_example():
    text = DOCS.read_text()
    for path in FOLDER.glob("*.py"):
        assert path.name in text, path.name
    for method in re.findall(r"^    def ([a-z]\w+)", (FOLDER / "gateway.py").read_text(), re.M):
        assert f"`{method}`" in text, method
