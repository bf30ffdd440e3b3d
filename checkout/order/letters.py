"""Notices about an order: in its own language, each happening once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from checkout.order.models import Order
from checkout.order.rules import order_token
from checkout.order.selectors import with_details
from checkout.order.texts import arrival_day, order_texts
from shop.core.outbox import Message
from shop.notifications.models import Notification
from shop.notifications.private_links import private_link
from shop.notifications.services.tell import Happening, Reader, tell

GUEST_ORDER = "guest_order"


def write_about(order_id: int, kind: str, *, part: str = "", facts: Mapping[str, str] | None = None) -> None:
    """Tell the buyer of an order, in the open transaction; the same `kind` and `part` a second time has no effect.
    `part` names what of the order it is about, such as a parcel; `facts` are words beside those of every order."""
    order = order_to_tell(order_id)
    if not order.email:
        return
    with translation.override(order.locale):
        words, details = _words(order)
        tell(
            reader=Reader(order.user, order.email, order.address.get("phone", ""), order.locale),
            what=Happening(
                kind=kind,
                key=":".join(filter(None, (str(order.pk), part))),
                facts=words | dict(facts or {}),
                url=settings.SITE_URL + order_path(order) if order.user_id else "",
                link_maker="" if order.user_id else GUEST_ORDER,
                reference=order.reference,
                details=details,
            ),
        )


def order_to_tell(order_id: int) -> Order:
    return with_details(Order.objects.filter(pk=order_id).select_related("user")).get()


def order_of(message: Message) -> int | None:
    """The order that an event names, by id or by reference."""
    if "order_id" in message.payload:
        return int(message.payload["order_id"])
    kind, _colon, pk = str(message.payload.get("reference", "")).partition(":")
    return int(pk) if kind == "order" and pk.isdigit() else None


def order_path(order: Order) -> str:
    """The order's page in the active language. A guest's link carries the order token, which opens this order alone."""
    if order.user_id:
        return reverse("checkout:own_order", args=[order.number])
    return f"{reverse('checkout:order', args=[order.number])}?token={order_token(order)}"


@private_link(GUEST_ORDER)
def guest_link(notification: Notification) -> str | None:
    order = Order.objects.filter(pk=notification.reference.removeprefix("order:")).first()
    if order is None:
        return None
    with translation.override(notification.locale or settings.LANGUAGE_CODE):
        return settings.SITE_URL + order_path(order)


def _words(order: Order) -> tuple[dict[str, str], dict[str, Any]]:
    told = order_texts(order, order.locale)
    day = arrival_day(order, order.locale)
    facts = {
        "number": order.number,
        "name": told["first_name"],
        "total": told["total_text"],
        "to_pay": told["to_pay_text"],
        "arrival": _("With you by %(day)s.") % {"day": day} if day else "",
        "state": told["state_text"],
        "due": told["payment"]["due_text"],
    }
    return facts, {"order": told}
