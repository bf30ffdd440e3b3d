"""Refunds: sums, states, idempotency."""

import concurrent.futures
import random

import pytest
import requests
from razorpay.errors import BadRequestError

KEY = {"X-Refund-Idempotency": "refund-of-2041"}


def refund(gateway, payment_id: str, key: str | None = None, **data) -> dict:
    headers = {"X-Refund-Idempotency": key} if key else {}
    return gateway.client.payment.refund(payment_id, data, headers=headers)


def test_partial_refunds_add_up_to_refunded(gateway):
    payment_id = gateway.paid(10_000)
    for amount in (3_333, 3_333):
        made = refund(gateway, payment_id, amount=amount, notes={"why": "size"}, receipt="R")
        assert (made["amount"], made["status"], made["payment_id"]) == (amount, "processed", payment_id)
        payment = gateway.client.payment.fetch(payment_id)
        assert (payment["status"], payment["refund_status"]) == ("captured", "partial")
    assert refund(gateway, payment_id)["amount"] == 3_334
    payment = gateway.client.payment.fetch(payment_id)
    assert (payment["status"], payment["refund_status"], payment["amount_refunded"]) == (
        "refunded",
        "full",
        10_000,
    )
    with pytest.raises(BadRequestError, match="fully refunded already"):
        refund(gateway, payment_id)
    assert gateway.ledger()["refunded"] == 10_000


def test_paid_order_stays_paid_after_a_full_refund(gateway):
    order = gateway.order()
    refund(gateway, gateway.pay(order)["razorpay_payment_id"])
    assert gateway.client.order.fetch(order["id"])["status"] == "paid"


def test_refunds_are_read_in_every_way(gateway):
    payment_id, other = gateway.paid(), gateway.paid()
    made = [refund(gateway, payment_id, amount=amount) for amount in (100, 200)]
    listed = gateway.client.payment.fetch_multiple_refund(payment_id)
    assert [item["id"] for item in listed["items"]] == [made[1]["id"], made[0]["id"]]
    assert gateway.client.refund.fetch(made[0]["id"]) == made[0]
    assert gateway.client.payment.fetch_refund_id(payment_id, made[0]["id"]) == made[0]
    with pytest.raises(BadRequestError, match="does not exist"):
        gateway.client.payment.fetch_refund_id(other, made[0]["id"])
    expanded = gateway.client.payment.fetch(payment_id, {"expand[]": "refunds"})
    assert expanded["refunds"]["count"] == 2


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"amount": 10_001}, "greater than amount captured"),
        ({"amount": 99}, "at least 100"),
        ({"amount": 0, "speed": "optimum"}, "at least 1"),
        ({"amount": 100.5}, "must be an integer"),
        ({"amount": 100, "speed": "fast"}, "speed must be one of"),
        ({"amount": 100, "reason": "x"}, "should not be sent"),
        ({"amount": 100, "receipt": "x" * 41}, "receipt"),
        (2000, "must be an object"),
    ],
)
def test_bad_refund_is_refused_without_effect(gateway, data, message):
    payment_id = gateway.paid(10_000)
    with pytest.raises(BadRequestError, match=message):
        gateway.client.payment.refund(payment_id, data)
    assert gateway.client.payment.fetch(payment_id)["amount_refunded"] == 0
    assert gateway.ledger()["refunded"] == 0


def test_only_captured_payments_can_be_refunded(gateway):
    payment_id = gateway.pay(gateway.order(payment_capture=0))["razorpay_payment_id"]
    with pytest.raises(BadRequestError, match="Only captured payments"):
        refund(gateway, payment_id)
    assert gateway.client.payment.fetch(payment_id)["status"] == "authorized"


def test_same_key_and_body_is_the_same_refund(gateway):
    payment_id = gateway.paid(10_000)
    first = refund(gateway, payment_id, "refund-of-2041", amount=4_000)
    assert refund(gateway, payment_id, "refund-of-2041", amount=4_000) == first
    assert refund(gateway, payment_id, "another-key-2041", amount=4_000)["id"] != first["id"]
    assert gateway.ledger()["refunded"] == 8_000


def test_key_with_another_body_is_a_conflict(gateway):
    payment_id, other = gateway.paid(10_000), gateway.paid(10_000)
    refund(gateway, payment_id, "refund-of-2041", amount=4_000)
    auth = (gateway.key_id, gateway.key_secret)
    for target, amount in ((payment_id, 5_000), (other, 4_000)):
        response = requests.post(
            f"{gateway.url}/v1/payments/{target}/refund",
            json={"amount": amount},
            headers=KEY,
            auth=auth,
            timeout=10,
        )
        assert response.status_code == 409
    assert gateway.ledger()["refunded"] == 4_000


def test_key_still_running_is_a_conflict(gateway):
    payment_id = gateway.paid(10_000)
    gateway.fault("/refund$", phase="after", action={"hold": "slow"})
    with concurrent.futures.ThreadPoolExecutor() as pool:
        slow = pool.submit(refund, gateway, payment_id, "refund-of-2041", amount=4_000)
        while not gateway.client.payment.fetch(payment_id)["amount_refunded"]:
            pass
        with pytest.raises(BadRequestError, match="in progress"):
            refund(gateway, payment_id, "refund-of-2041", amount=4_000)
        gateway.control("POST", "release/slow")
        made = slow.result()
    assert refund(gateway, payment_id, "refund-of-2041", amount=4_000) == made
    assert gateway.ledger()["refunded"] == 4_000


@pytest.mark.parametrize("key", ["short", "has space in it", "has.dots.in.it"])
def test_malformed_key_is_refused(gateway, key):
    payment_id = gateway.paid()
    with pytest.raises(BadRequestError, match="idempotency key"):
        refund(gateway, payment_id, key)
    assert gateway.ledger()["refunded"] == 0


def test_refused_refund_does_not_use_its_key_up(gateway):
    payment_id = gateway.paid(10_000)
    with pytest.raises(BadRequestError):
        refund(gateway, payment_id, "refund-of-2041", amount=10_001)
    assert refund(gateway, payment_id, "refund-of-2041", amount=10_000)["amount"] == 10_000


def test_twenty_refunds_at_once_never_exceed_the_payment(gateway):
    payment_id = gateway.paid(10_000)

    def try_refund(_):
        try:
            return refund(gateway, payment_id, amount=3_000)["amount"]
        except BadRequestError:
            return 0

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(try_refund, range(20))) == 9_000
    assert gateway.ledger()["refunded"] == 9_000


def test_pending_refund_is_processed_in_time(open_gateway):
    gateway = open_gateway(switches={"refund_mode": "pending"})
    made = refund(gateway, gateway.paid())
    assert made["status"] == "pending"
    gateway.advance(86_400)
    done = gateway.client.refund.fetch(made["id"])
    assert done["status"] == "processed" and done["acquirer_data"]["arn"]


def test_failed_refund_makes_its_amount_refundable_again(open_gateway):
    gateway = open_gateway(switches={"refund_mode": "pending"})
    payment_id = gateway.paid(10_000)
    made = refund(gateway, payment_id)
    assert gateway.client.payment.fetch(payment_id)["status"] == "refunded"
    gateway.control("POST", f"refunds/{made['id']}/transition", {"status": "failed"})
    payment = gateway.client.payment.fetch(payment_id)
    assert (payment["status"], payment["refund_status"], payment["amount_refunded"]) == ("captured", None, 0)
    gateway.control("POST", f"refunds/{made['id']}/transition", {"status": "processed"}, status=400)
    gateway.advance(2 * 86_400)
    assert gateway.client.refund.fetch(made["id"])["status"] == "failed"
    assert refund(gateway, payment_id)["amount"] == 10_000
    assert gateway.ledger()["refunded"] == 10_000


def test_optimum_speed_is_instant_but_for_the_test_amount(gateway):
    payment_id = gateway.paid(10_000)
    assert refund(gateway, payment_id, amount=1, speed="optimum")["speed_processed"] == "instant"
    assert refund(gateway, payment_id, amount=2_468, speed="optimum")["speed_processed"] == "normal"


def test_refund_needs_balance(open_gateway):
    gateway = open_gateway(switches={"balance": 0})
    payment_id = gateway.paid(10_000)
    net = 10_000 - gateway.client.payment.fetch(payment_id)["fee"]
    with pytest.raises(BadRequestError, match="not have enough balance"):
        refund(gateway, payment_id, amount=net + 1)
    assert refund(gateway, payment_id, amount=net)["status"] == "processed"
    with pytest.raises(BadRequestError, match="not have enough balance"):
        refund(gateway, payment_id)
    assert gateway.ledger()["refunded"] == net


def test_staff_refund_on_the_dashboard(gateway):
    payment_id = gateway.paid(10_000)
    made = gateway.control("POST", "dashboard/refund", {"payment_id": payment_id, "amount": 4_000})
    assert gateway.client.refund.fetch(made["id"])["amount"] == 4_000
    assert refund(gateway, payment_id)["amount"] == 6_000


STEPS = ("order", "pay", "capture", "refund", "fail_refund", "time", "bank")
OUTCOMES = ("success", "authorized_only", "fail:card_declined", "bank_silent", "in_app_retry", "late_success")


def take_step(gateway, dice: random.Random) -> None:
    """Do one random thing; a refusal by the gateway is as good as a success."""
    orders = gateway.client.order.all({"count": 20})["items"]
    payments = gateway.client.payment.all({"count": 20})["items"]
    step = dice.choice(STEPS)
    try:
        if step == "order" or not orders:
            gateway.order(dice.randint(100, 50_000), payment_capture=dice.randint(0, 1))
        elif step == "pay" or not payments:
            path = f"{gateway.url}/_emu/orders/{dice.choice(orders)['id']}/pay"
            requests.post(path, json={"outcome": dice.choice(OUTCOMES)}, timeout=10)
        elif step == "capture":
            payment = dice.choice(payments)
            gateway.client.payment.capture(payment["id"], payment["amount"], {"currency": "INR"})
        elif step == "refund":
            payment = dice.choice(payments)
            refund(gateway, payment["id"], amount=dice.randint(100, payment["amount"]))
        elif step == "fail_refund":
            made = gateway.client.payment.fetch_multiple_refund(dice.choice(payments)["id"])["items"]
            if made:
                path = f"{gateway.url}/_emu/refunds/{dice.choice(made)['id']}/transition"
                requests.post(path, json={"status": "failed"}, timeout=10)
        elif step == "time":
            gateway.advance(dice.choice((10, 700, 3_600, 90_000)))
        else:
            path = f"{gateway.url}/_emu/payments/{dice.choice(payments)['id']}/transition"
            requests.post(path, json={"status": dice.choice(("authorized", "captured"))}, timeout=10)
    except BadRequestError:
        return


def test_ledger_and_entities_agree_after_a_thousand_random_steps(open_gateway):
    gateway = open_gateway(switches={"refund_mode": "pending"})
    dice = random.Random(20_260_401)
    for number in range(1_000):
        take_step(gateway, dice)
        if number % 50 == 0:
            gateway.ledger()
    ledger = gateway.ledger()
    payments = []
    while page := gateway.client.payment.all({"count": 100, "skip": len(payments)})["items"]:
        payments += page
    assert ledger["captured"] == sum(item["amount"] for item in payments if item["captured"]) > 0
    assert ledger["refunded"] == sum(item["amount_refunded"] for item in payments if item["captured"]) > 0
    assert ledger["returned"] == sum(item["amount_refunded"] for item in payments if not item["captured"]) > 0
