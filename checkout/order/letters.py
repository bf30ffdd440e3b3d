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
from shop.accounts.statuses import LinkClient
from shop.core.dated_tokens import dated
from shop.core.outbox import Message
from shop.notifications.models import Notification
from shop.notifications.private_links import private_link
from shop.notifications.services.tell import Happening, Reader, tell

GUEST_ORDER, LOOKED_UP, LOOKED_UP_IN_APP = "guest_order", "order_looked_up", "order_looked_up_in_app"
IN_THE_APP = "/app/order/"


def write_about(
    order_id: int, kind: str, *, part: str = "", facts: Mapping[str, str] | None = None,
    own_path: str = "", guest_link: str = GUEST_ORDER,
) -> None:  # fmt: skip
    """Tell the buyer of an order, in the open transaction; the same `kind` and `part` a second time has no effect.
    `part` names what of the order it is about, such as a parcel; `facts` are words beside those of every order;
    `own_path` and `guest_link`: where the letter leads the owner of an account, and a guest, if not to the order's page."""
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
                url=settings.SITE_URL + (own_path or order_path(order)) if order.user_id else "",
                link_maker="" if order.user_id else guest_link,
                reference=order.reference,
                details=details,
            ),
        )


def write_the_way_back(order_id: int, *, client: str, asking: str) -> None:
    """The link that somebody has asked for by number and address. A guest's opens the order, for a day; that of an
    account leads to its page, where one signs in."""
    order = order_to_tell(order_id)
    with translation.override(order.locale):
        own, guests = _("Sign in with your account to see it."), _("The link works for a day.")
        facts = {"link_note": own if order.user_id else guests}
    in_app = client == LinkClient.APP
    write_about(
        order_id, "order_look_up", part=f"asked{asking}", facts=facts,
        own_path=f"{IN_THE_APP}{order_id}" if in_app else "", guest_link=LOOKED_UP_IN_APP if in_app else LOOKED_UP,
    )  # fmt: skip


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
    order = _order_in(notification)
    if order is None:
        return None
    with translation.override(notification.locale or settings.LANGUAGE_CODE):
        return settings.SITE_URL + order_path(order)


@private_link(LOOKED_UP)
def looked_up_link(notification: Notification) -> str | None:
    order = _order_in(notification)
    if order is None or not order.token_hash:
        return None
    with translation.override(notification.locale or settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('checkout:order', args=[order.number])}?token={dated(order.token_hash)}"


@private_link(LOOKED_UP_IN_APP)
def looked_up_link_in_app(notification: Notification) -> str | None:
    """What stands behind the # is sent to no server."""
    order = _order_in(notification)
    if order is None or not order.token_hash:
        return None
    return f"{settings.SITE_URL}{IN_THE_APP}{order.pk}#{dated(order.token_hash)}"


def _order_in(notification: Notification) -> Order | None:
    return Order.objects.filter(pk=notification.reference.removeprefix("order:")).first()


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
