"""The port to an outside analytics service, and Google Analytics 4 behind it (Measurement Protocol, server to server).

No script of Google's is ever loaded into a page, and no address or name leaves the shop: the random id that the visitor
agreed to, what was done, and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import requests
from django.conf import settings

from shop.core.db import forbid_in_transaction
from shop.privacy.models import AnalyticsEvent

NAMES = {"view": "view_item", "search": "search", "add": "add_to_cart", "begin": "begin_checkout",
         "purchase": "purchase"}  # fmt: skip
TIMEOUT = 10


class Service(Protocol):
    def send(self, events: Sequence[AnalyticsEvent]) -> None:
        """Events of one visitor, in order, at most 25. Raises OSError when they were not taken."""


class GoogleAnalytics:
    def __init__(self, measurement_id: str, api_secret: str, url: str) -> None:
        self.params = {"measurement_id": measurement_id, "api_secret": api_secret}
        self.url = url

    def send(self, events: Sequence[AnalyticsEvent]) -> None:
        forbid_in_transaction("Google Analytics")
        body: dict[str, Any] = {
            "client_id": events[0].visitor,
            "timestamp_micros": int(events[0].at.timestamp() * 1_000_000),
            "consent": {"ad_user_data": "DENIED", "ad_personalization": "DENIED"},  # counted, not advertised to
            "events": [{"name": NAMES[event.name], "params": _params(event)} for event in events],
        }
        requests.post(self.url, params=self.params, json=body, timeout=TIMEOUT).raise_for_status()


def _params(event: AnalyticsEvent) -> dict[str, Any]:
    facts = event.facts
    params: dict[str, Any] = {"timestamp_micros": int(event.at.timestamp() * 1_000_000), "engagement_time_msec": 1}
    if event.name == "search":
        return params | {"search_term": facts.get("q", "")}
    if event.name == "purchase":
        return params | {"transaction_id": facts["transaction"], "value": float(facts["total"]),
                         "currency": facts["currency"], "items": [_item(line) for line in facts["items"]]}  # fmt: skip
    return params | ({"items": [_item(facts)]} if "product_id" in facts else {})


def _item(line: dict[str, Any]) -> dict[str, Any]:
    return {"item_id": str(line["product_id"]), "quantity": line.get("quantity", 1)}


def service() -> Service | None:
    """The one that the settings name, None for none."""
    if not (settings.GA4_MEASUREMENT_ID and settings.GA4_API_SECRET):
        return None
    return GoogleAnalytics(settings.GA4_MEASUREMENT_ID, settings.GA4_API_SECRET, settings.GA4_URL)
