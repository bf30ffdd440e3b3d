"""The flash sale: many want the same few at once, click twice, some walk away, and a web worker dies in the middle."""

from __future__ import annotations

import os
import signal
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.faults.operations import MINUTE
from tests.faults.oracle import Witness
from tests.faults.people import Answer, Shopper
from tests.faults.rig import Rig
from tests.faults.running import Result, Session, verdict
from tests.faults.stock import FEW

AT_ONCE = 24
MOST_SECONDS = 240


@dataclass
class Buyer:
    shopper: Shopper
    online: bool
    walks_away: bool
    key: str = field(default_factory=lambda: f"flash-{uuid.uuid4().hex}")


def run(session: Session, buyers: int = 500, **rig_options) -> None:
    with session.open_rig(**rig_options) as rig:
        session.record("flash sale", f"{buyers} buyers, {FEW} units", lambda result: sell(session, rig, buyers, result))


def sell(session: Session, rig: Rig, number: int, result: Result) -> None:
    """Wave by wave until every unit stands in an order that is paid or will be: no oversell, no undersell (S4)."""
    random, witness = session.random("flash"), Witness()
    buyers = [_buyer(rig, walks_away=n % 10 == 0, online=random.random() < 0.5) for n in range(number)]
    began = time.monotonic()
    outcomes = _wave(rig, buyers, witness, kill=True)
    result.facts["seconds of the rush"] = round(time.monotonic() - began, 1)
    result.facts["first wave"] = dict(outcomes)
    result.cases = number
    rig.mend()
    rig.quiet()
    rig.advance(31 * MINUTE)
    rig.quiet()
    left = FEW - _standing(rig)
    result.facts["came back from who walked away"] = left
    rig.links["shoppers"].mend()
    second = [_buyer(rig, walks_away=False, online=False) for _ in range(left + 3)]
    result.facts["second wave"] = dict(_wave(rig, second, witness, kill=False))
    verdict(rig, result, witness)
    if (sold := _standing(rig)) != FEW:
        result.failures.append(f"S4: {sold} of {FEW} units are sold at rest, with demand left")
    unclear = {name: n for name, n in (outcomes).items() if name not in ("placed", "sold out")}
    if unclear:
        result.failures.append(f"S7: unclear answers in the rush: {unclear}")


def _buyer(rig: Rig, *, walks_away: bool, online: bool) -> Buyer:
    """With a full cart; with an empty one where nothing is left to put into it."""
    shopper, few = Shopper(rig), rig.ground.stock["few"]
    body = {"product_id": few["product"], "variant_id": few["variant"], "quantity": 1}
    filled = shopper.insist("POST", "cart/items/", body)
    assert filled.ok or filled.body["code"] == "out_of_stock", f"the cart was refused: {filled}"
    return Buyer(shopper, online or walks_away, walks_away)


def _wave(rig: Rig, buyers: list[Buyer], witness: Witness, *, kill: bool) -> Counter:
    done = threading.Semaphore(0)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        futures = [pool.submit(_buy, buyer, witness, done) for buyer in buyers]
        if kill:
            for _ in range(len(buyers) // 20):  # some have bought, most have not
                done.acquire(timeout=MOST_SECONDS)
            kill_web_worker(rig)
        return Counter(future.result() for future in futures)


def kill_web_worker(rig: Rig) -> None:
    for process in rig.processes["web"].tree()[:-1]:
        os.kill(process.pid, signal.SIGKILL)


def _buy(buyer: Buyer, witness: Witness, done: threading.Semaphore) -> str:
    """Two clicks with one key; then pay, unless the buyer walks away."""
    method = "razorpay" if buyer.online else "cod"
    try:
        with ThreadPoolExecutor(2) as clicks:
            answers = list(clicks.map(lambda _: _place(buyer, method), range(2)))
    finally:
        done.release()
    placed = [answer.body for answer in answers if answer.status == 201]
    for order in placed:
        witness.placed(buyer.key, order)
    if not placed:
        return _refusal(answers)
    if buyer.online and not buyer.walks_away:
        buyer.shopper.order = placed[0]
        buyer.shopper.start()
        brought = buyer.shopper.at_the_gateway()
        buyer.shopper.insist("POST", "payment/create/", brought, key=f"pay-{buyer.key}")
    return "placed"


def _place(buyer: Buyer, method: str) -> Answer:
    return buyer.shopper.insist("POST", "order/", buyer.shopper.wish(method), key=buyer.key, seconds=60)


def _refusal(answers: list[Answer]) -> str:
    codes = {answer.body.get("code") if isinstance(answer.body, dict) else answer.status for answer in answers}
    return "sold out" if codes <= {"out_of_stock", "cart_empty"} else f"refused: {sorted(map(str, codes))}"


def _standing(rig: Rig) -> int:
    """Units in orders that hold stock."""
    few = rig.ground.stock["few"]["variant"]
    return rig.ask(
        "SELECT coalesce(sum(r.quantity), 0) FROM inventory_reservation r JOIN inventory_stockitem i"
        " ON i.id = r.stock_item_id WHERE i.variant_id = %s AND r.status = 'held'", few,
    )[0][0]  # fmt: skip
