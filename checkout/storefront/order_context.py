"""An order as the templates get it: the API's dictionary, its words, and the addresses of its pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from checkout.api.order_serializers import order_json
from checkout.order.models import Order
from checkout.order.rules import is_cancellable, is_cash, is_payable
from checkout.order.texts import arrival_day, order_texts
from checkout.storefront.order_addresses import order_url, pay_url
from checkout.storefront.other_ways import other_ways


def order_page(order: Order, locale: str) -> dict[str, Any]:
    """With lines and events prefetched: no query but one for the day of arrival, while it is still to come."""
    day = arrival_day(order, locale)
    eta_text = _("With you by %(day)s") % {"day": day} if day else ""
    return order_card(order, locale) | {
        "eta_text": eta_text,
        "cancel_url": _cancel_url(order),
        **_paid_instead(order, locale),
    }


def _paid_instead(order: Order, locale: str) -> dict[str, Any]:
    """A cash order can be paid ahead all the same; one that waits for a gateway offers that on its payment page."""
    ways = other_ways(order, locale) if is_cash(order) else []
    return {"other_ways": ways, "change_url": reverse("checkout:pay_method", args=[order.number])}


def order_card(order: Order, locale: str) -> dict[str, Any]:
    """What the list of orders shows of one. No query."""
    facts, words = order_json(order), order_texts(order, locale)
    items = [fact | told for fact, told in zip(facts["items"], words["items"], strict=True)]
    pay = pay_url(order) if is_payable(order) else ""
    return facts | words | {"items": items, "url": order_url(order), "pay_url": pay}


def _cancel_url(order: Order) -> str:
    name = "checkout:own_order_cancel" if order.user_id else "checkout:order_cancel"
    return reverse(name, args=[order.number]) if is_cancellable(order) else ""
