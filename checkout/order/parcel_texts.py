"""Parcels and returns in words, for pages and letters, in the active language. No query (prefetch what they hold)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from checkout.order.models import Fulfillment, Return, TrackingEvent
from checkout.payment.models import Refund
from shop.core.dates import moment_text
from shop.core.money import format_money

_TROUBLE = (Fulfillment.Status.REFUSED,)


def parcel_texts(parcel: Fulfillment, locale: str) -> dict[str, Any]:
    return {
        "title": _("Parcel %(number)s") % {"number": parcel.number},
        "courier": parcel.courier_name,
        "tracking_number": parcel.tracking_number,
        "tracking_url": parcel.tracking_url,
        "text": parcel.get_status_display(),
        "tone": "trouble" if parcel.status in _TROUBLE else "good",
        "items_text": items_text(parcel.lines.all()),
        "events": [_event_texts(event, locale) for event in parcel.tracking.all()],
    }


def return_texts(coming: Return, locale: str) -> dict[str, Any]:
    return {
        "number": str(coming),
        "label": coming.get_status_display(),
        "tone": "trouble" if coming.status == Return.Status.REJECTED else "good",
        "items_text": items_text(coming.lines.all()),
        "text": _what_now(coming, locale),
    }


def items_text(lines: Iterable[Any]) -> str:
    """`2 × Chai mug, 1 × Pendant lamp`."""
    return ", ".join(f"{line.quantity} × {line.order_line.name}" for line in lines)


def _exchanged(coming: Return) -> str:
    """What is sent instead, by SKU; empty where it is all about money."""
    wanted = ", ".join(f"{line.quantity} × {line.exchange_for.sku}" for line in coming.lines.all() if line.exchange_for)
    if not wanted:
        return ""
    if coming.replacement is None:
        return _("You want %(wanted)s instead.") % {"wanted": wanted}
    number = coming.replacement.number
    if coming.status == Return.Status.RECEIVED:
        return _("What you wanted instead is order %(number)s.") % {"number": number}
    return _("What you want instead waits for it: order %(number)s.") % {"number": number}


def _event_texts(event: TrackingEvent, locale: str) -> dict[str, str]:
    known = Fulfillment.Status(event.status).label if event.status in Fulfillment.Status.values else _("News")
    facts = (moment_text(event.at, locale), event.place)
    return {"title": event.text or str(known), "text": " · ".join(filter(None, facts))}


def _what_now(coming: Return, locale: str) -> str:
    amount = format_money(coming.amount + coming.shipping, coming.order.currency, locale)
    if (told := _exchanged(coming)) and not (coming.amount and coming.status == Return.Status.REFUNDED):
        send = _("Send it to us.") if coming.status == Return.Status.APPROVED else ""
        if coming.status != Return.Status.REJECTED:
            return f"{send} {told}".strip()
    waits = coming.refund is not None and coming.refund.status != Refund.Status.FAILED
    words = {
        Return.Status.REQUESTED: _("We look at it and write to you."),
        Return.Status.APPROVED: _("Send it to us; the money goes back when it is here."),
        Return.Status.REJECTED: coming.answer,
        Return.Status.RECEIVED: _("It is here. %(amount)s is on its way back to you.") if waits else _("It is here."),
        Return.Status.REFUNDED: _("%(amount)s has gone back to you."),
    }
    text = words[Return.Status(coming.status)]
    return text % {"amount": amount} if "%(amount)s" in text and coming.status != Return.Status.REJECTED else text
