"""Which ways of paying the settings offer."""

from __future__ import annotations

from typing import cast

from django.conf import settings

from checkout.payment.errors import ProviderNotOffered
from checkout.payment.ports import Gateway, Provider
from checkout.payment.providers.breaker import Guarded, is_open
from checkout.payment.providers.cod import CashOnDelivery
from checkout.payment.providers.razorpay.gateway import Razorpay


def gateway(code: str) -> Gateway:
    """Raises ProviderNotOffered for what is unknown, not configured, or has no gateway (cash).

    Whatever asks it raises GatewayUnavailable at once while it is left alone (see `breaker`).
    """
    if code == Razorpay.code and settings.RAZORPAY_KEY_ID:
        return cast(Gateway, Guarded(Razorpay()))
    raise ProviderNotOffered(provider=code)


def provider(code: str) -> Provider:
    """Raises ProviderNotOffered."""
    return CashOnDelivery() if code == CashOnDelivery.code else gateway(code)


def offered() -> list[str]:
    """Codes of the ways of paying that are configured. Whether cash is for this cart, the rules of cash say."""
    online = [Razorpay.code] if settings.RAZORPAY_KEY_ID else []
    return [*online, CashOnDelivery.code]


def is_answering(code: str) -> bool:
    """Whether a way of paying can be offered just now: cash always, a gateway unless it is left alone."""
    return not is_open(code)
