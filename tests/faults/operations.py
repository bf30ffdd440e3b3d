"""The money paths: how each is prepared, what is done, and what a careful client does when no answer came."""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.people import Answer, Keeper, Shopper
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


def placed_online(case: Case) -> None:
    with_cart(case)
    case.shopper.place("razorpay")


def started(case: Case) -> None:
    placed_online(case)
    case.shopper.start()


def paid_at_the_gateway(case: Case) -> None:
    """The money is taken; the shop has not heard of it (messages are held)."""
    started(case)
    case.brought = case.shopper.at_the_gateway()


def authorized_at_the_gateway(case: Case) -> None:
    started(case)
    case.brought = case.shopper.at_the_gateway("authorized_only")


def paid(case: Case) -> None:
    paid_at_the_gateway(case)
    answer = call_back(case)
    assert answer.status == 201, f"not paid: {answer}"


def shipped(case: Case) -> None:
    placed_cod(case)
    assert ship(case).ok


def place(method: str) -> Callable[[Case], Answer]:
    return lambda case: case.shopper.call("POST", "order/", case.shopper.wish(method), key=case.key)


def start(case: Case) -> Answer:
    return case.shopper.call("POST", "payment/create-razorpay-order/", {"order_id": case.order_id}, key=case.key)


def call_back(case: Case) -> Answer:
    return case.shopper.call("POST", "payment/create/", case.brought, key=f"back-{case.key}")


def hooks_of(case: Case, *events: str) -> list[str]:
    """Ids of the messages about the case's gateway order, oldest first."""
    order = case.shopper.started["razorpay_order_id"]
    items = case.rig.emulate("GET", "webhooks")["items"]
    return [item["id"] for item in items if order in item["body"] and (not events or item["event"] in events)]


def send_hooks(case: Case) -> Answer:
    told = case.rig.emulate("POST", "webhooks/deliver", {"ids": hooks_of(case)})["attempts"]
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
    Operation("ship: events", placed_cod, ship, "worker", EVENT),
    Operation("deliver, cash collected", shipped, deliver(True)),
    Operation("deliver, refused at the door", shipped, deliver(False)),
    Operation("the hold expires", started, let_pass(31 * MINUTE), "worker", EXPIRE),
    Operation("unpaid for five days", placed_online, let_pass(5 * DAY + MINUTE), "worker", UNPAID),
    Operation("no message came: reconciled", paid_at_the_gateway, let_pass(20 * MINUTE), "worker", RECONCILE),
)
