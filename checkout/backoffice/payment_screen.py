"""Payments to look at: what does not end by itself. Every list is empty at rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from checkout.backoffice import labels
from checkout.backoffice.payment_actions import CloseDifference, CloseRefund, RetryRefund
from checkout.order.loose_ends import captured_without_order, orders_without_capture
from checkout.order.models import Order
from checkout.order.rules import to_pay
from checkout.payment.models import Dispute, Payment, Refund, SettlementDifference
from checkout.payment.selectors import failed_refunds, open_differences, open_disputes
from shop.core.backoffice.references import named
from shop.core.money import format_money

PERMISSION = "payment.view_payment"
ROWS = 50  # of each list, the oldest first: what is dealt with makes room
Row = dict[str, Any]


def payments_to_look_at(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return TemplateResponse(request, "checkout/backoffice/payments.html", {"lists": lists_for(request.user)})


def lists_for(user: Any) -> list[dict[str, Any]]:
    """Each list with its first rows and how many there are. A fixed number of queries."""
    captured = captured_without_order(at=timezone.now()).order_by("paid_at", "pk")
    refunds = failed_refunds().select_related("payment").order_by("pk")
    disputes = open_disputes().select_related("payment").order_by("respond_by", "pk")
    return [
        _list(_("Captured without an order"), _("Money that came, and nobody is served for it: refund it."),
              captured, lambda payment: _payment_row(payment, user)),
        _list(_("Orders without a capture"), _("They say that they are paid; no captured payment says so. Do not ship."),
              orders_without_capture().order_by("placed_at", "pk"), _order_row),
        _list(_("Refunds that failed"), _("The money did not reach the buyer. Try again, or make it good another way."),
              refunds, lambda refund: _refund_row(refund, user)),
        _list(_("Open disputes"), _("A buyer asked the bank for the money back. Answer at the gateway in time."),
              disputes, lambda dispute: _dispute_row(dispute, user)),
        _list(_("Differences in settlements"), _("Lines of a settlement file that do not say what our books say."),
              open_differences().order_by("found_at", "pk"), lambda line: _difference_row(line, user)),
    ]  # fmt: skip


def _list(title: str, text: str, rows: QuerySet, as_row: Callable[[Any], Row]) -> dict[str, Any]:
    shown = [as_row(row) for row in rows[:ROWS]]
    count = len(shown) if len(shown) < ROWS else rows.count()
    return {"title": title, "text": text, "rows": shown, "count": count}


def _row(reference: str, user: Any, *, at: Any, amount: int, currency: str, facts: list[Any]) -> Row:
    return {
        "of": named(reference, user), "at": at, "amount": format_money(amount, currency),
        "facts": " · ".join(str(fact) for fact in facts if fact), "acts": [],
    }  # fmt: skip


def _payment_row(payment: Payment, user: Any) -> Row:
    facts = [labels.method_name(payment.provider), payment.provider_payment_id]
    left = payment.captured_amount - payment.refunded_amount
    return _row(payment.reference, user, at=payment.paid_at, amount=left, currency=payment.currency, facts=facts)


def _order_row(order: Order) -> Row:
    named_order = {"text": order.number, "url": reverse("wagtailsnippets_order_order:inspect", args=[order.pk])}
    facts = [labels.method_name(order.payment_method), order.get_fulfillment_status_display()]
    return {"of": named_order, "at": order.placed_at, "amount": to_pay(order).text(),
            "facts": " · ".join(map(str, facts)), "acts": []}  # fmt: skip


def _refund_row(refund: Refund, user: Any) -> Row:
    payment = refund.payment
    row = _row(payment.reference, user, at=refund.created_at, amount=refund.amount, currency=payment.currency,
               facts=[labels.method_name(payment.provider), refund.error, refund.reason])  # fmt: skip
    return row | {"acts": _acts(user, refund.pk, RetryRefund, CloseRefund)}


def _dispute_row(dispute: Dispute, user: Any) -> Row:
    until = dispute.respond_by
    due = _("answer by %(day)s") % {"day": date_format(timezone.localtime(until), "j M Y")} if until else ""
    facts = [due, dispute.reason.replace("_", " "), dispute.get_status_display(), dispute.provider_dispute_id]
    return _row(dispute.payment.reference, user, at=dispute.opened_at, amount=dispute.amount,
                currency=dispute.currency, facts=facts)  # fmt: skip


def _difference_row(line: SettlementDifference, user: Any) -> Row:
    place = _("%(settlement)s, line %(line)s") % {"settlement": line.settlement_id, "line": line.line}
    row = _row(line.entity_id, user, at=line.found_at, amount=line.amount, currency=line.currency,
               facts=[line.problem, place])  # fmt: skip
    return row | {"acts": _acts(user, line.pk, CloseDifference)}


def _acts(user: Any, pk: int, *steps: Any) -> list[dict[str, Any]]:
    mine = [step for step in steps if user.has_perms(step.permissions)]
    return [{"title": step.title, "url": reverse(f"payments:{step.name}", args=[pk])} for step in mine]


class PaymentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


class PaymentsViewSet(ViewSet):
    name = "payments"
    icon = "warning"
    menu_label = gettext_lazy("Payments to look at")
    menu_order = 125
    add_to_admin_menu = True
    menu_item_class = PaymentsMenuItem

    def get_urlpatterns(self) -> list:
        steps = (RetryRefund, CloseRefund, CloseDifference)
        return [
            path("", payments_to_look_at, name="index"),
            *(path(f"{step.name}/<int:pk>/", step.as_view(), name=step.name) for step in steps),
        ]
