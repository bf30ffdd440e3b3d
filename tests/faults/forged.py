"""Messages that lie: forged, replayed, foreign, tampered, of another amount, of no meaning. None of them pays (P3)."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.faults import operations as do
from tests.faults.gateways import RAZORPAY, STRIPE
from tests.faults.ground import HOOK_SECRET, STRIPE_HOOK_SECRET
from tests.faults.mutations import mutate
from tests.faults.operations import Case
from tests.faults.oracle import Witness
from tests.faults.people import Keeper
from tests.faults.rig import Rig
from tests.faults.running import Result, Session, hold_hooks, new_case, verdict

SECRETS = {RAZORPAY: HOOK_SECRET, STRIPE: STRIPE_HOOK_SECRET}
SENDERS = 4
LEAST_BODIES = 200
SLOWEST = 120  # bodies a second: all are sent, share of the time or not, unless the shop is slower than that
SIGNED = 0.25  # so many of the mutated bodies bear a true signature, as if the gateway itself had gone mad
Headers = dict[str, str]
Lie = Callable[[Case], tuple[bytes, Headers]]


def run(session: Session, bodies: int = 20_000, **rig_options) -> None:
    """The lies one by one, then so many mutated bodies of true messages."""
    with session.open_rig(**rig_options) as rig:
        for gateway in session.fairly((RAZORPAY, STRIPE)):
            session.record("forged", f"{gateway}: lies", lambda result, g=gateway: try_lies(session, rig, g, result))
        for gateway in session.fairly((RAZORPAY, STRIPE)):
            name = f"{gateway}: mutated bodies"
            session.record("forged", name, lambda result, g=gateway: try_bodies(session, rig, g, bodies // 2, result))


@dataclass
class Post:
    """One connection to the shop's webhook door."""

    rig: Rig
    gateway: str

    def __post_init__(self) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", self.rig.web_port, timeout=60)

    def send(self, body: bytes, headers: Headers) -> int:
        try:
            self.line.request("POST", f"/api/payment/webhook/{self.gateway}/", body, headers)
            answer = self.line.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):  # closed between two requests; there is a new line next time
            self.line.close()
            return 0
        return answer.status


# --- lies -----------------------------------------------------------------------------------------------------------
def unpaid(rig: Rig, keeper: Keeper, random: random.Random, gateway: str) -> Case:
    """Begun and not paid: the gateway has an order, and no money."""
    case = new_case(rig, keeper, random)
    do.started(case, gateway)
    return case


def claim(case: Case, **changes: object) -> dict:
    """What the gateway would say, had this order been paid."""
    rows = case.rig.ask("SELECT amount FROM payment_payment WHERE reference = %s", f"order:{case.order_id}")
    order, amount = case.shopper.gateway_order, rows[0][0]
    if case.shopper.gateway == STRIPE:
        entity = {"id": order, "object": "checkout.session", "status": "complete", "payment_status": "paid",
                  "amount_total": amount, "currency": "inr", "payment_intent": "pi_" + "x" * 24} | changes  # fmt: skip
        return {"id": f"evt_{case.random.randrange(10**18)}", "object": "event", "type": "checkout.session.completed",
                "livemode": False, "data": {"object": entity}}  # fmt: skip
    payment = {"id": "pay_" + "x" * 14, "entity": "payment", "order_id": order, "amount": amount, "currency": "INR",
               "status": "captured", "captured": True} | changes  # fmt: skip
    return {"entity": "event", "event": "payment.captured", "contains": ["payment"],
            "payload": {"payment": {"entity": payment}}}  # fmt: skip


def signed(gateway: str, body: bytes, secret: str | None = None, at: float | None = None) -> Headers:
    key, moment = (secret or SECRETS[gateway]).encode(), int(at or time.time())
    if gateway == STRIPE:
        digest = hmac.new(key, b"%d." % moment + body, hashlib.sha256).hexdigest()
        return {"Stripe-Signature": f"t={moment},v1={digest}"}
    return {"X-Razorpay-Signature": hmac.new(key, body, hashlib.sha256).hexdigest()}


def _told(case: Case, message: dict, **how) -> tuple[bytes, Headers]:
    body = json.dumps(message).encode()
    return body, signed(case.shopper.gateway, body, **how)


def _tampered(case: Case) -> tuple[bytes, Headers]:
    body, headers = _told(case, claim(case))
    return body.replace(b"captured", b"authorized").replace(b"paid", b"open"), headers


def _of_another_gateway(case: Case) -> tuple[bytes, Headers]:
    body, _headers = _told(case, claim(case))
    return body, signed(RAZORPAY if case.shopper.gateway == STRIPE else STRIPE, body)


def _about(name: str, value: object) -> Lie:
    return lambda case: _told(case, claim(case, **{name: value}))


REFUSED: dict[str, Lie] = {  # told to go away: 400
    "no signature": lambda case: (_told(case, claim(case))[0], {}),
    "signed with a foreign secret": lambda case: _told(case, claim(case), secret="whsec_of_somebody_else"),
    "changed after it was signed": _tampered,
    "signed as another gateway signs": _of_another_gateway,
}
TAKEN: dict[str, Lie] = {  # truly signed, and not believed: the gateway is asked
    "captured, says the message": lambda case: _told(case, claim(case)),
    "of one paisa": lambda case: _told(case, claim(case, amount=1, amount_total=1)),
    "in another currency": _about("currency", "usd"),
    "of a made-up payment": _about("payment_intent", "pi_" + "y" * 24),
    "of an order of nobody": lambda case: _told(case, _foreign(case)),
    "with a payment of another order": lambda case: _told(case, _others(case)),
    "of an unknown event": lambda case: _told(case, claim(case) | {"event": "x.y", "type": "x.y"}),
}


def _foreign(case: Case) -> dict:
    return claim(
        case, **{"id": "cs_test_" + "z" * 58} if case.shopper.gateway == STRIPE else {"order_id": "order_" + "z" * 14}
    )


def _others(case: Case) -> dict:
    """The payment of an order that is paid, as that of one which is not."""
    return claim(case, **{"payment_intent" if case.shopper.gateway == STRIPE else "id": case.brought["of another"]})


def try_lies(session: Session, rig: Rig, gateway: str, result: Result) -> None:
    """Each lie about an order of its own, twice; then false returns of the browser. No order may be paid by it."""
    random, keeper = session.random(f"lies {gateway}"), Keeper(rig)
    hold_hooks(rig)
    other = new_case(rig, keeper, random)
    do.paid(other, gateway)
    post, victims = Post(rig, gateway), []
    for name, lie in (REFUSED | TAKEN).items():
        victims.append(victim := unpaid(rig, keeper, random, gateway))
        victim.brought = {"of another": other.shopper.intent or other.brought["payment_id"]}
        body, headers = lie(victim)
        answers = {post.send(body, headers) for _ in range(2)}
        result.cases += 1
        if answers != {400 if name in REFUSED else 200}:
            result.failures.append(f"P3: {gateway}, {name}: answered {sorted(answers)}")
    for brought in _returns(gateway, other):
        victims.append(victim := unpaid(rig, keeper, random, gateway))
        answer = victim.shopper.call("POST", "payment/create/", brought(victim), key=victim.key)
        result.cases += 1
        if answer.status != 400:
            result.failures.append(f"P3: {gateway}: a false return was answered {answer}")
    rig.quiet()
    result.failures += _paid_by_lies(rig, victims)
    verdict(rig, result, Witness())
    result.failures += _paid_by_lies(rig, victims)


def _returns(gateway: str, other: Case) -> Iterator[Callable[[Case], dict]]:
    """A payment that is made up; that of another order; with the signature of another order; with none."""
    truth = other.brought
    if gateway == STRIPE:
        for name in ("pi_" + "q" * 24, "cs_test_" + "q" * 58, truth["payment_id"], other.shopper.intent, "x"):
            yield lambda case, n=name: {"order_id": case.order_id, "payment_method": gateway, "payment_id": n}
        return
    for changes in (
        {"payment_id": "pay_" + "q" * 14},
        {"razorpay_signature": "0" * 64},
        {"razorpay_signature": ""},
        {},
    ):
        for of_victim in (True, False):
            yield lambda case, c=changes, v=of_victim: truth | {"order_id": case.order_id} | (
                {"razorpay_order_id": case.shopper.gateway_order} if v else {}
            ) | c  # fmt: skip


def _paid_by_lies(rig: Rig, victims: list[Case]) -> list[str]:
    numbers = [case.order_id for case in victims]
    rows = rig.ask("SELECT number, payment_status FROM order_order WHERE id = ANY(%s)"
                   " AND payment_status NOT IN ('pending', 'void')", numbers)  # fmt: skip
    return [f"P3: {number} is {status} by a lie" for number, status in rows]


# --- bodies ---------------------------------------------------------------------------------------------------------
def try_bodies(session: Session, rig: Rig, gateway: str, wanted: int, result: Result) -> None:
    """Mutations of messages about orders that are not paid. Answered 200, 400 or 413, never with an error, and nothing
    is paid by them."""
    random, keeper = session.random(f"bodies {gateway}"), Keeper(rig)
    hold_hooks(rig)
    victims = [unpaid(rig, keeper, random, gateway) for _ in range(3)]
    truths = [claim(victim) for victim in victims]
    answers, sent = Counter[int](), threading.Lock()
    ends_at = max(session.ends_at, time.monotonic() + wanted / SLOWEST)

    def work(number: int) -> None:
        mine, post = session.random(f"bodies {gateway} {number}"), Post(rig, gateway)
        for n in range(wanted // SENDERS):
            if n >= LEAST_BODIES // SENDERS and time.monotonic() > ends_at:
                return
            truth = mine.choice(truths) | {"id": f"evt_{mine.randrange(10**18)}"}
            body = mutate(mine, json.dumps(truth).encode())
            status = post.send(body, _headers(mine, gateway, body))
            with sent:
                answers[status] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.cases, result.facts["answers"] = answers.total(), {str(code): n for code, n in answers.items()}
    session.left_out += result.cases < wanted // SENDERS * SENDERS
    if strange := {code: n for code, n in answers.items() if code not in (0, 200, 400, 413)}:
        result.failures.append(f"P3: {gateway}: mutated bodies were answered {strange}")
    if answers[0] > 20 + result.cases // 50:  # a line that is closed now and then is none
        result.failures.append(f"P3: {gateway}: {answers[0]} mutated bodies were not answered")
    rig.quiet(240)
    result.failures += _paid_by_lies(rig, victims)
    verdict(rig, result, Witness())


def _headers(random: random.Random, gateway: str, body: bytes) -> Headers:
    headers = {"Content-Type": "application/json", "X-Razorpay-Event-Id": f"m{random.randrange(10**15)}"}
    if random.random() < SIGNED:
        return headers | signed(gateway, body)
    return headers | signed(gateway, body, secret=f"whsec_{random.randrange(10**9)}")
