"""When a piece reaches a PIN code. The checkout wing knows; it stands above and gives its answer in here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from shop.core.context import ShopContext

PINCODE = re.compile(r"[1-9][0-9]{5}")
Answer = Callable[[str, Mapping[str, Any], ShopContext], dict[str, Any]]
_answers: list[Answer] = []


def answers_delivery(function: Answer) -> Answer:
    """Register `f(pincode, product, context) -> {date_text, place, cost_text, cod}` or `{error}`."""
    _answers[:] = [function]
    return function


def delivery_to(pincode: str, product: Mapping[str, Any], context: ShopContext) -> dict[str, Any]:
    """`delivery` of the product page; empty when nothing was asked."""
    if not pincode:
        return {}
    if not PINCODE.fullmatch(pincode):
        return {"pincode": pincode[:6], "error": _("A PIN code has 6 digits and does not begin with 0.")}
    return {"pincode": pincode, **(_answers[0](pincode, product, context) if _answers else {})}
