"""What the shop knows of a person through their store credit. The ledger stays: it is a part of the books."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from checkout.credit.selectors import all_credit_of, entries_of
from checkout.credit.services.lapse_credit import lapse_credit
from shop.core.money import Money
from shop.core.personal_data import on_erase, personal_data, warns_on_closing


@personal_data("store_credit")
def credit_of_person(user) -> list[dict[str, Any]]:
    return [
        {
            "at": entry.at,
            "what": entry.kind,
            "amount": str(Money(entry.amount, entry.account.currency)),
            "currency": entry.account.currency,
            "for": entry.about,
            "note": entry.note,
        }
        for entry in entries_of(user.pk)
    ]


@warns_on_closing
def what_lapses(user, locale: str) -> str:
    amounts = ", ".join(money.text(locale) for money in all_credit_of(user.pk))
    return _("Your store credit of %(amount)s lapses.") % {"amount": amounts} if amounts else ""


@on_erase
def let_credit_lapse(user, at: datetime) -> None:
    lapse_credit(user_id=user.pk, at=at)
