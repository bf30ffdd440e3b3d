"""An order as the templates get it: the API's dictionary, its words, and the addresses of its pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from checkout.api.order_serializers import order_json
from checkout.order.models import Order
from checkout.order.parcel_texts import parcel_texts, return_texts
from checkout.order.parcels import parcels_of, returns_with_details
from checkout.order.returnable import returnable
from checkout.order.rules import (
    is_cancellable,
    is_cash,
    is_payable,
    may_change_address,
    may_choose_credit,
    waits_for_code,
)
from checkout.order.texts import arrival_day, order_texts
from checkout.storefront.forms import CancelForm
from checkout.storefront.order_addresses import order_url, pay_url
from checkout.storefront.other_ways import other_ways


def order_page(order: Order, locale: str) -> dict[str, Any]:
    """With lines and events prefetched: at most five queries more, for parcels, returns and the day of arrival."""
    day = arrival_day(order, locale)
    has_left = order.fulfillment_status != Order.FulfillmentStatus.UNFULFILLED
    return order_card(order, locale) | {
        "eta_text": _("With you by %(day)s") % {"day": day} if day else "",
        "cancel_url": _cancel_url(order),
        "cancel_form": CancelForm(may_choose_credit=may_choose_credit(order)),
        "confirm_url": _url_of(order, "confirm") if waits_for_code(order) else "",
        "address_url": _url_of(order, "address") if may_change_address(order) else "",
        "shipments": [parcel_texts(parcel, locale) for parcel in parcels_of(order)] if has_left else [],
        **(_returns(order, locale) if has_left else {}),
        **_paid_instead(order, locale),
    }


def _returns(order: Order, locale: str) -> dict[str, Any]:
    may_return = returnable(order, timezone.now()).is_any
    return {
        "return_url": _url_of(order, "return") if may_return else "",
        "returns": [
            return_texts(coming, locale) for coming in returns_with_details(order.returns.order_by("pk"))
        ],
    }  # fmt: skip


def _paid_instead(order: Order, locale: str) -> dict[str, Any]:
    """A cash order can be paid ahead all the same; one that waits for a gateway offers that on its payment page."""
    ways = other_ways(order, locale) if is_cash(order) else []
    return {"other_ways": ways, "change_url": reverse("checkout:pay_method", args=[order.number])}


def order_card(order: Order, locale: str) -> dict[str, Any]:
    """What the list of orders shows of one. No query."""
    facts, words = order_json(order), order_texts(order, locale)
    items = [fact | told for fact, told in zip(facts["items"], words["items"], strict=True)]
    pay = pay_url(order) if is_payable(order) else ""
    addresses = {"url": order_url(order), "pay_url": pay, "again_url": "" if pay else _url_of(order, "again")}
    return facts | words | {"items": items} | addresses


def _cancel_url(order: Order) -> str:
    return _url_of(order, "cancel") if is_cancellable(order) else ""


def _url_of(order: Order, step: str) -> str:
    return reverse(f"checkout:{'own_order' if order.user_id else 'order'}_{step}", args=[order.number])
