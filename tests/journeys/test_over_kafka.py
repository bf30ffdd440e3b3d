"""An order's whole life with KAFKA_BOOTSTRAP_SERVERS set: web server, worker, and the documented `relay` and `consume` as
processes. Whatever a buyer is told here has gone over the broker: nothing else hands events to who writes letters."""

from __future__ import annotations

import contextlib
import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests import conftest as servers
from tests.faults import operations as do
from tests.faults.ground import ground_of
from tests.faults.operations import Case
from tests.faults.people import Keeper
from tests.faults.processes import wait_for
from tests.faults.rig import MINUTE, Rig

pytestmark = [pytest.mark.faults, pytest.mark.slow]
GROUPS = ("notifications", "order", "payment", "inventory")  # those of an order's life; the others list and forward it
# Seconds at most. A group's first message comes when its processes have agreed on who reads what.
FIRST, LATER = 120, 60
TOLD_OF_THE_KEPT = Counter({
    "payment_failed": 1, "order_paid": 1, "order_shipped": 2, "order_delivered": 1,
    "return_requested": 2, "return_approved": 2, "return_received": 1, "return_refunded": 1, "exchange_packed": 1,
})  # fmt: skip


class OverKafka(Rig):
    """The rig of `make faults`, its relay and consumers started as the operator's page says."""

    def _add_kafka(self, broker: int) -> None:
        super()._add_kafka(broker)
        manage = [sys.executable, "manage.py"]
        del self.processes["consumer"]
        self._add("relay", [*manage, "relay"], lambda: True)
        for group in GROUPS:
            self._add(group, [*manage, "consume", "--group", group], lambda: True)


@pytest.fixture
def rig(template_database, tmp_path) -> Iterator[OverKafka]:
    servers.ensure_running(servers.CLUSTER)
    ground = ground_of(servers.CLUSTER, template_database)
    with ground.copy() as database:
        rig = OverKafka(ground, database, tmp_path, kafka=True)
        with contextlib.closing(rig):
            rig.open()
            yield rig


def test_the_same_journeys_and_an_emptied_broker(rig):
    kept = _new_case(rig)
    _fail_then_pay(kept)
    _ship_in_two_parts_and_deliver(kept)
    _send_one_back_for_money(kept)
    _exchange_another(kept)
    _await_letters(kept, TOLD_OF_THE_KEPT)
    _cancel_while_the_broker_forgets(_new_case(rig))
    mails = [subject for subject in _mails(rig, kept.shopper.email) if "waits for your payment" not in subject]
    assert len(mails) == TOLD_OF_THE_KEPT.total() + 2  # two of what was sent in exchange


def _new_case(rig: Rig) -> Case:
    return Case(rig, Keeper(rig), random.Random(7))


def _fail_then_pay(case: Case) -> None:
    do.started(case)
    case.shopper.at_the_gateway("fail:payment_failed")
    _await_letters(case, Counter(["payment_failed"]), seconds=FIRST)
    case.brought = case.shopper.at_the_gateway()
    assert do.call_back(case).status == 201
    assert _order(case)["status"] == "paid"


def _ship_in_two_parts_and_deliver(case: Case) -> None:
    for parcel in (do.ship_part(case), do.ship_rest(case)):
        assert parcel.status == 201, parcel
    assert do.deliver(True)(case).ok
    order = _order(case)
    assert (order["status"], len(case.shopper.call("GET", f"order/{case.order_id}/tracking/").body["shipments"])) == (
        "delivered", 2,
    )  # fmt: skip


def _send_one_back_for_money(case: Case) -> None:
    coming = do.ask_for_return(case)
    assert coming.status == 201, coming
    case.return_id = coming.body["id"]
    for step in ("approved", "received", "refunded"):
        assert do.step_return(step)(case).ok
    wait_for(lambda: _returns(case)[case.return_id]["status"] == "refunded", "the money of the return", LATER)


def _exchange_another(case: Case) -> None:
    """The last piece of the second line was broken: the same again. It is an order of its own, with its own letters."""
    line = case.shopper.order["items"][1]
    wish = {"item_id": line["id"], "quantity": 1, "exchange_for": line["variant_id"]}
    answer = case.shopper.call("POST", f"order/{case.order_id}/return/", {"items": [wish], "reason": "broken"})
    assert answer.status == 201, answer
    case.return_id = answer.body["id"]
    for step in ("approved", "received"):
        assert do.step_return(step)(case).ok
    sent_instead = _returns(case)[case.return_id]["replacement"]["id"]
    for status in ("shipped", "delivered"):
        assert case.keeper.call("PATCH", f"order/{sent_instead}/", {"status": status}).ok
    _await_letters(case, Counter(["order_shipped", "order_delivered"]), order_id=sent_instead)


def _cancel_while_the_broker_forgets(case: Case) -> None:
    """Cancelled while nobody reads; the broker took it, and forgets it. Five minutes later the outbox sends it again."""
    rig = case.rig
    do.paid(case)
    _await_letters(case, Counter(["order_paid"]))
    for group in GROUPS:
        rig.processes[group].end()
    assert do.cancel(case).ok
    wait_for(lambda: _sends(case, "order.cancelled") == 1, "the relay to send it", LATER)
    rig.processes["broker"].kill()
    rig.mend()
    wait_for(lambda: _group_reads(rig), "a message of after the restart", FIRST)
    assert _order(case)["payment"]["status"] == "refund_due" and _told(case)["order_cancelled"] == 0
    rig.advance(6 * MINUTE)
    _await_letters(case, Counter(["order_paid", "order_cancelled", "refund_started", "refund_done"]), seconds=FIRST)
    assert _sends(case, "order.cancelled") == 2
    assert (_order(case)["status"], _order(case)["payment"]["status"]) == ("cancelled", "refunded")


def _group_reads(rig: Rig) -> bool:
    """An order is placed and its letter arrives: the new processes read what the new broker has."""
    case = _new_case(rig)
    do.placed_cod(case)
    wait_for(lambda: _told(case)["order_placed"] == 1, "its letter", FIRST)
    return True


def _order(case: Case) -> dict[str, Any]:
    return case.shopper.call("GET", f"order/{case.order_id}/").body


def _returns(case: Case) -> dict[int, dict[str, Any]]:
    found = case.shopper.call("GET", f"order/{case.order_id}/return/").body["results"]
    return {coming["id"]: coming for coming in found}


def _await_letters(case: Case, wanted: Counter, *, order_id: int = 0, seconds: float = LATER) -> None:
    def told() -> Counter:
        return _told(case, order_id)

    with contextlib.suppress(AssertionError):
        wait_for(lambda: told() == wanted, "the letters", seconds)
    assert told() == wanted


def _told(case: Case, order_id: int = 0) -> Counter:
    """Kinds of the letters that have gone out about the order. That it waits for money is told unless it is paid at once."""
    rows = case.rig.ask(
        "SELECT kind FROM notifications_notification WHERE channel = 'email' AND status = 'sent' AND reference = %s",
        f"order:{order_id or case.order_id}",
    )
    return Counter(kind for (kind,) in rows if kind != "order_to_pay")


def _sends(case: Case, name: str) -> int:
    """How often the relay has handed the order's event to the broker."""
    return case.rig.ask(
        "SELECT sends FROM outbox_outboxevent WHERE name = %s AND aggregate = %s", name, f"order:{case.order_id}"
    )[0][0]


def _mails(rig: Rig, address: str) -> list[str]:
    return [subject for to, subject in rig.letters() if to == address]
