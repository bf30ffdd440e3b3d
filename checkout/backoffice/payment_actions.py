"""What is done about a refund that failed, or a settlement that differs: asked for, confirmed, told to the audit log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.payment.models import Refund, SettlementDifference
from checkout.payment.selectors import failed_refunds, open_differences
from checkout.payment.services.close_difference import close_difference
from checkout.payment.services.retry_refund import close_refund, retry_refund
from shop.core.backoffice.asking import Asked
from shop.core.money import Money


class WhyForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("What was done"), max_length=255)


class PaymentAction(Asked):
    kind = "payment"
    permissions = ("payment.view_payment", "payment.refund_payment")

    def back(self) -> str:
        return reverse("payments:index")


class RefundAction(PaymentAction):
    def find(self, **kwargs: Any) -> Refund:
        self.refund = get_object_or_404(Refund.objects.select_related("payment"), pk=kwargs["pk"])
        return self.refund

    def is_possible(self) -> bool:
        return failed_refunds().filter(pk=self.refund.pk).exists()

    @property
    def amount(self) -> str:
        return Money(self.refund.amount, self.refund.payment.currency).text()


class RetryRefund(RefundAction):
    name, icon = "retry_refund", "undo"
    title = gettext_lazy("Try the refund again")

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        retry_refund(refund_id=self.refund.pk, by=by, at=timezone.now())
        self.log()
        return _("%(amount)s is asked for again; it stands with the payment of its order.") % {"amount": self.amount}

    def explain(self) -> str:
        return _("%(amount)s goes back the way it came. The gateway said: %(why)s.") % {
            "amount": self.amount, "why": self.refund.error or _("nothing")
        }  # fmt: skip


class CloseRefund(RefundAction):
    name, icon = "close_refund", "check"
    title = gettext_lazy("Made good another way")
    form_class = WhyForm

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        close_refund(refund_id=self.refund.pk, at=timezone.now())
        self.log(note=typed["note"])
        return _("Noted. Nobody is asked about these %(amount)s any more.") % {"amount": self.amount}

    def explain(self) -> str:
        return _("%(amount)s will not go back through the gateway. Say how the buyer got it.") % {"amount": self.amount}


class CloseDifference(PaymentAction):
    name, icon = "close_difference", "check"
    title = gettext_lazy("Dealt with")
    form_class = WhyForm

    def find(self, **kwargs: Any) -> SettlementDifference:
        self.difference = get_object_or_404(SettlementDifference, pk=kwargs["pk"])
        return self.difference

    def is_possible(self) -> bool:
        return open_differences().filter(pk=self.difference.pk).exists()

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        close_difference(difference_id=self.difference.pk, at=timezone.now())
        self.log(note=typed["note"])
        return _("Noted. The books stay as they are.")

    def explain(self) -> str:
        return str(self.difference)
