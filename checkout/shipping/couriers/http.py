"""A courier over HTTP (docs/couriers.md): bookings as JSON, its reports as webhooks signed over the raw bytes."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import requests
from django.conf import settings

from checkout.shipping.couriers.port import WORDS, Booking, Parcel, Report
from checkout.shipping.errors import BadCourierMessage, BadCourierSignature, CourierRefused, CourierUnavailable
from shop.core.db import forbid_in_transaction

TIMEOUT = (3.05, 10)  # seconds to connect, to answer
SIGNATURE = "X-Courier-Signature"


class HttpCourier:
    code = "http"
    takes_bookings = True

    @property
    def name(self) -> str:
        return settings.COURIER_NAME

    def book(self, parcel: Parcel) -> Booking:
        forbid_in_transaction("courier")
        headers = {"Authorization": f"Bearer {settings.COURIER_API_KEY}", "Idempotency-Key": parcel.key}
        try:
            answer = requests.post(
                f"{settings.COURIER_API_URL}/v1/shipments", json=_as_json(parcel), headers=headers, timeout=TIMEOUT,
                allow_redirects=False,
            )  # fmt: skip
        except requests.RequestException as problem:
            raise CourierUnavailable from problem
        return _booking(answer)

    def read_report(self, body: bytes, headers: Mapping[str, str]) -> Report:
        if not _is_signed(body, headers.get(SIGNATURE)):
            raise BadCourierSignature
        return _report(body)


def _as_json(parcel: Parcel) -> dict[str, Any]:
    cash = {"amount": str(parcel.cash), "currency": parcel.cash.currency} if parcel.cash else None
    pieces = [{"sku": piece.sku, "name": piece.name, "quantity": piece.quantity} for piece in parcel.pieces]
    return {"reference": parcel.key, "number": parcel.number, "to": dict(parcel.to), "pieces": pieces, "collect": cash}


def _booking(answer: requests.Response) -> Booking:
    """4xx is a no, but for "too busy" and "asked too often"; whatever else is not a clear yes is asked again."""
    if 400 <= answer.status_code < 500 and answer.status_code not in (408, 409, 425, 429):
        raise CourierRefused(f"{answer.status_code}: {_text(_json(answer.content).get('error'), 180)}")
    said = _json(answer.content)
    number, url = said.get("tracking_number"), said.get("tracking_url") or ""
    if answer.status_code not in (200, 201) or not isinstance(number, str) or not 0 < len(number) <= 80:
        raise CourierUnavailable
    is_link = isinstance(url, str) and url.startswith(("https://", "http://")) and len(url) <= 400
    return Booking(number, url if is_link else "")


def _is_signed(body: bytes, signature: str | None) -> bool:
    given = (signature or "").encode("utf-8", errors="replace")
    secrets = [secret.encode() for secret in settings.COURIER_WEBHOOK_SECRETS if secret]
    made = [hmac.new(secret, body, hashlib.sha256).hexdigest().encode() for secret in secrets]
    return any(hmac.compare_digest(mine, given) for mine in made)


def _report(body: bytes) -> Report:
    said = _json(body)
    event_id, reference, at = said.get("id"), said.get("reference"), _moment(said.get("at"))
    if not isinstance(event_id, str) or not isinstance(reference, str) or not 0 < len(event_id) <= 100 or at is None:
        raise BadCourierMessage
    if "\x00" in event_id + reference:
        raise BadCourierMessage
    status, collected = said.get("status"), said.get("collected")
    return Report(
        event_id=event_id,
        parcel_key=reference[:40],
        status=status if status in WORDS else "",
        text=_text(said.get("text"), 200),
        place=_text(said.get("place"), 120),
        collected=collected if isinstance(collected, bool) else None,
        at=at,
    )


def _json(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body.decode())
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None


def _text(value: object, most: int) -> str:
    """What can be stored of it: JSON may name NUL and halves of a character, which PostgreSQL has no place for."""
    return value.encode(errors="ignore").decode().replace("\x00", "")[:most] if isinstance(value, str) else ""
