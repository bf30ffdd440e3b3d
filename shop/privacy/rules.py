"""What a consent looks like in a cookie, and what may be counted."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from shop.core.errors import Invalid

COOKIE = "consent"
KEPT_SECONDS = 180 * 24 * 3600  # after half a year it is asked again
VISITOR = re.compile(r"[0-9a-f]{32}")
LONGEST_QUERY = 60
LARGEST_ID = 2**63 - 1
NUMBERS = {"product_id": LARGEST_ID, "quantity": 999}
ALLOWED = {"view": {"product_id"}, "search": {"q"}, "add": {"product_id", "quantity"}, "begin": set()}


@dataclass(frozen=True)
class Choice:
    """What a browser keeps: `3.yes.<id>` or `3.no` (the version of the text first)."""

    version: int
    given: bool
    visitor: str = ""

    @property
    def cookie(self) -> str:
        return f"{self.version}.yes.{self.visitor}" if self.given else f"{self.version}.no"


def read_cookie(value: str | None) -> Choice | None:
    """None for none, and for one that is not ours."""
    found = re.fullmatch(r"(\d{1,6})\.(?:no|yes\.([0-9a-f]{32}))", value or "", re.ASCII)
    return Choice(int(found[1]), found[2] is not None, found[2] or "") if found else None


def new_visitor() -> str:
    """128 random bits; says nothing of anybody."""
    return secrets.token_hex(16)


def clean_facts(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Only what the event allows, each within its bounds. Raises Invalid, naming the field."""
    allowed = ALLOWED[name]
    if unknown := sorted(set(given) - allowed):
        raise Invalid(errors={unknown[0]: ["Not counted."]})
    return {field: _clean(field, value) for field, value in given.items()}


def _clean(field: str, value: Any) -> Any:
    if field == "q":
        return clean_query(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= NUMBERS[field]:
        raise Invalid(errors={field: ["A whole number."]})
    return value


def clean_query(text: Any) -> str:
    """What was searched for, without what looks like an address, a telephone or a card number."""
    if not isinstance(text, str) or "\0" in text:
        raise Invalid(errors={"q": ["A text."]})
    words = [word for word in text.lower().split() if "@" not in word]
    return re.sub(r"\+?\d(?:[\s().-]*\d){4,}", "", " ".join(words)).strip()[:LONGEST_QUERY]
