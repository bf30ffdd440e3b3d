"""The life of orders, parcels and returns as tables in Markdown, drawn from the code: docs/order-lifecycle.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checkout.order import statuses
from checkout.order.rules import PARCEL_TRANSITIONS, RETURN_TRANSITIONS, TRANSITIONS
from shop.accounts.roles import ADMIN, GROUPS, grants

HEAD = """# The life of an order

<!-- Drawn from the code by `manage.py order_lifecycle --write`; a test fails when the two differ. Do not edit. -->

An order has three statuses of its own; each of its parcels and returns has one. They move along these tables and in no
other way: a second identical step does nothing, every other one is refused (`wrong_state`, with what is allowed).

The API's one word `status` is derived: `cancelled` if the order is; else `shipped`, `delivered` or `returned` once
that is true of **all** of it; else `paid` or `pending`, also while only a part has left.
"""
WIDE = {
    "status": ("The order", statuses.Status),
    "payment_status": ("Its payment", statuses.PaymentStatus),
    "fulfillment_status": ("Its delivery", statuses.FulfillmentStatus),
}
BUYER, COURIER, CLOCK, GATEWAY = "buyer", "courier", "clock", "gateway"


@dataclass(frozen=True)
class Step:
    """Something that somebody does. `permission`: which staff may; `others` beside them."""

    title: str
    when: str
    effect: str
    permission: str = ""
    others: tuple[str, ...] = ()


STEPS = (
    Step("pay", "waiting for payment", "paid; stock is held until it ships", others=(BUYER, GATEWAY)),
    Step("change the address", "nothing has left", "the address; `order.address_changed`", "order.change_address", (BUYER,)),
    Step("cancel", "nothing has left", "cancelled; stock, money and store credit go back", "order.cancel_order", (BUYER, CLOCK)),
    Step("confirm cash by a code", "cash from the amount that *Settings → Cash on delivery* names", "it can be packed;"
         " `order.confirmed`; unconfirmed, the clock cancels it after a day", others=(BUYER,)),
    Step("let go what is held for review", "held", "it can be shipped; `order.released`", "order.review_order"),
    Step("ship a part or all", "paid, or cash on delivery, and not held; something is left", "a parcel; just its pieces leave the shelf;"
         " `order.shipped`", "order.fulfill_order"),
    Step("tell where a parcel is", "on the road", "a tracking event; forward only; `fulfillment.out_for_delivery`",
         others=(COURIER,)),
    Step("deliver a parcel", "on the road", "delivered; with the last one the order is complete, cash is booked as"
         " collected; `order.delivered`", "order.fulfill_order", (COURIER,)),
    Step("refuse a parcel at the door", "on the road", "its pieces are back; nothing arrived: the order is cancelled;"
         " else the refused part is refunded", "order.fulfill_order", (COURIER,)),
    Step("ask for a return", "delivered, within the return window", "a return, for money or in exchange; `return.requested`", "order.handle_return",
         (BUYER,)),
    Step("approve, reject a return", "asked for; rejected also when approved", "`return.approved`, `return.rejected`; the"
         " pieces of a rejected one can be asked for again; what is wanted in exchange is held, `exchange.prepared`", "order.handle_return"),
    Step("receive a return", "approved", "each line back on the shelf or written off; `return.received`; all of it came"
         " back: the order is returned; what is sent in exchange can be shipped, `exchange.released`", "order.handle_return"),
    Step("refund a return", "came back", "the lines' worth, tax included, without delivery unless told; cash by bank"
         " transfer, recorded; or as store credit; `return.refunded` when it has arrived", "payment.refund_payment"),
    Step("refund freely", "paid", "any amount up to what was captured, also as store credit", "payment.refund_payment"),
)  # fmt: skip


def lifecycle() -> str:
    """The whole page."""
    parts = [HEAD]
    for dimension, (title, words) in WIDE.items():
        parts.append(_table(f"{title}: `{dimension}`", words, TRANSITIONS[dimension]))
    parts.append(_table("A parcel: `Fulfillment.status`", statuses.ParcelStatus, PARCEL_TRANSITIONS))
    parts.append(_table("A return: `Return.status`", statuses.ReturnStatus, RETURN_TRANSITIONS))
    rows = [(step.title, ", ".join(who_may(step)), step.when, step.effect) for step in STEPS]
    parts.append("## Who may do what\n\n" + _rows(("step", "who", "when", "what happens"), rows))
    return "\n".join(parts)


def who_may(step: Step) -> list[str]:
    """By the permissions that the rooms grant, and others that need none."""
    roles = [role for role in GROUPS if role == ADMIN or step.permission in grants[role]] if step.permission else []
    return [*step.others, *roles]


def _table(title: str, words: Any, transitions: Mapping[str, frozenset[str]]) -> str:
    rows = [(f"`{word.value}`", str(word.label), _next(words, transitions[word])) for word in words]
    return f"## {title}\n\n" + _rows(("status", "means", "may become"), rows)


def _next(words: Any, then: frozenset[str]) -> str:
    return ", ".join(f"`{word.value}`" for word in words if word.value in then) or "–"


def _rows(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
