"""The money paths: how each is prepared, what is done, and what a careful client does when no answer came."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.gateways import RAZORPAY, STRIPE
from tests.faults.people import START, Answer, Keeper, Shopper
from tests.faults.rig import DAY, MINUTE, Rig


@dataclass
class Case:
    """One order on its way."""

    rig: Rig
    keeper: Keeper
    random: random.Random
    shopper: Shopper = field(init=False)
    brought: dict[str, Any] = field(default_factory=dict)
    key: str = field(default_factory=lambda: f"key-{uuid.uuid4().hex}")
    parcel_id: int = 0
    return_id: int = 0

    def __post_init__(self) -> None:
        self.shopper = Shopper(self.rig)

    @property
    def order_id(self) -> int:
        return self.shopper.order["id"]

    def payment_id(self) -> int:
        rows = self.rig.ask(
            "SELECT id FROM payment_payment WHERE reference = %s AND captured_amount > 0 ORDER BY id",
            f"order:{self.order_id}",
        )
        return rows[0][0]


def with_cart(case: Case) -> None:
    plenty = list(case.rig.ground.stock["plenty"])
    case.random.shuffle(plenty)
    case.shopper.fill((plenty[0], 1 + case.random.randrange(3)), (plenty[1], 1))


def placed_cod(case: Case) -> None:
    with_cart(case)
    case.shopper.place("cod")


def placed_online(case: Case, gateway: str = RAZORPAY) -> None:
    with_cart(case)
    case.shopper.place(gateway)


def started(case: Case, gateway: str = RAZORPAY) -> None:
    placed_online(case, gateway)
    case.shopper.start()


def paid_at_the_gateway(case: Case, gateway: str = RAZORPAY) -> None:
    """The money is taken; the shop has not heard of it (messages are held)."""
    started(case, gateway)
    case.brought = case.shopper.at_the_gateway()


def with_stripe(prepare: Callable[..., None]) -> Callable[[Case], None]:
    return lambda case: prepare(case, STRIPE)


def authorized_at_the_gateway(case: Case) -> None:
    started(case)
    case.brought = case.shopper.at_the_gateway("authorized_only")


def paid(case: Case, gateway: str = RAZORPAY) -> None:
    paid_at_the_gateway(case, gateway)
    answer = call_back(case)
    assert answer.status == 201, f"not paid: {answer}"


def paid_and_partly_shipped(case: Case) -> None:
    paid(case)
    _done(ship_part(case))


def paid_and_delivered(case: Case) -> None:
    paid(case)
    _done(ship(case))
    _done(deliver(True)(case))


def return_requested(case: Case) -> None:
    paid_and_delivered(case)
    case.return_id = _done(ask_for_return(case))["id"]


def return_approved(case: Case) -> None:
    return_requested(case)
    _done(step_return("approved")(case))


def return_received(case: Case) -> None:
    return_approved(case)
    _done(step_return("received")(case))


def partly_shipped(case: Case) -> None:
    placed_cod(case)
    case.parcel_id = _done(ship_part(case))["id"]


def _done(answer: Answer) -> Any:
    assert answer.ok, f"refused: {answer}"
    return answer.body


def shipped(case: Case) -> None:
    placed_cod(case)
    case.parcel_id = _done(ship_rest(case))["id"]


def place(method: str) -> Callable[[Case], Answer]:
    return lambda case: case.shopper.call("POST", "order/", case.shopper.wish(method), key=case.key)


def start(case: Case) -> Answer:
    return case.shopper.call("POST", START[case.shopper.gateway], {"order_id": case.order_id}, key=case.key)


def call_back(case: Case) -> Answer:
    return case.shopper.call("POST", "payment/create/", case.brought, key=f"back-{case.key}")


def hooks_of(case: Case, *events: str) -> list[str]:
    """Ids of the messages about the case's gateway order, oldest first."""
    shopper = case.shopper
    names = [name for name in (shopper.gateway_order, shopper.intent) if name]
    return [
        item["id"] for item in case.rig.emulate("GET", "webhooks", None, shopper.gateway)["items"]
        if any(name in item["body"] for name in names) and (not events or item["event"] in events)
    ]  # fmt: skip


def send_hooks(case: Case) -> Answer:
    ids = {"ids": hooks_of(case)}
    told = case.rig.emulate("POST", "webhooks/deliver", ids, case.shopper.gateway)["attempts"]
    return Answer(200 if told and all(attempt["succeeded"] for attempt in told) else 0, told)


def cancel(case: Case) -> Answer:
    return case.shopper.call("POST", f"order/{case.order_id}/cancel/", {"reason": "changed my mind"}, key=case.key)


def refund(amount: str | None) -> Callable[[Case], Answer]:
    body = {"reason": "goodwill"} | ({"amount": amount} if amount else {})
    return lambda case: case.keeper.call("POST", f"payment/{case.payment_id()}/refund/", body, key=case.key)


def ship(case: Case) -> Answer:
    return case.keeper.call("PATCH", f"order/{case.order_id}/", {"status": "shipped"})


def deliver(collected: bool) -> Callable[[Case], Answer]:
    body = {"status": "delivered", "collected": collected}
    return lambda case: case.keeper.call("PATCH", f"order/{case.order_id}/", body)


def ship_part(case: Case) -> Answer:
    """One piece of the first line, in a parcel of its own. (Three parcels at most: so few pieces there are.)"""
    body = {"items": [{"item_id": case.shopper.order["items"][0]["id"], "quantity": 1}], "tracking_number": "T-1"}
    return case.keeper.call("POST", f"order/{case.order_id}/shipment/", body, key=f"part-{case.key}")


def ship_rest(case: Case) -> Answer:
    return case.keeper.call("POST", f"order/{case.order_id}/shipment/", {}, key=f"rest-{case.key}")


def end_parcel(status: str) -> Callable[[Case], Answer]:
    """`delivered` or `refused`: the parcel that was shipped first."""
    return lambda case: case.keeper.call(
        "PATCH", f"order/{case.order_id}/shipment/{case.parcel_id}/", {"status": status}
    )


def ask_for_return(case: Case) -> Answer:
    body = {"items": [{"item_id": case.shopper.order["items"][0]["id"], "quantity": 1}], "reason": "too wide"}
    return case.shopper.call("POST", f"order/{case.order_id}/return/", body, key=f"return-{case.key}")


def ask_again(case: Case) -> Answer:
    """Another wish, not a repetition: only so many pieces can come back."""
    body = {"items": [{"item_id": case.shopper.order["items"][0]["id"], "quantity": 1}], "reason": "too wide"}
    return case.shopper.call("POST", f"order/{case.order_id}/return/", body, key=f"return-other-{case.key}")


def step_return(status: str, *, written_off: bool = False) -> Callable[[Case], Answer]:
    """`rejected` says why. Of what is `written_off` nothing is for sale again."""

    def act(case: Case) -> Answer:
        lost = [case.shopper.order["items"][0]["id"]] if written_off else []
        body = {"status": status, "reason": "as agreed", "written_off": lost}
        return case.keeper.call("PATCH", f"order/{case.order_id}/return/{case.return_id}/", body)

    return act


def let_pass(seconds: float) -> Callable[[Case], Answer]:
    def act(case: Case) -> Answer:
        case.rig.advance(seconds)
        return Answer(0)

    return act


@dataclass(frozen=True)
class Operation:
    """`process` is who works, and dies. In the worker, counting begins at `begin`: the first statement of the work."""

    name: str
    prepare: Callable[[Case], None]
    act: Callable[[Case], Answer]
    process: str = "web"
    begin: re.Pattern[str] | None = None


COMMIT = re.compile(r"^COMMIT")
TASK = re.compile(r'^UPDATE "tasks_queuedtask" SET "due_at"')
EVENT = re.compile(r"FOR NO KEY UPDATE")
EXPIRE = re.compile(r'FROM "inventory_stockitem".*FOR UPDATE')
UNPAID = re.compile(r'FROM "order_order".*FOR UPDATE')
RECONCILE = re.compile(r'^UPDATE "payment_payment" SET "check_at"')
SENT = re.compile(r'^UPDATE "outbox_outboxevent" SET "sent_at"')  # the broker has it; the shop has not noted it yet
OPERATIONS = (
    Operation("place, cash on delivery", with_cart, place("cod")),
    Operation("place, online", with_cart, place("razorpay")),
    Operation("start a payment", placed_online, start),
    Operation("pay by callback", paid_at_the_gateway, call_back),
    Operation("pay by callback, authorized only", authorized_at_the_gateway, call_back),
    Operation("webhook, taken in", paid_at_the_gateway, send_hooks),
    Operation("webhook, worked off", paid_at_the_gateway, send_hooks, "worker", TASK),
    Operation("cancel, cash on delivery", placed_cod, cancel),
    Operation("cancel, paid", paid, cancel),
    Operation("cancel, paid: events and refund", paid, cancel, "worker", EVENT),
    Operation("refund, a part", paid, refund("100.00")),
    Operation("refund, all", paid, refund(None)),
    Operation("ship", placed_cod, ship),
    Operation("ship a part", paid, ship_part),
    Operation("ship the rest", paid_and_partly_shipped, ship_rest),
    Operation("deliver a parcel", partly_shipped, end_parcel("delivered")),
    Operation("deliver the last parcel", shipped, end_parcel("delivered")),
    Operation("refuse a parcel", partly_shipped, end_parcel("refused")),
    Operation("ask for a return", paid_and_delivered, ask_for_return),
    Operation("approve a return", return_requested, step_return("approved")),
    Operation("reject a return", return_requested, step_return("rejected")),
    Operation("receive a return", return_approved, step_return("received")),
    Operation("receive a return, written off", return_approved, step_return("received", written_off=True)),
    Operation("refund a return", return_received, step_return("refunded")),
    Operation("refund a return: refund and events", return_received, step_return("refunded"), "worker", TASK),
    Operation("Stripe: start a payment", with_stripe(placed_online), start),
    Operation("Stripe: pay by return", with_stripe(paid_at_the_gateway), call_back),
    Operation("Stripe: webhook, taken in", with_stripe(paid_at_the_gateway), send_hooks),
    Operation("Stripe: webhook, worked off", with_stripe(paid_at_the_gateway), send_hooks, "worker", TASK),
    Operation("Stripe: cancel, paid: events and refund", with_stripe(paid), cancel, "worker", EVENT),
    Operation("ship: events", placed_cod, ship, "worker", EVENT),
    Operation("deliver, cash collected", shipped, deliver(True)),
    Operation("deliver, refused at the door", shipped, deliver(False)),
    Operation("the hold expires", started, let_pass(31 * MINUTE), "worker", EXPIRE),
    Operation("unpaid for five days", placed_online, let_pass(5 * DAY + MINUTE), "worker", UNPAID),
    Operation("no message came: reconciled", paid_at_the_gateway, let_pass(20 * MINUTE), "worker", RECONCILE),
)
OVER_KAFKA = (
    Operation("relay: sent and not noted", placed_cod, ship, "relay", SENT),
    Operation("consumer: an order is shipped", placed_cod, ship, "consumer", EVENT),
    Operation("consumer: a paid order is cancelled", paid, cancel, "consumer", EVENT),
)
