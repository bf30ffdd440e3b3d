"""Store credit in the account: what there is, and how it came about."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from checkout.credit.models import StoreCreditEntry
from checkout.credit.selectors import all_credit_of, entries_of
from checkout.order.selectors import id_of_reference, number_of_id
from checkout.storefront.pages import page, show
from shop.core.api.context import page_currency, page_locale
from shop.core.dates import date_text
from shop.core.money import Money

ON_A_PAGE = 20


@page("GET", "HEAD", signed_in=True)
def own_credit(request: HttpRequest) -> HttpResponse:
    locale = page_locale()
    there = all_credit_of(request.user.pk) or [Money(0, page_currency(request))]
    shown = Paginator(entries_of(request.user.pk), ON_A_PAGE).get_page(request.GET.get("page"))
    return show(
        request, "accounts/store_credit.html", _("Store credit"), section="credit", pages=shown,
        balances=[money.text(locale) for money in there], entries=[_row(entry, locale) for entry in shown],
    )  # fmt: skip


def _row(entry: StoreCreditEntry, locale: str) -> dict[str, Any]:
    amount = Money(entry.amount, entry.account.currency).text(locale)
    number = number_of_id(id_of_reference(entry.about))
    return {
        "what": entry.get_kind_display(),
        "at": entry.at,
        "at_text": date_text(entry.at, locale),
        "amount_text": f"+{amount}" if entry.amount > 0 else amount,
        "comes": entry.amount > 0,
        "order": {"number": number, "url": reverse("checkout:own_order", args=[number])} if number else None,
        "note": entry.note,
    }
