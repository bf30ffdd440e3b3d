"""How a way of paying introduces itself to the shop: the `ENTRY` of its folder under `providers/`.

What a further provider has to bring, step by step: docs/add-a-payment-provider.md.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage

from checkout.payment.ports import Provider


def nothing() -> list[CheckMessage]:
    return []


@dataclass(frozen=True, slots=True)
class Entry:
    """`title` and `text` are what the buyer reads at the checkout, `name` what staff reads."""

    code: str
    name: str
    title: Any
    text: Any
    open: Callable[[], Provider]
    is_configured: Callable[[], bool]
    currencies: Callable[[], Collection[str]] = lambda: settings.CURRENCIES  # that its account takes
    is_online: bool = True  # has a gateway: `open` gives a Gateway
    is_demo: Callable[[], bool] = lambda: False
    icon: str = "credit-card"
    checks: Callable[[], Sequence[CheckMessage]] = nothing
    deploy_checks: Callable[[], Sequence[CheckMessage]] = nothing
    # Only for a gateway whose window opens over our page; a page of the gateway's own needs none of these.
    window_script: Callable[[], str] = str  # the gateway's own script
    page_script: str = ""  # ours, a static file, that opens the window and posts its answer
    content_policy: Callable[[], Mapping[str, list[str]]] = dict  # what the payment page may load beside our own
    result_fields: tuple[str, str, str] = ("payment_id", "order_id", "signature")  # names in what the window posts

    def takes(self, currency: str) -> bool:
        return self.is_configured() and currency in self.currencies()
