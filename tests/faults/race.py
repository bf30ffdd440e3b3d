"""Every pair of operations on one order, at the same moment, many times."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.faults import operations as do
from tests.faults.operations import MINUTE, Case
from tests.faults.oracle import Witness
from tests.faults.people import Answer, Keeper, Shopper
from tests.faults.rig import Rig
from tests.faults.running import Result, Session, hold_hooks, new_case, verdict

Act = Callable[[Case], Answer]
DELAYS = (0.0, 0.001, 0.004)  # per statement of the web server: other orders of events become likely


def place_again(method: str, *, same_key: bool) -> Act:
    def act(case: Case) -> Answer:
        key = case.key if same_key else f"other-{case.key}"
        return case.shopper.call("POST", "order/", case.shopper.wish(method), key=key)

    return act


@dataclass(frozen=True)
class State:
    """Where the order stands, and what can happen to it there."""

    name: str
    prepare: Callable[[Case], None]
    acts: dict[str, Act]


ONLINE: dict[str, Act] = {
    "callback": do.call_back,
    "webhooks": do.send_hooks,
    "cancel": do.cancel,
    "start again": do.start,
    "ship": do.ship,
    "30 minutes pass": do.let_pass(31 * MINUTE),
}
STATES = (
    State("a cart", do.with_cart, {
        "place": do.place("cod"), "place, same key": place_again("cod", same_key=True),
        "place, other key": place_again("cod", same_key=False), "place online": place_again("razorpay", same_key=False),
    }),
    State("money taken, shop not told", do.paid_at_the_gateway, ONLINE),
    State("waiting for money", do.placed_online, {
        "start": do.start, "cancel": do.cancel, "30 minutes pass": ONLINE["30 minutes pass"],
    }),
    State("paid", do.paid, {
        "cancel": do.cancel, "refund a part": do.refund("100.00"), "refund all": do.refund(None), "ship": do.ship,
        "callback": do.call_back, "webhooks": do.send_hooks,
    }),
    State("cash on delivery", do.placed_cod, {"cancel": do.cancel, "ship": do.ship, "deliver": do.deliver(True)}),
    State("shipped", do.shipped, {
        "deliver": do.deliver(True), "refuse": do.deliver(False), "cancel": do.cancel, "ship": do.ship,
        "deliver the parcel": do.end_parcel("delivered"), "refuse the parcel": do.end_parcel("refused"),
    }),
    State("paid, to be shipped in parts", do.paid, {
        "ship a part": do.ship_part, "ship the rest": do.ship_rest, "cancel": do.cancel, "ship": do.ship,
    }),
    State("partly shipped", do.partly_shipped, {
        "ship the rest": do.ship_rest, "deliver the parcel": do.end_parcel("delivered"),
        "refuse the parcel": do.end_parcel("refused"), "deliver": do.deliver(True), "cancel": do.cancel,
    }),
    State("delivered, paid ahead", do.paid_and_delivered, {
        "ask for a return": do.ask_for_return, "ask with another key": do.ask_again,
        "refund a part": do.refund("100.00"), "refund all": do.refund(None),
    }),
    State("return asked for", do.return_requested, {
        "approve": do.step_return("approved"), "reject": do.step_return("rejected"),
        "receive": do.step_return("received"), "refund all": do.refund(None),
    }),
    State("return came back", do.return_received, {
        "refund the return": do.step_return("refunded"), "receive": do.step_return("received"),
        "receive, written off": do.step_return("received", written_off=True), "refund a part": do.refund("100.00"),
        "refund all": do.refund(None),
    }),
    State("Stripe: money taken, shop not told", do.with_stripe(do.paid_at_the_gateway), {
        "return": do.call_back, "webhooks": do.send_hooks, "cancel": do.cancel, "start again": do.start,
    }),
)  # fmt: skip


def run(session: Session, rounds: int, states: tuple[State, ...] = STATES, **rig_options) -> None:
    with session.open_rig(**rig_options) as rig:
        for state in session.fairly(states):
            session.record("race", state.name, lambda result, s=state: try_pairs(session, rig, s, rounds, result))


def try_pairs(session: Session, rig: Rig, state: State, rounds: int, result: Result) -> None:
    """All pairs, an operation with itself among them, `rounds` times each."""
    random, witness = session.random(state.name), Witness()
    keepers = Keeper(rig), Keeper(rig)
    pairs = list(itertools.combinations_with_replacement(state.acts.items(), 2))
    random.shuffle(pairs)  # what fits into the time is a sample of all
    result.facts["pairs"] = len(pairs)
    for number, ((_, one), (_, other)) in itertools.product(range(rounds), pairs):
        if session.is_over(result.cases):
            session.left_out += 1
            break
        rig.links["web-database"].delay = 0.0
        hold_hooks(rig)
        case = new_case(rig, keepers[0], random)
        state.prepare(case)
        rig.links["web-database"].delay = random.choice(DELAYS)
        answers = at_once(_with(case, one), _with(_twin(case, keepers[1]), other), head_start=random.random() / 50)
        result.cases += 1
        _hear(case, answers, witness, result)
        result.facts["rounds"] = number + 1
    verdict(rig, result, witness)


def _with(case: Case, act: Act) -> Callable[[], Answer]:
    return lambda: act(case)


def _twin(case: Case, keeper: Keeper) -> Case:
    """The same shopper in a second window, and another member of staff."""
    twin = replace(case, keeper=keeper)
    window = Shopper(case.rig)
    window.http.headers.update(case.shopper.http.headers)
    for name in ("order", "started", "email", "address", "intent"):
        setattr(window, name, getattr(case.shopper, name))
    twin.shopper = window
    return twin


def _hear(case: Case, answers: list[Any], witness: Witness, result: Result) -> None:
    for answer in answers:
        if isinstance(answer, Exception) or (answer.status >= 500 and answer.status != 503):
            result.failures.append(f"O2: an answer that nobody should get: {answer!r}"[:400])
        elif answer.status == 201 and isinstance(answer.body, dict) and "total" in answer.body:
            witness.totals[answer.body["id"]] = answer.body["total"]


def at_once(*calls: Callable[[], Answer], head_start: float = 0.0) -> list[Any]:
    """Begin all together; the first gets a head start of some milliseconds."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def go(number: int) -> None:
        gate.wait()
        if number:
            threading.Event().wait(head_start)
        try:
            answers[number] = calls[number]()
        except Exception as error:
            answers[number] = error

    threads = [threading.Thread(target=go, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
