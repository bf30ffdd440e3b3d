"""Checks of what a caller sent. Each raises ApiError and changes nothing."""

import re
from collections.abc import Collection
from typing import Any

from .currencies import SUPPORTED, decimals_of, minimum_of
from .errors import ApiError

ID = re.compile(r"[a-z]+_[A-Za-z0-9]{14}")
RECEIPT_LENGTH = 40
NOTE_PAIRS = 15
NOTE_LENGTH = 256
DEFAULT_COUNT = 10
MAX_COUNT = 100


def refuse_extra(data: dict[str, Any], allowed: Collection[str]) -> None:
    extra = sorted(set(data) - set(allowed))
    if extra:
        message = f"{', '.join(extra)} is/are not required and should not be sent"
        raise ApiError(message, field=extra[0], reason="extra_field_sent")


def check_id(value: str, prefix: str) -> str:
    if not ID.fullmatch(value) or not value.startswith(f"{prefix}_"):
        raise ApiError(f"{value} is not a valid id", field="id")
    return value


def check_integer(data: dict[str, Any], field: str) -> int:
    if data.get(field) is None:
        raise ApiError(f"The {field} field is required.", field=field)
    value = data[field]
    if isinstance(value, bool) or not isinstance(value, int):
        raise ApiError(f"The {field} must be an integer.", field=field)
    return value


def check_amount(data: dict[str, Any], currency: str, *, smallest: int | None = None) -> int:
    """Return the amount in the smallest unit; three-decimal currencies must end in 0."""
    amount = check_integer(data, "amount")
    least = minimum_of(currency) if smallest is None else smallest
    if amount < least:
        raise ApiError(f"The amount must be at least {least} ({currency}).", field="amount")
    if decimals_of(currency) == 3 and amount % 10:
        raise ApiError("The last digit of the amount must be 0 for this currency.", field="amount")
    return amount


def check_currency(data: dict[str, Any], *, international: bool) -> str:
    currency = data.get("currency")
    if currency is None:
        raise ApiError("The currency field is required.", field="currency")
    if not isinstance(currency, str):
        raise ApiError("The currency must be a string.", field="currency")
    if currency not in SUPPORTED:
        raise ApiError("The currency provided is not supported.", field="currency")
    if currency != "INR" and not international:
        raise ApiError("International payments are not enabled for this account.", field="currency")
    return currency


def check_receipt(data: dict[str, Any]) -> str | None:
    receipt = data.get("receipt")
    if receipt is None:
        return None
    if not isinstance(receipt, str):
        raise ApiError("The receipt must be a string.", field="receipt")
    if len(receipt) > RECEIPT_LENGTH:
        raise ApiError(f"The receipt may not be greater than {RECEIPT_LENGTH} characters.", field="receipt")
    return receipt


def check_notes(data: dict[str, Any]) -> dict[str, str]:
    notes = data.get("notes")
    if notes is None or notes == []:
        return {}
    if not isinstance(notes, dict) or not all(isinstance(value, str) for value in notes.values()):
        raise ApiError("The notes must be pairs of text.", field="notes")
    if len(notes) > NOTE_PAIRS:
        raise ApiError(f"The notes may hold at most {NOTE_PAIRS} pairs.", field="notes")
    if any(len(text) > NOTE_LENGTH for pair in notes.items() for text in pair):
        raise ApiError(f"A note may not be greater than {NOTE_LENGTH} characters.", field="notes")
    return dict(notes)


def check_choice(data: dict[str, Any], field: str, choices: tuple[Any, ...], default: Any = None) -> Any:
    value = data.get(field, default)
    if value not in (*choices, default):
        raise ApiError(f"The {field} must be one of {', '.join(map(str, choices))}.", field=field)
    return value


def shape_notes(notes: dict[str, str]) -> dict[str, str] | list[Any]:
    """Empty notes come back as an array: a quirk integrations trip over."""
    return notes or []


def check_number_in_query(query: dict[str, str], field: str, default: int, low: int, high: int) -> int:
    text = query.get(field, str(default))
    if not text.isdecimal() or not low <= int(text) <= high:
        raise ApiError(f"The {field} must be between {low} and {high}.", field=field)
    return int(text)


def list_page(entities: list[dict[str, Any]], query: dict[str, str], *, also: Collection[str] = ()) -> dict[str, Any]:
    """Return one page, newest first, as the gateway's collection."""
    refuse_extra(query, {"from", "to", "count", "skip", *also})
    since = check_number_in_query(query, "from", 0, 0, 2**53)
    until = check_number_in_query(query, "to", 2**53, 0, 2**53)
    count = check_number_in_query(query, "count", DEFAULT_COUNT, 1, MAX_COUNT)
    skip = check_number_in_query(query, "skip", 0, 0, 2**53)
    wanted = [entity for entity in reversed(entities) if since <= entity["created_at"] <= until]
    items = wanted[skip : skip + count]
    return {"entity": "collection", "count": len(items), "items": items}
