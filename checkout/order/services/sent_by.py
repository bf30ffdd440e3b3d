from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.core.money import Money


def sent_by(delivery: str, cash_fee: Money, locale: str) -> str:
    """What an order calls its delivery: the fee for cash is a part of its price, so it is said there."""
    if not cash_fee:
        return delivery
    with override(locale):
        fee = _("handling of cash %(fee)s") % {"fee": cash_fee.text(locale)}
    return f"{delivery[: 77 - len(fee)]} + {fee}"
