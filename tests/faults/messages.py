"""What the gateway's messages may do on their way: every order, every loss, every repetition, enumerated."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.faults import operations as do
from tests.faults.gateways import RAZORPAY, STRIPE
from tests.faults.operations import MINUTE, Case
from tests.faults.oracle import Witness
from tests.faults.people import Keeper, Shopper
from tests.faults.rig import Rig
from tests.faults.running import LEAST, Result, Session, hold_hooks, new_case, verdict

POLL = "polling"
PREPARING = 0.5  # of the time: sending takes the rest
EVENTS = {RAZORPAY: ("payment.authorized", "payment.captured", "order.paid"),
          STRIPE: ("checkout.session.completed", "payment_intent.succeeded")}  # fmt: skip
Sequence = tuple[str, ...]
Hooks = dict[tuple[str, str], str]


def sequences(gateway: str = RAZORPAY) -> Iterator[Sequence]:
    """Every subset (the rest is lost) in every order; and each again with one message repeated at the end."""
    messages = ("callback", *EVENTS[gateway], POLL)
    for length in range(len(messages) + 1):
        for order in itertools.permutations(messages, length):
            yield order
            yield from ((*order, again) for again in order if again != POLL)


@dataclass(frozen=True)
class Base:
    """What was done before the messages come, and how the order must end, whatever comes of them."""

    name: str
    prepare: Callable[[Case], None]
    ends: tuple[str, str]  # (status, payment status)
    gateway: str = RAZORPAY


def cancelled_meanwhile(case: Case, gateway: str = RAZORPAY) -> None:
    do.paid_at_the_gateway(case, gateway)
    assert do.cancel(case).ok


def failed_before(case: Case) -> None:
    do.started(case)
    case.shopper.at_the_gateway("fail:payment_failed")
    case.brought = case.shopper.at_the_gateway()


BASES = (
    Base("paid", do.paid_at_the_gateway, ("placed", "paid")),
    Base("failed once, then paid", failed_before, ("placed", "paid")),
    Base("cancelled before the shop hears of the money", cancelled_meanwhile, ("cancelled", "refunded")),
    Base("Stripe: paid", do.with_stripe(do.paid_at_the_gateway), ("placed", "paid"), STRIPE),
    Base("Stripe: cancelled before the shop hears of the money", do.with_stripe(cancelled_meanwhile),
         ("cancelled", "refunded"), STRIPE),
)  # fmt: skip


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
    everything = list(enumerate(sequences(base.gateway)))
    random.shuffle(everything)  # what fits into the time is a sample of all
    # A sample, too, holds the two in which nobody ever tells the shop.
    everything.sort(key=lambda numbered: not set(numbered[1]) <= {POLL})
    chosen = [sequence for n, sequence in everything if n % session.part == offset or set(sequence) <= {POLL}]
    cases: list[tuple[Case, Sequence]] = []
    ends_at = session.until(PREPARING)
    hold_hooks(rig)
    for sequence in chosen:
        if len(cases) >= LEAST and time.monotonic() > ends_at:
            session.left_out += 1
            break
        case = new_case(rig, keeper, random)
        base.prepare(case)
        cases.append((case, sequence))
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
    """Message ids by gateway order (Stripe: session or payment) and event; the last one, where an earlier attempt
    failed."""
    found: Hooks = {}
    for item in rig.emulate("GET", "webhooks")["items"]:
        entities = json.loads(item["body"])["payload"]
        if "payment" in entities:
            found[entities["payment"]["entity"]["order_id"], item["event"]] = item["id"]
    for item in rig.emulate("GET", "webhooks", None, STRIPE)["items"]:
        found[json.loads(item["body"])["data"]["object"]["id"], item["event"]] = item["id"]
    return found


def _send_all(case: Case, sequence: Sequence, hooks: Hooks) -> None:
    shopper = case.shopper
    for message in sequence:
        if message == "callback":
            do.call_back(case)
        else:
            about = shopper.intent if message.startswith("payment_intent.") else shopper.gateway_order
            case.rig.emulate("POST", "webhooks/deliver", {"ids": [hooks[about, message]]}, shopper.gateway)


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
        _send_all(case, random.choice((("callback",), EVENTS[RAZORPAY], EVENTS[RAZORPAY][::-1], ())), hooks)
        result.cases += 1
    rig.lose_hooks()
    verdict(rig, result, Witness())
    result.failures += _ends(rig, [case for number, _, case in late if number % 2], ("cancelled", "refunded"))
    result.failures += _ends(rig, [case for number, _, case in late if not number % 2], ("placed", "paid"))
