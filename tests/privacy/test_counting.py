"""Purchases are counted from their order, once, and only with consent; an outside service gets no more than that."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.order.count_subscribers import count_what_was_ordered
from checkout.order.models import Order
from shop.core.outbox import Message
from shop.privacy.models import AnalyticsEvent, PurchaseConsent
from shop.privacy.services.forward_events import MOST_ATTEMPTS, forward_events
from shop.privacy.services.record_choice import record_choice
from shop.privacy.services.record_event import record_event
from tests.factories.people import client_of
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant
from tests.webhooks.receiver import receiver  # noqa: F401  a server that answers as told

YES, NO = {"purpose": "analytics", "given": True}, {"purpose": "analytics", "given": False}


@pytest.fixture
def buyer(db):
    make_shipping()
    variant = make_variant()
    client = client_of()
    cart = client.post("/api/cart/items/", {"product_id": variant.core_id, "variant_id": variant.pk, "quantity": 2})
    client.credentials(HTTP_X_CART_TOKEN=cart.headers["X-Cart-Token"])
    return client


def order_of(client) -> Order:
    body = {"address": ADDRESS, "payment_method": "cod", "email": "asha@example.com"}
    return Order.objects.get(pk=client.post("/api/order/", body).json()["id"])


def told(order: Order) -> None:
    """The event arrives, and arrives again."""
    for _ in range(2):
        count_what_was_ordered(Message(1, "order.placed", order.reference, {"order_id": order.pk}, timezone.now()))


def test_a_purchase_is_counted_once_and_names_nobody(buyer):
    visitor = buyer.post("/api/consent/", YES).json()["visitor"]
    order = order_of(buyer)
    told(order)
    event = AnalyticsEvent.objects.get(name="purchase")
    assert event.visitor == visitor
    assert event.facts["total"] == f"{order.total / 100:.2f}" and event.facts["items"][0]["quantity"] == 2
    written = json.dumps(event.facts) + str(event.once_key)
    assert order.number not in written and order.reference not in written and "asha" not in written.lower()
    assert not PurchaseConsent.objects.exists()


def test_without_a_yes_no_purchase_is_counted_and_nothing_is_kept(buyer):
    buyer.post("/api/consent/", NO)
    order = order_of(buyer)
    assert not PurchaseConsent.objects.exists()
    told(order)
    assert not AnalyticsEvent.objects.exists()


def test_a_no_after_the_order_counts(buyer):
    buyer.post("/api/consent/", YES)
    order = order_of(buyer)
    buyer.post("/api/consent/", NO)
    told(order)
    assert not AnalyticsEvent.objects.exists()


class TestGoogleAnalytics:
    @pytest.fixture
    def outside(self, db, settings, receiver, monkeypatch):  # noqa: F811
        settings.GA4_MEASUREMENT_ID, settings.GA4_API_SECRET, settings.GA4_URL = "G-TEST", "secret", receiver.url
        # Here the whole test is a transaction; that there is none is asked for by `forward_events` itself.
        monkeypatch.setattr("shop.privacy.forwarding.forbid_in_transaction", lambda _what: None)
        monkeypatch.setattr("tests.guards.forbid_in_transaction", lambda _what: None)
        return receiver

    def test_it_is_told_what_was_counted_and_no_more(self, outside):
        visitor, at = self.counted(("view", {"product_id": 12}), ("search", {"q": "mug"}), ("begin", {}))
        assert forward_events(at=at) == 3
        [(path, _headers, body)] = outside.requests
        assert "measurement_id=G-TEST" in path and "api_secret=secret" in path
        sent = json.loads(body)
        assert sent["client_id"] == visitor
        assert sent["consent"] == {"ad_user_data": "DENIED", "ad_personalization": "DENIED"}
        assert [event["name"] for event in sent["events"]] == ["view_item", "search", "begin_checkout"]
        assert sent["events"][0]["params"]["items"] == [{"item_id": "12", "quantity": 1}]
        assert forward_events(at=at) == 0 and len(outside.requests) == 1

    def test_what_it_does_not_take_is_tried_again_and_given_up(self, outside):
        _visitor, at = self.counted(("begin", {}))
        outside.answers = [500] * (MOST_ATTEMPTS + 5)
        for _ in range(MOST_ATTEMPTS + 2):
            assert forward_events(at=at) == 0
        assert len(outside.requests) == MOST_ATTEMPTS

    def test_it_comes_through_later(self, outside):
        _visitor, at = self.counted(("begin", {}))
        outside.answers = [503]
        assert [forward_events(at=at) for _ in range(2)] == [0, 1]

    def test_what_is_too_old_for_it_stays_here(self, outside):
        _visitor, at = self.counted(("begin", {}))
        assert forward_events(at=at + timedelta(days=4)) == 0 and not outside.requests

    def test_nothing_leaves_where_it_is_not_set_up(self, outside, settings):
        settings.GA4_API_SECRET = ""
        _visitor, at = self.counted(("begin", {}))
        assert forward_events(at=at) == 0 and not outside.requests

    @staticmethod
    def counted(*events):
        at = timezone.now()
        choice = record_choice(purpose="analytics", given=True, user=None, known=None, door="page", at=at)
        for name, facts in events:
            assert record_event(visitor=choice.visitor, name=name, facts=facts, at=at)
        return choice.visitor, at
