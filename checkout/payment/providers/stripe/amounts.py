"""How Stripe counts money: its own decimals, which are not always those of ISO 4217."""

from __future__ import annotations

from checkout.payment.errors import ProviderNotOffered
from checkout.payment.providers.stripe.client import wrong
from shop.core.money import Money, UnknownCurrency, exponent

NO_DECIMALS = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"]
)
THREE_DECIMALS = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])  # the last digit must be 0
UNCLEAR = frozenset({"UGX"})  # Stripe's pages list it both ways: never guess with money


def decimals_at_stripe(currency: str) -> int:
    if currency in NO_DECIMALS:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


def to_stripe(amount: Money) -> int:
    """Raises ProviderNotOffered for what cannot be charged there to the last digit."""
    if amount.currency in UNCLEAR:
        raise ProviderNotOffered(currency=amount.currency)
    value, rest = _scale(amount.minor, exponent(amount.currency), decimals_at_stripe(amount.currency))
    if rest or (amount.currency in THREE_DECIMALS and value % 10):
        raise ProviderNotOffered(currency=amount.currency)
    return value


def from_stripe(value: object, currency: object) -> Money:
    """Raises GatewayAnswerWrong for what is no amount."""
    code = currency.upper() if isinstance(currency, str) else ""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise wrong("amount", value)
    try:
        minor, rest = _scale(value, decimals_at_stripe(code), exponent(code))
    except UnknownCurrency:
        raise wrong("currency", currency) from None
    if rest:
        raise wrong("amount", (value, code))
    return Money(minor, code)


def _scale(value: int, have: int, want: int) -> tuple[int, int]:
    return (value * 10 ** (want - have), 0) if want >= have else divmod(value, 10 ** (have - want))
