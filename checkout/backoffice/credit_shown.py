"""Store credit as the screens of a customer and of an order show it, to those who may see it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from checkout.backoffice.credit_actions import PERMISSION
from checkout.credit.models import StoreCreditEntry
from checkout.credit.selectors import all_credit_of, credit_of, entries_of
from checkout.order.models import Order
from shop.accounts.models import User
from shop.core.backoffice.references import named
from shop.core.money import Money

SEE = "credit.view_creditaccount"
NEWEST = 20


def person_credit(person: User, viewer: Any) -> dict[str, Any]:
    """Two queries."""
    if not viewer.has_perm(SEE):
        return {"may_see_credit": False}
    there = all_credit_of(person.pk) or [Money(0, settings.DEFAULT_CURRENCY)]
    return {
        "may_see_credit": True,
        "credit": ", ".join(money.text() for money in there),
        "credit_rows": [_row(entry, viewer) for entry in entries_of(person.pk)[:NEWEST]],
        "credit_url": _url(person.pk, viewer) if person.erased_at is None and person.pk != viewer.pk else "",
    }


def order_credit(order: Order, viewer: Any) -> dict[str, Any]:
    """Of the buyer, and where to give or take some. One query; none for a guest's order."""
    if not order.user_id or not viewer.has_perm(SEE):
        return {}
    own = order.user_id == viewer.pk
    url = "" if own else _url(order.user_id, viewer, f"?order={order.pk}")
    return {"credit": credit_of(order.user_id, order.currency).text(), "credit_url": url}


def _url(user_id: int, viewer: Any, query: str = "") -> str:
    return f"{reverse('customers:credit', args=[user_id])}{query}" if viewer.has_perm(PERMISSION) else ""


def _row(entry: StoreCreditEntry, viewer: Any) -> dict[str, Any]:
    return {
        "at": entry.at, "what": entry.get_kind_display(), "by": entry.by, "note": entry.note,
        "order": named(entry.about, viewer) if entry.about else None,
        "amount": Money(entry.amount, entry.account.currency).text(),
    }  # fmt: skip
