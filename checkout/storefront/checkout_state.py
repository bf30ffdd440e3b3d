"""What a shopper has said so far in the checkout. Lives in the session until the order is placed."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, fields
from typing import Any

from django.http import HttpRequest

SESSION_KEY = "checkout"


@dataclass
class CheckoutState:
    """`address` is a snapshot of what was typed or chosen; `key` names the one order that may come of the review."""

    email: str = ""
    address: dict[str, str] | None = None
    address_id: int | None = None
    shipping_method: str = ""
    payment_method: str = ""
    use_store_credit: bool = False
    note: str = ""
    gift_note: str = ""
    key: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> CheckoutState:
        known = {field.name for field in fields(cls)}
        kept = request.session.get(SESSION_KEY) or {}
        return cls(**{name: value for name, value in kept.items() if name in known})

    def keep(self, request: HttpRequest, **said: Any) -> None:
        for name, value in said.items():
            setattr(self, name, value)
        request.session[SESSION_KEY] = asdict(self)

    def key_for_review(self, request: HttpRequest) -> str:
        if not self.key:
            self.keep(request, key=secrets.token_urlsafe(18))
        return self.key


def forget_checkout(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
