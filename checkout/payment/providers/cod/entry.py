from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from checkout.payment.entry import Entry
from checkout.payment.providers.cod.provider import CashOnDelivery

ENTRY = Entry(
    code=CashOnDelivery.code,
    name="Cash on delivery",
    title=_("Cash on delivery"),
    text=_("Pay the rider, in cash or by UPI."),
    icon="banknote",
    is_online=False,
    open=CashOnDelivery,
    is_configured=lambda: True,  # whether it is for this cart, the rules of cash say
)
