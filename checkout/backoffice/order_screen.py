"""One order: what was bought, where it goes, what was paid, what happened, and what can be done now."""

from __future__ import annotations

from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import ModelLogEntry
from wagtail.snippets.views.snippets import HistoryView, InspectView

from catalog.inventory.models import Reservation
from checkout.backoffice import labels
from checkout.backoffice.credit_shown import order_credit
from checkout.backoffice.order_actions import (
    CancelOrder,
    DeliverOrder,
    OrderAction,
    ReleaseOrder,
    ShipOrder,
    can_be_refunded,
)
from checkout.backoffice.order_forms import NoteForm
from checkout.backoffice.parcel_actions import ChangeAddress
from checkout.backoffice.parcels_shown import ADDRESS, OPEN_RETURNS, Offer, parcels_shown, returns_shown, slip_url
from checkout.order.models import Order
from checkout.order.rules import is_cancellable, is_shippable, may_change_address, to_pay
from checkout.order.selectors import number_of_id
from checkout.payment.models import Payment
from shop.core.backoffice.references import Named, names
from shop.core.money import format_money


@names("order")
def name_order(order_id: int) -> Named:
    url = reverse(ADDRESS.format("inspect"), args=[order_id])
    return Named(number_of_id(order_id), url, "order.view_order")


class OrderHistoryView(HistoryView):
    any_permission_required = ["view"]
    header_buttons = []

    def get_edit_url(self, instance):
        return reverse(ADDRESS.format("inspect"), args=[instance.pk])


class OrderScreen(InspectView):
    any_permission_required = ["view"]

    def get_page_title(self):
        return _("Order")

    def get_fields(self) -> list[str]:
        return []

    @cached_property
    def header_more_buttons(self):
        url = reverse(ADDRESS.format("history"), args=[self.object.pk])
        return [Button(_("History"), url=url, icon_name="history", priority=10)]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | order_facts(self.object, self.request.user)


def order_facts(order: Order, user: Any) -> dict[str, Any]:
    """Everything that the screen shows of an order, in a fixed number of queries."""
    return {
        "order": order,
        "customer_url": _customer_url(order, user),
        **order_credit(order, user),
        "statuses": [labels.status_label(order, name) for name in ("status", "payment_status", "fulfillment_status")],
        "lines": [_line(order, line) for line in order.lines.order_by("pk")],
        "sums": _sums(order),
        "shipping_to": _address_lines(order.address),
        "billing_to": _address_lines(order.billing_address) if order.billing_address != order.address else [],
        "method": labels.method_name(order.payment_method),
        "payments": [_payment(order, payment, user) for payment in _payments(order)],
        "reservations": _reservations(order),
        "parcels": parcels_shown(order, user),
        "returns": returns_shown(order, user),
        "timeline": order.events.order_by("at", "pk"),
        "next_step": next_step(order),
        "offers": offers(order, user),
        "slip_url": slip_url(order) if is_shippable(order) and user.has_perm(ShipOrder.permission) else "",
        "notes": _notes(order),
        "note_form": NoteForm(),
        "note_url": reverse(ADDRESS.format("note"), args=[order.pk]),
    }


def offers(order: Order, user: Any) -> list[Offer]:
    possible: list[type[OrderAction]] = []
    if order.review_reason and order.status == Order.Status.PLACED:
        possible.append(ReleaseOrder)
    if is_shippable(order):
        possible.append(ShipOrder)
    if order.fulfillment_status == Order.FulfillmentStatus.SHIPPED:
        possible.append(DeliverOrder)
    if may_change_address(order):
        possible.append(ChangeAddress)
    if is_cancellable(order):
        possible.append(CancelOrder)
    return [
        Offer(step.title, reverse(ADDRESS.format(step.name), args=[order.pk]), step.icon, step.is_serious)
        for step in possible
        if user.has_perm(step.permission)
    ]


def next_step(order: Order) -> str:
    """What the order waits for, in a sentence."""
    if order.status == Order.Status.CANCELLED:
        if order.payment_status == Order.PaymentStatus.REFUND_DUE:
            return _("Cancelled. The money is on its way back to the buyer.")
        return _("Cancelled. Nothing more to do.")
    if order.review_reason:
        return _("Held: %(reason)s. It cannot be shipped until somebody lets it go, or cancels it.") % {
            "reason": order.review_reason
        }
    if order.fulfillment_status == Order.FulfillmentStatus.PARTIAL and is_shippable(order):
        return _("A part has left. Pack the rest, then mark it as shipped.")
    if is_shippable(order):
        return _("Pack it and hand it to the courier, then mark it as shipped.")
    if order.fulfillment_status == Order.FulfillmentStatus.SHIPPED:
        return _("On the road. Mark it as delivered when it has arrived.")
    if open_return := order.returns.filter(status__in=OPEN_RETURNS).order_by("pk").first():
        return _("%(number)s: something is to come back. See below.") % {"number": str(open_return)}
    if order.status == Order.Status.COMPLETED:
        return _("Delivered and paid. Nothing more to do.")
    if order.cancel_at:
        text = _("Waits for the buyer's payment. Unpaid, it is cancelled by itself %(when)s.")
        return text % {"when": naturaltime(order.cancel_at)}
    return _("Waits for the buyer's payment.")


def _line(order: Order, line: Any) -> dict[str, Any]:
    options = line.options_text or ", ".join(str(value) for value in line.options.values())
    return {
        "name": line.name, "options": options, "sku": line.sku, "image_url": line.image_url,
        "quantity": line.quantity, "price": _money(line.price, order), "total": _money(line.total, order),
        "tax_rate": f"{line.tax_basis_points / 100:g} %", "tax": _money(line.tax, order, paise=True),
    }  # fmt: skip


def _sums(order: Order) -> list[tuple[Any, str]]:
    sums = [(_("Subtotal"), _money(order.subtotal, order))]
    if order.discount:
        sums.append((_("Discount"), _money(-order.discount, order)))
    sums.append((_("Delivery, %(by)s") % {"by": order.shipping_name}, _money(order.shipping, order)))
    sums.append((_("Total"), _money(order.total, order)))
    if order.store_credit:
        sums.append((_("Paid with store credit"), _money(-order.store_credit, order)))
        if order.credit_returned:
            sums.append((_("of it given back"), _money(order.credit_returned, order)))
        sums.append((_("To pay another way"), to_pay(order).text()))
    kind = _("of which tax") if order.prices_include_tax else _("tax added")
    return [*sums, (kind, _money(order.tax, order, paise=True))]


def _address_lines(address: dict[str, str]) -> list[str]:
    town = " ".join(filter(None, (address.get("city"), address.get("pincode"))))
    country = address.get("country", "")
    rest = [address.get("state"), country if country != "IN" else "", address.get("phone")]
    gstin = f"GSTIN {address['gstin']}" if address.get("gstin") else ""
    lines = [address.get("name"), address.get("street"), address.get("landmark"), town, *rest, gstin]
    return [line for line in lines if line]


def _payments(order: Order) -> Any:
    return Payment.objects.filter(reference=order.reference).prefetch_related("refunds", "disputes").order_by("pk")


def _payment(order: Order, payment: Payment, user: Any) -> dict[str, Any]:
    may_refund = can_be_refunded(payment) and user.has_perm("payment.refund_payment")
    return {
        "what": payment,
        "name": " · ".join(filter(None, (labels.method_name(payment.provider), payment.method.upper()))),
        "label": labels.payment_label(payment),
        "amount": format_money(payment.amount, payment.currency),
        "refund_url": reverse(ADDRESS.format("refund"), args=[order.pk, payment.pk]) if may_refund else "",
        "refunds": [
            {
                "what": refund,
                "label": labels.refund_label(refund),
                "as_credit": refund.to == refund.To.STORE_CREDIT,
                "amount": format_money(refund.amount, payment.currency),
            }
            for refund in sorted(payment.refunds.all(), key=lambda refund: refund.pk)
        ],
        "disputes": [
            {
                "what": dispute,
                "label": labels.dispute_label(dispute),
                "reason": dispute.reason.replace("_", " "),
                "amount": format_money(dispute.amount, dispute.currency),
            }
            for dispute in sorted(payment.disputes.all(), key=lambda dispute: dispute.pk)
        ],
    }


def _reservations(order: Order) -> Any:
    held = Reservation.objects.filter(reference=order.reference)
    return held.select_related("stock_item__variant", "stock_item__location").order_by("pk")


def _notes(order: Order) -> list[ModelLogEntry]:
    return list(ModelLogEntry.objects.for_instance(order).filter(action="order.note").select_related("user")[:50])


def _customer_url(order: Order, user: Any) -> str:
    if order.user_id and user.has_perm("accounts.look_after_customers"):
        return reverse("customers:inspect", args=[order.user_id])
    return ""


def _money(minor: int, order: Order, *, paise: bool | None = None) -> str:
    return format_money(minor, order.currency, paise=paise)
