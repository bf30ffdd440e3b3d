"""Parcels and returns as the order's screen shows them, with what this person may do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from checkout.backoffice import labels
from checkout.backoffice.parcel_actions import CloseParcel
from checkout.backoffice.return_actions import STEPS, RefundReturn, may_refund
from checkout.order.models import Order, Return
from checkout.order.parcel_texts import items_text
from checkout.order.parcels import parcels_of, returns_with_details
from checkout.order.rules import ON_THE_ROAD, RETURN_TRANSITIONS
from shop.core.money import format_money

ADDRESS = "wagtailsnippets_order_order:{}"
OPEN_RETURNS = (Return.Status.REQUESTED, Return.Status.APPROVED, Return.Status.RECEIVED)


@dataclass(frozen=True)
class Offer:
    """A step that this person may take now."""

    title: Any
    url: str
    icon: str
    is_serious: bool = False


def parcels_shown(order: Order, user: Any) -> list[dict[str, Any]]:
    """Three queries."""
    may_close = user.has_perm(CloseParcel.permission)
    return [
        {
            "what": parcel,
            "label": labels.parcel_label(parcel),
            "items": items_text(parcel.lines.all()),
            "tracking": parcel.tracking.all(),
            "slip_url": slip_url(order, parcel.pk) if may_close else "",
            "close_url": reverse(ADDRESS.format("parcel"), args=[order.pk, parcel.pk])
            if may_close and parcel.status in ON_THE_ROAD
            else "",
        }
        for parcel in parcels_of(order)
    ]


def slip_url(order: Order, parcel_id: int = 0) -> str:
    return reverse(ADDRESS.format("slip"), args=[order.pk, parcel_id])


def returns_shown(order: Order, user: Any) -> list[dict[str, Any]]:
    """Two queries."""
    return [
        {
            "what": coming,
            "label": labels.return_label(coming),
            "items": ", ".join(_line(line) for line in coming.lines.all()),
            "amount": format_money(coming.amount + coming.shipping, order.currency),
            "replacement": _replacement(coming),
            "as_credit": coming.refund_to == coming.RefundTo.STORE_CREDIT,
            "refund": labels.refund_label(coming.refund) if coming.refund else "",
            "offers": _offers(coming, user),
        }
        for coming in returns_with_details(order.returns.order_by("pk"))
    ]


def _replacement(coming: Return) -> dict[str, str] | None:
    other = coming.replacement
    return other and {"number": other.number, "url": reverse(ADDRESS.format("inspect"), args=[other.pk])}


def _line(line: Any) -> str:
    text = f"{line.quantity} × {line.order_line.name}"
    if line.exchange_for:
        text = _("%(piece)s in exchange for %(wanted)s") % {"piece": text, "wanted": line.exchange_for.sku}
    return f"{text} ({line.get_fate_display()})" if line.fate else text


def _offers(coming: Return, user: Any) -> list[Offer]:
    possible = [step for step in STEPS if step is not RefundReturn and step.to in RETURN_TRANSITIONS[coming.status]]
    if may_refund(coming):
        possible.append(RefundReturn)
    return [
        Offer(step.title, reverse(ADDRESS.format(step.name), args=[coming.order_id, coming.pk]), step.icon,
              step.is_serious)
        for step in possible
        if user.has_perm(step.permission)
    ]  # fmt: skip
