"""Who is told of store credit. Applied once (the outbox remembers)."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from checkout.credit.models import StoreCreditEntry
from checkout.credit.notices import GRANTED
from checkout.credit.selectors import credit_of
from shop.core.money import Money
from shop.core.outbox import Message, subscribe
from shop.notifications.services.tell import Happening, Reader, tell


@subscribe("store_credit.granted")
def write_that_credit_was_given(message: Message) -> None:
    entry = StoreCreditEntry.objects.select_related("account__user").get(pk=message.payload["entry_id"])
    user, currency = entry.account.user, entry.account.currency
    if not user.is_active:
        return
    locale = user.locale or settings.LANGUAGE_CODE
    with translation.override(locale):
        facts = {
            "amount": Money(entry.amount, currency).text(locale),
            "balance": credit_of(user.pk, currency).text(locale),
            "name": (user.name.split() or [""])[0],
            "why": entry.note,
        }
        url = settings.SITE_URL + reverse("checkout:store_credit")
    tell(
        reader=Reader(user, user.email, user.phone, locale),
        what=Happening(kind=GRANTED, key=str(entry.pk), facts=facts, url=url, reference=f"credit:{entry.pk}"),
    )
