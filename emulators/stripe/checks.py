"""Checks of what a caller sent. Each raises ApiError and changes nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from .currencies import MOST, SUPPORTED, WHOLE_UNITS, decimals_of, minimum_of
from .errors import ApiError

METADATA_PAIRS, METADATA_KEY, METADATA_VALUE = 50, 40, 500


def refuse_extra(data: Mapping[str, Any], allowed: Collection[str]) -> None:
    for name in data:
        if name not in allowed:
            raise ApiError(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def check_text(data: Mapping[str, Any], field: str, *, longest: int = 5000, needed: bool = False) -> str | None:
    value = data.get(field)
    if value in (None, ""):
        if needed:
            raise ApiError(f"Missing required param: {field}.", code="parameter_missing", param=field)
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise ApiError(f"Invalid {field}.", param=field)
    return value


def check_integer(data: Mapping[str, Any], field: str) -> int:
    text = check_text(data, field, needed=True) or ""
    if not text.lstrip("-").isdecimal():
        raise ApiError(f"Invalid integer: {text}", code="parameter_invalid_integer", param=field)
    return int(text)


def check_currency(data: Mapping[str, Any]) -> str:
    """Return it as the gateway shows it: in lower case."""
    currency = (check_text(data, "currency", needed=True) or "").lower()
    if currency.upper() not in SUPPORTED:
        raise ApiError(f"Invalid currency: {currency}.", param="currency")
    return currency


def check_charge(amount: int, currency: str) -> int:
    """What a customer can be charged: minimum, eight digits, whole units or tens where the currency asks for it."""
    code = currency.upper()
    if amount < minimum_of(code):
        raise ApiError("The amount is below the minimum.", code="amount_too_small", param="amount")
    if amount > MOST:
        raise ApiError("The amount has too many digits.", code="amount_too_large", param="amount")
    if (decimals_of(code) == 3 and amount % 10) or (code in WHOLE_UNITS and amount % 100):
        raise ApiError(f"Invalid amount for {currency}.", code="parameter_invalid_integer", param="amount")
    return amount


def check_metadata(data: Mapping[str, Any]) -> dict[str, str]:
    metadata = data.get("metadata") or {}
    if not isinstance(metadata, dict) or not all(isinstance(value, str) for value in metadata.values()):
        raise ApiError("Invalid metadata.", param="metadata")
    if len(metadata) > METADATA_PAIRS:
        raise ApiError("Metadata can have at most 50 keys.", param="metadata")
    if any(len(key) > METADATA_KEY or len(value) > METADATA_VALUE for key, value in metadata.items()):
        raise ApiError("A metadata key or value is too long.", param="metadata")
    return dict(metadata)


def check_choice(data: Mapping[str, Any], field: str, choices: Collection[str], default: str) -> str:
    value = data.get(field, default)
    if value not in choices:
        raise ApiError(f"Invalid {field}: must be one of {', '.join(choices)}", param=field)
    return str(value)


def list_page(entities: list[dict[str, Any]], query: Mapping[str, Any], url: str) -> dict[str, Any]:
    """Return one page, newest first: `limit`, `starting_after`, `created[gte]`."""
    limit = check_integer({"limit": query.get("limit", "10")}, "limit")
    if not 1 <= limit <= 100:
        raise ApiError("Invalid limit: must be between 1 and 100.", param="limit")
    created = query.get("created") or {}
    since = check_integer(created, "gte") if isinstance(created, dict) and "gte" in created else 0
    wanted = [entity for entity in reversed(entities) if entity["created"] >= since]
    if after := query.get("starting_after"):
        ids = [entity["id"] for entity in wanted]
        if after not in ids:
            raise ApiError(f"No such object: '{after}'", code="resource_missing", param="starting_after")
        wanted = wanted[ids.index(after) + 1 :]
    return {"object": "list", "url": url, "data": wanted[:limit], "has_more": len(wanted) > limit}
