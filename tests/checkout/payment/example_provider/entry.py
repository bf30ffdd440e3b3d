from __future__ import annotations

from django.conf import settings
from django.core.checks import CheckMessage, Error

from checkout.payment.entry import Entry
from tests.checkout.payment.example_provider.gateway import Transfer


def check() -> list[CheckMessage]:
    if settings.TRANSFER_ACCOUNT and not settings.TRANSFER_HOOK_SECRET:
        return [Error("TRANSFER_HOOK_SECRET is empty: anybody could sign.", id="payment.E091")]
    return []


ENTRY = Entry(
    code="transfer",
    name="Bank transfer",
    title="Bank transfer",
    text="We show you our account; your order waits for the money.",
    open=Transfer,
    is_configured=lambda: bool(settings.TRANSFER_ACCOUNT),
    checks=check,
)
