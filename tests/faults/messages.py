"""What the gateway's messages may do on their way: every order, every loss, every repetition, enumerated."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.faults import operations as do
from tests.faults.operations import MINUTE, Case
from tests.faults.oracle import Witness
from tests.faults.people import Keeper, Shopper
from tests.faults.rig import Rig
from tests.faults.running import Result, Session, hold_hooks, new_case, verdict

POLL = "polling"
EVENTS = ("payment.authorized", "payment.captured", "order.paid")
MESSAGES = ("callback", *EVENTS, POLL)
Sequence = tuple[str, ...]
Hooks = dict[tuple[str, str], str]


def sequences() -> Iterator[Sequence]:
    """Every subset (the rest is lost) in every order; and each again with one message repeated at the end."""
    for length in range(len(MESSAGES) + 1):
        for order in itertools.permutations(MESSAGES, length):
            yield order
            yield from ((*order, again) for again in order if again != POLL)


@dataclass(frozen=True)
class Base:
    """What was done before the messages come, and how the order must end, whatever comes of them."""

    name: str
    prepare: Callable[[Case], None]
    ends: tuple[str, str]  # (status, payment status)


def cancelled_meanwhile(case: Case) -> None:
    do.paid_at_the_gateway(case)
    assert do.cancel(case).ok


def failed_before(case: Case) -> None:
    do.started(case)
    case.shopper.at_the_gateway("fail:payment_failed")
    case.brought = case.shopper.at_the_gateway()


BASES = (
    Base("paid", do.paid_at_the_gateway, ("placed", "paid")),
    Base("failed once, then paid", failed_before, ("placed", "paid")),
    Base("cancelled before the shop hears of the money", cancelled_meanwhile, ("cancelled", "refunded")),
)


def run(session: Session, bases: tuple[Base, ...] = BASES, **rig_options) -> None:
    with session.open_rig(**rig_options) as rig:
        for base in session.fairly(bases):
            session.record("messages", base.name, lambda result, b=base: try_sequences(session, rig, b, result))
        if bases is BASES:
            session.record("messages", "sold out meanwhile", lambda result: try_sold_out(session, rig, result))


def try_sequences(session: Session, rig: Rig, base: Base, result: Result) -> None:
    """All prefixes up to the polling, then time passes once for all, then the rest: as if each were alone."""
    random, keeper = session.random(base.name), Keeper(rig)
    offset = random.randrange(session.part)
    everything = enumerate(sequences())
    # A sample, too, holds the two in which nobody ever tells the shop.
    chosen = [sequence for n, sequence in everything if n % session.part == offset or set(sequence) <= {POLL}]
    cases: list[tuple[Case, Sequence]] = []
    hold_hooks(rig)
    for sequence in chosen:
        if session.is_over():
            break
        case = new_case(rig, keeper, random)
        base.prepare(case)
        cases.append((case, sequence))
    session.left_out += session.is_over()
    result.cases, hooks = len(cases), _hooks(rig)
    for case, sequence in cases:
        _send_all(case, _split(sequence)[0], hooks)
    rig.advance(20 * MINUTE)
    rig.quiet()
    for case, sequence in cases:
        _send_all(case, _split(sequence)[1], hooks)
    rig.lose_hooks()
    verdict(rig, result, Witness())
    result.failures += _ends(rig, [case for case, _ in cases], base.ends)


def _split(sequence: Sequence) -> tuple[Sequence, Sequence]:
    if POLL not in sequence:
        return sequence, ()
    at = sequence.index(POLL)
    return sequence[:at], sequence[at + 1 :]


def _hooks(rig: Rig) -> Hooks:
    """Message ids by gateway order and event; the last one, where an earlier attempt failed."""
    found: Hooks = {}
    for item in rig.emulate("GET", "webhooks")["items"]:
        entities = json.loads(item["body"])["payload"]
        if "payment" in entities:
            found[entities["payment"]["entity"]["order_id"], item["event"]] = item["id"]
    return found


def _send_all(case: Case, sequence: Sequence, hooks: Hooks) -> None:
    for message in sequence:
        if message == "callback":
            do.call_back(case)
        else:
            event_id = hooks[case.shopper.started["razorpay_order_id"], message]
            case.rig.emulate("POST", "webhooks/deliver", {"ids": [event_id]})


def _ends(rig: Rig, cases: list[Case], wanted: tuple[str, str]) -> list[str]:
    found = {row[0]: row[1:] for row in rig.ask("SELECT id, status, payment_status FROM order_order")}
    return [
        f"P5: order {case.order_id} ended as {found[case.order_id]} instead of {wanted}"
        for case in cases
        if found[case.order_id] != wanted
    ]


def try_sold_out(session: Session, rig: Rig, result: Result) -> None:
    """The hold ends, somebody else buys the last one, and then the money is heard of: a refund and a notice (S6)."""
    random, keeper, late = session.random("sold out"), Keeper(rig), []
    hold_hooks(rig)
    for number, single in enumerate(rig.ground.stock["single"][: max(4, 60 // session.part)]):
        case = new_case(rig, keeper, random)
        case.shopper.fill((single, 1))
        case.shopper.place("razorpay")
        case.shopper.start()
        late.append((number, single, case))
    rig.advance(31 * MINUTE)
    rig.quiet()
    for number, single, case in late:
        if number % 2:
            quick = Shopper(rig)
            quick.fill((single, 1))
            quick.place("cod")
        case.brought = case.shopper.at_the_gateway()
    hooks = _hooks(rig)
    for _, _, case in late:
        _send_all(case, random.choice((("callback",), EVENTS, EVENTS[::-1], ())), hooks)
        result.cases += 1
    rig.lose_hooks()
    verdict(rig, result, Witness())
    result.failures += _ends(rig, [case for number, _, case in late if number % 2], ("cancelled", "refunded"))
    result.failures += _ends(rig, [case for number, _, case in late if not number % 2], ("placed", "paid"))
