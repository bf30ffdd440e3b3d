"""Ship, deliver, cancel, refund: each is asked for (GET), confirmed (POST), and told to the audit log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.backoffice.labels import payment_word
from checkout.backoffice.order_forms import CancelForm, CollectForm, DeliverForm, NoteForm, RefundForm, ShipForm
from checkout.order.models import Order
from checkout.order.rules import (
    credit_left,
    is_cancellable,
    is_cash,
    is_shippable,
    may_choose_credit,
    may_have_credit,
    to_pay,
)
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.give_back import give_back
from checkout.order.services.hold_for_review import end_review
from checkout.order.services.ship_parcel import Carrier, ship_parcel
from checkout.order.statuses import RefundTo
from checkout.payment.models import Payment, Refund
from checkout.payment.selectors import has_open_dispute
from shop.core.backoffice.asking import Asked
from shop.core.errors import Conflict
from shop.core.money import Money

SCREEN = "wagtailsnippets_order_order:inspect"


class OrderAction(Asked):
    """One step of an order. `permission` is needed beside seeing orders."""

    kind = "order"
    permission = ""

    def __init_subclass__(cls) -> None:
        cls.permissions = ("order.view_order", cls.permission)

    def find(self, **kwargs: Any) -> Order:
        self.order = get_object_or_404(Order, pk=kwargs["pk"])
        return self.order

    def too_late(self) -> str:
        facts = (self.order.get_status_display(), payment_word(self.order),
                 self.order.get_fulfillment_status_display())  # fmt: skip
        text = _("Not possible any more; nothing was changed. %(number)s is now: %(facts)s.")
        return text % {"number": self.order.number, "facts": ", ".join(map(str, facts))}

    def back(self) -> str:
        return reverse(SCREEN, args=[self.order.pk])


class ShipOrder(OrderAction):
    """A parcel leaves, with all that is left or a part of it."""

    name, permission, icon = "ship", "order.fulfill_order", "arrow-right-full"
    title = gettext_lazy("Mark as shipped")

    def is_possible(self) -> bool:
        return is_shippable(self.order)

    def make_form(self, data: Any = None) -> forms.Form:
        self.form = ShipForm(data, lines=list(self.order.lines.order_by("pk")))
        return self.form

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        courier, name = typed["courier"] or "manual", typed["courier_name"]
        carrier = Carrier(courier, name, typed["tracking_number"], typed["tracking_url"])
        parcel = ship_parcel(
            order_id=self.order.pk, items=self.form.items, carrier=carrier, at=timezone.now(), by=by,
            text=typed["text"],
        )  # fmt: skip
        self.log(note=typed["text"] or f"{parcel.courier_name} {parcel.tracking_number}".strip())
        if is_shippable(parcel.order):
            text = _("Parcel %(parcel)s of %(number)s has left. The rest waits here for another parcel.")
        else:
            text = _(
                "%(number)s is shipped and off the shelf. A mail goes to %(email)s. "
                "Mark it as delivered when it arrives."
            )
        return text % {"number": self.order.number, "parcel": parcel.number, "email": self.order.email}

    def explain(self) -> str:
        return _("The pieces leave the stock and the buyer gets a mail. After that the order cannot be cancelled.")


class DeliverOrder(OrderAction):
    name, permission, icon = "deliver", "order.fulfill_order", "check"
    title = gettext_lazy("Mark as delivered")

    def is_possible(self) -> bool:
        return self.order.fulfillment_status == Order.FulfillmentStatus.SHIPPED

    def make_form(self, data: Any = None) -> forms.Form:
        return (CollectForm if is_cash(self.order) else DeliverForm)(data)

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        collected = typed.get("outcome", "collected") == "collected"
        deliver_order(order_id=self.order.pk, at=timezone.now(), by=by, collected=collected)
        self.log(collected=collected)
        if not collected:
            text = _("%(number)s was refused at the door: it is cancelled, and its pieces are back in stock.")
        elif is_cash(self.order):
            text = _("%(number)s is delivered and %(total)s in cash is booked as collected. Nothing more to do.")
        else:
            text = _("%(number)s is delivered. Nothing more to do.")
        return text % {"number": self.order.number, "total": to_pay(self.order).text()}

    def explain(self) -> str:
        if is_cash(self.order):
            total = to_pay(self.order).text()
            return _("The courier was to collect %(total)s at the door.") % {"total": total}
        return _("The order is then complete.")


class ReleaseOrder(OrderAction):
    """It was held for review, and ships now. What is not in order is cancelled."""

    name, permission, icon = "release", "order.review_order", "check"
    title = gettext_lazy("Let it go")

    def is_possible(self) -> bool:
        return self.order.status == Order.Status.PLACED and bool(self.order.review_reason)

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        reason = self.order.review_reason
        end_review(order_id=self.order.pk, at=timezone.now(), by=by)
        self.log(reason=reason)
        return _("%(number)s is not held any more.") % {"number": self.order.number}

    def explain(self) -> str:
        return _("Held for: %(reason)s. Look at buyer, address and payments first.") % {
            "reason": self.order.review_reason
        }


class CancelOrder(OrderAction):
    name, permission, icon = "cancel", "order.cancel_order", "cross"
    title = gettext_lazy("Cancel the order")
    form_class = CancelForm
    is_serious = True

    def is_possible(self) -> bool:
        return is_cancellable(self.order)

    def make_form(self, data: Any = None) -> forms.Form:
        return CancelForm(data, asks_where_to=may_choose_credit(self.order))

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        to = typed.get("to") or RefundTo.SOURCE
        order = cancel_order(order_id=self.order.pk, at=timezone.now(), by=by, reason=typed["reason"], to=to)
        self.log(reason=typed["reason"])
        if order.store_credit or to == RefundTo.STORE_CREDIT:
            text = _("%(number)s is cancelled, its pieces are for sale again. The buyer's store credit is up to date.")
        elif order.payment_status == Order.PaymentStatus.REFUND_DUE:
            text = _("%(number)s is cancelled, its pieces are for sale again, and %(total)s goes back to the buyer.")
        else:
            text = _("%(number)s is cancelled and its pieces are for sale again. No money had moved.")
        return text % {"number": order.number, "total": Money(order.total, order.currency).text()}

    def explain(self) -> str:
        if self.order.payment_status == Order.PaymentStatus.PAID:
            total = Money(self.order.total, self.order.currency).text()
            return _("The pieces go back into stock and %(total)s goes back to the buyer. This is final.") % {
                "total": total
            }
        if credit_left(self.order):
            return _("The pieces go back into stock; the store credit is the buyer's again. This is final.")
        return _("The pieces go back into stock; no money has moved. This is final.")


class RefundOrder(OrderAction):
    """A payment of the order goes back, whole or in part."""

    name, permission, icon = "refund", "payment.refund_payment", "resubmit"
    title = gettext_lazy("Refund")
    is_serious = True

    def find(self, **kwargs: Any) -> Order:
        self.payment = get_object_or_404(Payment, pk=kwargs["payment_id"], reference=f"order:{kwargs['pk']}")
        return super().find(**kwargs)

    def is_possible(self) -> bool:
        return can_be_refunded(self.payment)

    def make_form(self, data: Any = None) -> forms.Form:
        most = Money(self.payment.refundable, self.payment.currency)
        is_disputed, asks = has_open_dispute(self.payment), may_have_credit(self.order)
        return RefundForm(data, most=most, is_disputed=is_disputed, asks_where_to=asks)

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        amount, begun = typed["amount"], timezone.now()
        refund = give_back(
            payment_id=self.payment.pk, amount=amount.minor, reason=typed["reason"], by=by,
            to=typed.get("to") or RefundTo.SOURCE,
            idempotency_key=f"backoffice {self.request.user.pk} {typed['once']}", force=typed.get("force", False),
        )  # fmt: skip
        if refund.created_at >= begun:
            self.log(amount=str(amount), currency=amount.currency, reason=typed["reason"])
        if refund.status == Refund.Status.FAILED:
            raise Conflict(_("the payment service refused the refund (%(why)s).") % {"why": refund.error})
        return self._what_next(refund) % {"amount": amount.text()}

    def _what_next(self, refund: Refund) -> str:
        if refund.to == RefundTo.STORE_CREDIT:
            return _("%(amount)s is store credit of the buyer now; a mail tells them.")
        if self.payment.provider == "cod":
            return _("%(amount)s is booked as handed back in cash.")
        if refund.status == Refund.Status.REQUESTED:
            return _("%(amount)s is to go back. The payment service does not answer yet; the shop goes on asking.")
        return _("%(amount)s is on its way back. Banks take 5 to 7 working days.")

    def explain(self) -> str:
        if self.payment.provider == "cod":
            return _("The order was paid in cash: hand the money back first, then book it here, or give store credit.")
        return _(
            "The money goes back the way it came, or becomes store credit. Stock and status of the order stay as they are."
        )


class NoteOrder(OrderAction):
    """Words among colleagues; they stand in the audit log, not on the buyer's timeline."""

    name, permission, icon = "note", "order.view_order", "comment"
    title = gettext_lazy("Add a note")
    form_class = NoteForm

    def is_possible(self) -> bool:
        return True

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        self.log(note=typed["text"])
        return _("The note is kept with %(number)s.") % {"number": self.order.number}

    def explain(self) -> str:
        return _("For colleagues only.")


def can_be_refunded(payment: Payment) -> bool:
    return payment.status == Payment.Status.PAID and payment.refundable > 0
