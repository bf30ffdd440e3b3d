"""Letters about an order: in its own language, each once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from checkout.order.models import Order
from checkout.order.rules import order_token
from checkout.order.selectors import with_details
from checkout.order.texts import arrival_day, order_texts
from shop.notifications.services.notify import notify


def write_about(order_id: int, kind: str) -> None:
    """Write `kind` (a template under `email/`) to the buyer of an order, into the open transaction; a second time has
    no effect."""
    order = with_details(Order.objects.filter(pk=order_id).select_related("user")).get()
    if not order.email:
        return
    with translation.override(order.locale):
        notify(
            recipient=order.user,
            address=order.email,
            kind=kind,
            context=_context(order),
            reference=order.reference,
            once_key=f"{kind}:{order.pk}",
            locale=order.locale,
        )


def _context(order: Order) -> dict[str, Any]:
    day = arrival_day(order, order.locale)
    told = order_texts(order, order.locale) | {"eta_text": _("With you by %(day)s.") % {"day": day} if day else ""}
    return {"order": told, "order_url": settings.SITE_URL + order_path(order)}


def order_path(order: Order) -> str:
    """The order's page in the active language. A guest's link carries the order token, which opens this order alone."""
    if order.user_id:
        return reverse("checkout:own_order", args=[order.number])
    return f"{reverse('checkout:order', args=[order.number])}?token={order_token(order)}"
