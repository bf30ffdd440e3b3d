"""The packing slip of a parcel, or of what is still here, as PDF: typst sets it from a template and facts as JSON, so
nothing that a buyer types is ever read as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View

from checkout.order.models import Fulfillment, Order, OrderLine
from checkout.order.rules import is_cash, to_pay
from checkout.order.texts import address_lines
from shop.core.dates import date_text

PRINT = Path(__file__).parent / "print"


class PackingSlip(PermissionRequiredMixin, View):
    """Set while somebody waits: it takes some milliseconds. `parcel_id` 0: what is still to be packed."""

    permission_required = ("order.view_order", "order.fulfill_order")
    raise_exception = True

    def get(self, request: HttpRequest, pk: int, parcel_id: int) -> HttpResponse:
        order = get_object_or_404(Order, pk=pk)
        parcel = get_object_or_404(Fulfillment, pk=parcel_id, order=order) if parcel_id else None
        facts = slip_facts(order, parcel)
        name = f'inline; filename="{facts["number"]}.pdf"'
        return HttpResponse(set_slip(facts), "application/pdf", headers={"Content-Disposition": name})


def set_slip(facts: dict[str, Any], **how: Any) -> bytes:
    return typst.compile(
        str(PRINT / "slip.typ"), root=str(PRINT), font_paths=[str(PRINT / "fonts")], ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts)}, **how,
    )  # fmt: skip


def slip_facts(order: Order, parcel: Fulfillment | None) -> dict[str, Any]:
    """In the language of the order: the buyer reads it too. No price stands on it, but for the cash to be collected."""
    with override(order.locale):
        units = _units(order, parcel)
        cash = is_cash(order) and order.payment_status == Order.PaymentStatus.PENDING
        collect = to_pay(order).text(order.locale)
        left = order.fulfillment_status == Order.FulfillmentStatus.PARTIAL or any(line.unshipped for line, _n in units)
        return {
            "shop": settings.WAGTAIL_SITE_NAME,
            "language": order.locale,
            "number": str(parcel) if parcel else order.number,
            "placed": date_text(order.placed_at, order.locale),
            "address": address_lines(order.address),
            "sent": (parcel.courier_name if parcel else "") or order.shipping_name,
            "tracking": parcel.tracking_number if parcel else "",
            "collect": _("To collect: %(total)s") % {"total": collect} if cash else "",
            "lines": [_line(line, quantity) for line, quantity in units],
            "rest": _("The rest of your order comes in another parcel.") if parcel and left else "",
            "gift": order.gift_note,
            "words": {"to": _("Goes to"), "sent": _("Sent by"), "pieces": _("Pieces"), "what": _("What"),
                      "sku": _("SKU"), "gift": _("A note for you")},
        }  # fmt: skip


def _units(order: Order, parcel: Fulfillment | None) -> list[tuple[OrderLine, int]]:
    if parcel is not None:
        lines = parcel.lines.select_related("order_line").order_by("pk")
        return [(line.order_line, line.quantity) for line in lines]
    lines_left: Iterable[OrderLine] = order.lines.order_by("pk")
    return [(line, line.unshipped) for line in lines_left if line.unshipped]


def _line(line: OrderLine, quantity: int) -> dict[str, Any]:
    options = line.options_text or ", ".join(str(value) for value in line.options.values())
    return {"quantity": quantity, "name": line.name, "options": options, "sku": line.sku}
