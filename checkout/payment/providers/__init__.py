"""Which ways of paying there are, and which of them the settings offer.

Every folder here with an `entry.py` is one; `EXTRA_PAYMENT_PROVIDERS` names folders that live elsewhere.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import cast

from django.conf import settings

from checkout.payment.entry import Entry
from checkout.payment.errors import ProviderNotOffered
from checkout.payment.ports import Gateway, Provider
from checkout.payment.providers.breaker import Guarded, is_open


def entries() -> list[Entry]:
    """All of them, configured or not: gateways by name, then cash."""
    found = [_entry(f"{package}.entry") for package in (*_own_packages(), *settings.EXTRA_PAYMENT_PROVIDERS)]
    return sorted(found, key=lambda entry: not entry.is_online)


def entry(code: str) -> Entry | None:
    return next((entry for entry in entries() if entry.code == code), None)


def gateway(code: str) -> Gateway:
    """Raises ProviderNotOffered for what is unknown, not configured, or has no gateway (cash).

    Whatever asks it raises GatewayUnavailable at once while it is left alone (see `breaker`).
    """
    known = entry(code)
    if known is None or not known.is_online or not known.is_configured():
        raise ProviderNotOffered(provider=code)
    return cast(Gateway, Guarded(known.open()))


def provider(code: str) -> Provider:
    """Raises ProviderNotOffered."""
    known = entry(code)
    return known.open() if known is not None and not known.is_online else gateway(code)


def offered(currency: str) -> list[str]:
    """Codes of the ways of paying that take a currency. Whether cash is for this cart, the rules of cash say."""
    return [entry.code for entry in entries() if entry.takes(currency)]


def is_answering(code: str) -> bool:
    """Whether a way of paying can be offered just now: cash always, a gateway unless it is left alone."""
    return not is_open(code)


@cache
def _entry(module: str) -> Entry:
    return import_module(module).ENTRY


@cache
def _own_packages() -> tuple[str, ...]:
    folder = Path(__file__).parent
    return tuple(f"{__name__}.{path.parent.name}" for path in sorted(folder.glob("*/entry.py")))
