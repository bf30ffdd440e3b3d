"""Steps of a return: approve, reject, receive, refund. They lead back to the order's screen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.backoffice.order_actions import OrderAction
from checkout.backoffice.order_forms import ApproveForm, ReceiveForm, RefundReturnForm, RejectForm
from checkout.order.models import Order, Return
from checkout.order.rules import RETURN_TRANSITIONS, credit_left, is_cash, may_have_credit
from checkout.order.services.decide_return import decide_return
from checkout.order.services.receive_return import receive_return
from checkout.order.services.refund_return import refund_return
from checkout.payment.models import Refund
from shop.core.money import Money


class ReturnAction(OrderAction):
    permission = "order.handle_return"
    to = Return.Status.APPROVED

    def find(self, **kwargs: Any) -> Order:
        found = Return.objects.select_related("refund")
        self.coming = get_object_or_404(found, pk=kwargs["return_id"], order_id=kwargs["pk"])
        return super().find(**kwargs)

    def is_possible(self) -> bool:
        return self.to in RETURN_TRANSITIONS[self.coming.status]

    def told(self, text: str) -> str:
        amount = Money(self.coming.amount, self.order.currency).text()
        return text % {"number": str(self.coming), "amount": amount}


class ApproveReturn(ReturnAction):
    """With an exchange, pieces are held from now on; where there are none left, money can be given instead."""

    name, icon = "return_approve", "check"
    title = gettext_lazy("Approve the return")

    def make_form(self, data: Any = None) -> forms.Form:
        return ApproveForm(data, has_exchange=bool(self._wanted()))

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        exchange = not typed.get("money", False)
        decide_return(return_id=self.coming.pk, approve=True, exchange=exchange, at=timezone.now(), by=by)
        self.log(number=str(self.coming))
        return self.told(_("%(number)s is approved. Mark it as received when the pieces are here."))

    def _wanted(self) -> list[str]:
        lines = self.coming.lines.filter(exchange_for__isnull=False).select_related("exchange_for").order_by("pk")
        return [f"{line.quantity} × {line.exchange_for.sku}" for line in lines]

    def explain(self) -> str:
        if wanted := self._wanted():
            text = _("The buyer sends the pieces back and wants %(wanted)s instead: they are held from now on, and can be"
                     " shipped when the return is here. %(amount)s is to be refunded.")  # fmt: skip
            amount = Money(self.coming.amount, self.order.currency).text()
            return text % {"wanted": ", ".join(wanted), "amount": amount}
        return self.told(_("The buyer sends the pieces back. They are worth %(amount)s."))


class RejectReturn(ReturnAction):
    name, icon = "return_reject", "cross"
    title = gettext_lazy("Do not accept the return")
    to = Return.Status.REJECTED
    form_class = RejectForm
    is_serious = True

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        decide_return(return_id=self.coming.pk, approve=False, answer=typed["reason"], at=timezone.now(), by=by)
        self.log(number=str(self.coming), reason=typed["reason"])
        return self.told(_("%(number)s is not accepted. The buyer gets a mail with the reason."))

    def explain(self) -> str:
        return _("The pieces stay with the buyer; no money goes back.")


class ReceiveReturn(ReturnAction):
    name, icon = "return_receive", "download"
    title = gettext_lazy("Mark as received")
    to = Return.Status.RECEIVED

    def make_form(self, data: Any = None) -> forms.Form:
        lines = list(self.coming.lines.select_related("order_line").order_by("pk"))
        self.form = ReceiveForm(data, lines=lines)
        return self.form

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        receive_return(return_id=self.coming.pk, written_off=self.form.written_off, at=timezone.now(), by=by)
        self.log(number=str(self.coming))
        if not self.coming.amount and self.coming.replacement_id:
            return self.told(_("%(number)s is here. Ship what is sent in exchange next."))
        return self.told(_("%(number)s is here. Refund %(amount)s next."))

    def explain(self) -> str:
        return _("Say for each piece whether it can be sold again.")


class RefundReturn(ReturnAction):
    name, permission, icon = "return_refund", "payment.refund_payment", "resubmit"
    title = gettext_lazy("Refund the return")
    to = Return.Status.REFUNDED
    is_serious = True

    def is_possible(self) -> bool:
        return may_refund(self.coming)

    def make_form(self, data: Any = None) -> forms.Form:
        delivery = Money(self.order.shipping, self.order.currency) if self.order.shipping else None
        wished = self.coming.refund_to if may_have_credit(self.order) else ""
        return RefundReturnForm(data, is_cash=is_cash(self.order), delivery=delivery, wished=wished)

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        self.coming = refund_return(
            return_id=self.coming.pk, with_delivery=typed.get("with_delivery", False), proof=typed.get("proof", ""),
            to=typed.get("to", ""), at=timezone.now(), by=by,
        )  # fmt: skip
        amount = Money(self.coming.amount + self.coming.shipping, self.order.currency)
        self.log(number=str(self.coming), amount=str(amount), currency=amount.currency)
        text = _("%(amount)s goes back for %(number)s.")
        if self.coming.refund_to == Return.RefundTo.STORE_CREDIT:
            text = _("%(amount)s for %(number)s is store credit of the buyer now.")
        return text % {"amount": amount.text(), "number": str(self.coming)}

    def explain(self) -> str:
        text = _("%(number)s is worth %(amount)s, tax included. What delivery cost stays, unless you say so.")
        if credit := credit_left(self.order):
            used = Money(credit, self.order.currency).text()
            more = _(
                "%(used)s of the order was paid with store credit: money goes back first, the rest is credit again."
            )
            text = f"{text} {more % {'used': used}}"
        return self.told(text)


def may_refund(coming: Return) -> bool:
    is_under_way = coming.refund is not None and coming.refund.status != Refund.Status.FAILED
    return coming.status == Return.Status.RECEIVED and coming.amount > 0 and not is_under_way


STEPS: tuple[type[ReturnAction], ...] = (ApproveReturn, RejectReturn, ReceiveReturn, RefundReturn)
