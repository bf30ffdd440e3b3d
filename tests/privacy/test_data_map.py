"""Promise A6: the export gives everything of a person and nothing of others; erasure leaves only what the books keep."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from checkout.cart.models import Cart
from shop.accounts import challenges
from shop.accounts.devices import Device
from shop.accounts.models import Challenge, EmailChange
from shop.accounts.token_strategy import tokens
from shop.core.personal_data import everything_of
from shop.core.retention import rules
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from shop.privacy.data_map import HELD, KEPT, NOT_PERSONAL
from shop.privacy.models import AnalyticsEvent, Consent, PrivacyRequest
from shop.privacy.services.apply_retention import apply_retention
from shop.privacy.services.record_choice import record_choice
from shop.privacy.services.record_event import record_event
from tests.accounts.proofs import give_passkey
from tests.factories.orders import make_order, make_return
from tests.factories.people import PASSWORD, client_of, make_address, make_user
from tests.factories.variants import make_variant

User = get_user_model()
TELLING = re.compile(
    r"email|phone|contact_email|address|billing_address|ip|ip_address|user_agent|visitor|gstin|username|first_name|last_name"
    r"|pincode|by|actor|requested_by|cart_token_hash|body|payload"
)
MARK = "Zeenatmarker"
HOW = "say in shop/privacy/data_map.py what it holds (HELD; then `manage.py data_map --write`), or why it is nobody's (NOT_PERSONAL)"


def tells_of_somebody(model: type[models.Model]) -> bool:
    fields = [field for field in model._meta.get_fields() if not field.auto_created or field.concrete]
    return any(
        field.related_model is User or isinstance(field, models.EmailField | models.GenericIPAddressField)
        or (TELLING.fullmatch(field.name) is not None)
        for field in fields
    )  # fmt: skip


def test_every_table_that_tells_of_somebody_is_on_the_map():
    known = {held.table for held in HELD} | set(NOT_PERSONAL)
    telling = {model._meta.label for model in apps.get_models(include_auto_created=True) if tells_of_somebody(model)}
    assert not telling - known, f"{', '.join(sorted(telling - known))}: {HOW}"


def test_the_map_names_what_is_there():
    there = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert not ({held.table for held in HELD} | set(NOT_PERSONAL)) - there


def test_the_page_is_written_from_the_map():
    call_command("data_map", check=True)


@pytest.fixture
def zeenat(db):
    """Somebody who left something everywhere."""
    user = make_user(MARK.lower(), name=MARK, email=f"{MARK}@example.com", phone="+919812345670")
    made = {"user": user, "name": MARK, "street": f"{MARK} road", "note": f"{MARK} rings twice"}
    make_order(**made)
    make_return(**made)
    make_address(user, name=MARK)
    leave_ways_in(user)
    Notification.objects.create(
        recipient=user, channel="email", kind="order_placed", address=user.email, subject=MARK, message=MARK
    )
    client = client_of(user)
    client.post("/api/cart/items/", {"product_id": make_variant().core_id, "quantity": 1})
    product = make_variant(stock=0).core_id
    client.post(f"/api/product/{product}/stock-alert/", {})
    choice = record_choice(purpose="analytics", given=True, user=user, known=None, door="page", at=timezone.now())
    record_event(visitor=choice.visitor, name="begin", facts={}, at=timezone.now())
    return user


def leave_ways_in(user) -> None:
    now = timezone.now()
    tokens().issue(user, device=Device(user_agent=f"{MARK}/1.0"))
    challenges.open_challenge(purpose="phone", at=now, user=user, phone=user.phone)
    EmailChange.objects.create(user=user, old_email=f"{MARK}@old.example", new_email=user.email, changed_at=now)
    SocialAccount.objects.create(user=user, provider="google", uid=MARK)
    give_passkey(user, MARK)


def tables_with(word: str) -> set[str]:
    """Every table that holds the word anywhere."""
    tables = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    found = set()
    with connection.cursor() as cursor:
        for meta in tables:
            cursor.execute(f'SELECT 1 FROM "{meta.db_table}" AS t WHERE t::text ILIKE %s LIMIT 1', [f"%{word}%"])
            found |= {meta.label} if cursor.fetchone() else set()
    return found


def test_after_an_erasure_only_what_the_books_keep_still_knows_them(zeenat):
    left = {"accounts.User", "accounts.Address", "notifications.Notification", "order.Order", "accounts.SignIn",
            "accounts.EmailChange", "socialaccount.SocialAccount", "mfa.Authenticator"}  # fmt: skip
    assert left <= tables_with(MARK) and Challenge.objects.exists()
    assert client_of(zeenat).delete("/api/self/").status_code == 204
    while run_everything_due():  # the last letter goes out, and is forgotten with its address
        pass
    kept = {held.table for held in HELD if held.erased == KEPT}
    assert tables_with(MARK) <= kept, f"these still hold the name: {tables_with(MARK) - kept}"
    assert not Challenge.objects.exists()
    assert not AnalyticsEvent.objects.exists() and not Consent.objects.exists()
    assert not Cart.objects.filter(user=zeenat).exists()
    assert PrivacyRequest.objects.get().kind == "erasure"


def test_notes_and_the_name_of_who_acted_go_even_from_the_books(zeenat):
    client_of(zeenat).delete("/api/self/")
    assert tables_with(f"{MARK} rings") == set()


def test_the_export_holds_what_the_map_says_and_nothing_of_others(zeenat):
    other = make_user("other", name="Otherperson")
    make_order(user=other, name="Otherperson")
    answer = client_of(zeenat).get("/api/self/export/")
    given = answer.json()
    assert {held.exported for held in HELD if held.exported} <= set(given)
    assert given["sign_ins"] and given["email_changes"] and given["other_services"] and given["second_factors"]
    assert given["analytics"] and given["consents"] and given["orders"] and given["cart"] and given["stock_alerts"]
    assert "Otherperson" not in answer.content.decode()
    assert PrivacyRequest.objects.get().kind == "export"
    assert not everything_of(other)["analytics"]


def test_what_is_old_is_forgotten_and_the_rest_stays(db, settings, zeenat):
    now = timezone.now()
    guest = Cart.objects.create(token_hash="a" * 64, currency="INR")
    young = Cart.objects.create(token_hash="b" * 64, currency="INR")
    Cart.objects.filter(pk=guest.pk).update(updated_at=now - timedelta(days=181))
    Notification.objects.update(created_at=now - timedelta(days=100))
    forgotten = apply_retention(at=now)
    assert forgotten["guest_carts"] == 1 and forgotten["notices"] == 0
    assert set(Cart.objects.filter(user=None)) == {young} and Cart.objects.filter(user=zeenat).exists()
    settings.RETENTION_DAYS = {"notices": 50}
    assert apply_retention(at=now)["notices"] > 0 and not Notification.objects.exists()
    assert apply_retention(at=now + timedelta(days=401))["analytics"] == 1


def test_a_rule_that_fails_does_not_stop_the_others(db, monkeypatch):
    def fail(_before):
        raise RuntimeError

    monkeypatch.setitem(rules, "guest_carts", type(rules["guest_carts"])("guest_carts", 1, fail))
    assert "analytics" in apply_retention(at=timezone.now())


class TestTheAccountPage:
    @pytest.fixture
    def browser(self, zeenat):
        browser = Client()
        browser.force_login(zeenat)
        return browser

    def test_data_is_downloaded_and_that_is_noted(self, browser, zeenat):
        answer = browser.post("/account/data/export/")
        assert answer["Content-Disposition"].endswith('"my-data.json"') and MARK in answer.content.decode()
        assert PrivacyRequest.objects.get().account == zeenat.pk

    def test_it_closes_with_the_password_only(self, browser, zeenat):
        assert "not your password" in browser.post("/account/data/close/", {"password": "wrong"}).content.decode()
        zeenat.refresh_from_db()
        assert zeenat.is_active
        assert browser.post("/account/data/close/", {"password": PASSWORD}).url == "/"
        zeenat.refresh_from_db()
        assert not zeenat.is_active and zeenat.erased_at
        assert browser.get("/account/data/").status_code == 302

    def test_what_this_browser_agreed_to_before_goes_too(self, browser):
        choice = record_choice(purpose="analytics", given=True, user=None, known=None, door="page", at=timezone.now())
        record_event(visitor=choice.visitor, name="begin", facts={}, at=timezone.now())
        browser.cookies["consent"] = choice.cookie
        assert "This browser is counted" in browser.get("/account/data/").content.decode()
        browser.post("/account/data/close/", {"password": PASSWORD})
        assert not AnalyticsEvent.objects.exists()

    def test_it_asks_little(self, browser, django_assert_max_num_queries):
        browser.get("/account/data/")
        with django_assert_max_num_queries(6):
            assert "What you agreed to" in browser.get("/account/data/").content.decode()
