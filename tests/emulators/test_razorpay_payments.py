"""Payments: every outcome of the customer, capture, and what time does."""

import concurrent.futures

import pytest
from razorpay.errors import BadRequestError

DAY = 86_400


def read(gateway, payment_id: str) -> dict:
    return gateway.client.payment.fetch(payment_id)


def only_payment(gateway, order: dict) -> dict:
    [payment] = gateway.client.order.payments(order["id"])["items"]
    return payment


def test_success_captures_and_marks_the_order_paid(gateway):
    order = gateway.order()
    result = gateway.pay(order)
    assert set(result) == {"razorpay_payment_id", "razorpay_order_id", "razorpay_signature"}
    assert gateway.client.utility.verify_payment_signature(result) is True
    payment = read(gateway, result["razorpay_payment_id"])
    assert (payment["status"], payment["captured"], payment["amount"]) == ("captured", True, 129_900)
    assert (payment["order_id"], payment["fee"], payment["tax"]) == (order["id"], 3065, 467)
    after = gateway.client.order.fetch(order["id"])
    assert (after["status"], after["amount_paid"], after["amount_due"], after["attempts"]) == (
        "paid",
        129_900,
        0,
        1,
    )
    assert gateway.ledger()["captured"] == 129_900


@pytest.mark.parametrize("options", [{"payment": {"capture": "manual"}}, {"payment_capture": 0}])
def test_manual_orders_wait_for_the_capture_call(gateway, options):
    order = gateway.order(**options)
    payment_id = gateway.pay(order)["razorpay_payment_id"]
    assert read(gateway, payment_id)["status"] == "authorized"
    assert gateway.client.order.fetch(order["id"])["status"] == "attempted"
    captured = gateway.client.payment.capture(payment_id, 129_900, {"currency": "INR"})
    assert (captured["status"], captured["auto_captured"]) == ("captured", False)
    assert gateway.client.order.fetch(order["id"])["status"] == "paid"
    with pytest.raises(BadRequestError, match="already been captured"):
        gateway.client.payment.capture(payment_id, 129_900, {"currency": "INR"})
    assert gateway.ledger()["captured"] == 129_900


@pytest.mark.parametrize(
    ("amount", "data", "message"),
    [
        (129_899, {"currency": "INR"}, "equal to the amount authorized"),
        (130_000, {"currency": "INR"}, "equal to the amount authorized"),
        (129_900, {"currency": "USD"}, "currency must be that of the payment"),
        (129_900, {}, "currency field is required"),
        (129_900, {"currency": "INR", "notes": {}}, "should not be sent"),
        ({"amount": 129_900}, {"currency": "INR"}, "must be an integer"),
    ],
)
def test_wrong_capture_is_refused_without_effect(gateway, amount, data, message):
    payment_id = gateway.pay(gateway.order(payment_capture=0))["razorpay_payment_id"]
    with pytest.raises(BadRequestError, match=message):
        gateway.client.payment.capture(payment_id, amount, data)
    assert read(gateway, payment_id)["status"] == "authorized"
    assert gateway.ledger()["captured"] == 0


def test_failed_payment_cannot_be_captured(gateway):
    error = gateway.pay(gateway.order(), "fail:payment_failed")["error"]
    with pytest.raises(BadRequestError, match="Only payments which have been authorized"):
        gateway.client.payment.capture(error["metadata"]["payment_id"], 129_900, {"currency": "INR"})


def test_twenty_captures_at_once_take_the_money_once(gateway):
    order = gateway.order(payment_capture=0)
    payment_id = gateway.pay(order)["razorpay_payment_id"]

    def capture(_):
        try:
            return gateway.client.payment.capture(payment_id, 129_900, {"currency": "INR"})["status"]
        except BadRequestError as error:
            return str(error)

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(capture, range(20)))
    assert answers.count("captured") == 1
    assert answers.count("This payment has already been captured") == 19
    assert gateway.ledger()["captured"] == 129_900
    assert len(gateway.calls("POST", "/capture")) == 20


def test_orders_take_failures_until_one_payment_holds(gateway):
    order = gateway.order()
    for reason, code in (
        ("card_declined", "BAD_REQUEST_ERROR"),
        ("gateway_technical_error", "GATEWAY_ERROR"),
    ):
        error = gateway.pay(order, f"fail:{reason}", method="card")["error"]
        assert (error["reason"], error["code"]) == (reason, code)
        failed = read(gateway, error["metadata"]["payment_id"])
        assert (failed["status"], failed["error_reason"], failed["error_code"]) == ("failed", reason, code)
    assert gateway.client.order.fetch(order["id"])["status"] == "attempted"
    assert gateway.pay(order, "cancel")["error"]["reason"] == "payment_cancelled"
    gateway.pay(order)
    refused = gateway.control("POST", f"orders/{order['id']}/pay", {"outcome": "success"}, status=400)
    assert refused["error"]["reason"] == "order_already_paid"
    assert gateway.client.order.fetch(order["id"])["attempts"] == 4
    assert gateway.client.order.payments(order["id"])["count"] == 4


def test_authorized_payment_blocks_a_second_attempt(gateway):
    order = gateway.order(payment_capture=0)
    gateway.pay(order)
    gateway.control("POST", f"orders/{order['id']}/pay", {"outcome": "success"}, status=400)
    assert gateway.client.order.fetch(order["id"])["attempts"] == 1


@pytest.mark.parametrize(
    ("instrument", "status", "reason"),
    [
        ({"method": "upi", "vpa": "success@razorpay"}, "captured", None),
        ({"method": "upi", "vpa": "failure@razorpay"}, "failed", "payment_failed"),
        ({"method": "card", "card": {"number": "4100280000001007"}}, "captured", None),
        ({"method": "card", "card": {"number": "4100280000080001"}}, "failed", "insufficient_fund"),
        ({"method": "netbanking"}, "captured", None),
    ],
)
def test_test_instruments_play_their_part(gateway, instrument, status, reason):
    order = gateway.order()
    gateway.pay(order, None, **instrument)
    payment = only_payment(gateway, order)
    assert (payment["status"], payment["error_reason"]) == (status, reason)
    assert payment["method"] == instrument["method"]


def test_card_numbers_are_not_kept(gateway):
    number = "5500670000001002"
    payment_id = gateway.pay(gateway.order(), method="card", card={"number": number})["razorpay_payment_id"]
    payment = gateway.client.payment.fetch(payment_id, {"expand[]": "card"})
    assert (payment["card"]["last4"], payment["card"]["network"]) == ("1002", "MasterCard")
    assert number not in str(payment)


def test_authorized_only_is_captured_a_little_later(gateway):
    order = gateway.order()
    payment_id = gateway.pay(order, "authorized_only")["razorpay_payment_id"]
    assert read(gateway, payment_id)["status"] == "authorized"
    gateway.advance(61)
    payment = read(gateway, payment_id)
    assert (payment["status"], payment["auto_captured"]) == ("captured", True)


def test_silent_bank_fails_after_ten_minutes(gateway):
    order = gateway.order()
    assert gateway.pay(order, "bank_silent")["pending"] is True
    gateway.advance(590)
    assert only_payment(gateway, order)["status"] == "created"
    gateway.advance(20)
    payment = only_payment(gateway, order)
    assert (payment["status"], payment["error_reason"]) == ("failed", "payment_timed_out")


def test_in_app_retry_keeps_the_payment_id(gateway):
    order = gateway.order()
    result = gateway.pay(order, "in_app_retry")
    assert only_payment(gateway, order)["id"] == result["razorpay_payment_id"]
    assert only_payment(gateway, order)["status"] == "captured"


def test_customer_may_retry_a_failed_payment_by_its_id(gateway):
    order = gateway.order()
    failed = gateway.pay(order, "fail:payment_failed")["error"]["metadata"]["payment_id"]
    assert gateway.pay(order, payment_id=failed)["razorpay_payment_id"] == failed
    assert only_payment(gateway, order)["status"] == "captured"
    gateway.control(
        "POST",
        f"orders/{gateway.order()['id']}/pay",
        {"outcome": "success", "payment_id": failed},
        status=400,
    )


def test_late_success_comes_half_an_hour_after_failing(gateway):
    order = gateway.order()
    assert "error" in gateway.pay(order, "late_success")
    assert only_payment(gateway, order)["status"] == "failed"
    gateway.advance(1790)
    assert only_payment(gateway, order)["status"] == "failed"
    gateway.advance(20)
    payment = only_payment(gateway, order)
    assert (payment["status"], payment["late_authorized"], payment["error_code"]) == ("captured", True, None)
    assert gateway.client.order.fetch(order["id"])["status"] == "paid"


def test_late_success_past_the_automatic_period_waits_for_us(gateway):
    options = {"capture": "automatic", "capture_options": {"automatic_expiry_period": 12}}
    order = gateway.order(payment=options)
    gateway.pay(order, "late_success")
    gateway.advance(1810)
    assert only_payment(gateway, order)["status"] == "authorized"
    gateway.advance(5 * DAY)
    assert only_payment(gateway, order)["status"] == "refunded"
    assert gateway.ledger()["captured"] == 0


def test_second_success_on_an_order_goes_back_to_the_customer(gateway):
    order = gateway.order()
    late = gateway.pay(order, "late_success")["error"]["metadata"]["payment_id"]
    first = gateway.pay(order)["razorpay_payment_id"]
    gateway.advance(1810)
    assert read(gateway, first)["status"] == "captured"
    payment = read(gateway, late)
    assert (payment["status"], payment["captured"], payment["amount_refunded"]) == (
        "refunded",
        False,
        129_900,
    )
    ledger = gateway.ledger()
    assert (ledger["captured"], ledger["refunded"], ledger["returned"]) == (129_900, 0, 129_900)


def test_five_days_leave_nothing_authorized(gateway):
    for capture in (0, 1):
        for outcome in ("success", "authorized_only", "bank_silent", "late_success"):
            gateway.pay(gateway.order(payment_capture=capture), outcome)
    gateway.pay(gateway.order(payment={"capture": "manual", "capture_options": {}}))
    gateway.advance(5 * DAY)
    states = {item["status"] for item in gateway.client.payment.all({"count": 100})["items"]}
    assert states == {"captured", "failed", "refunded"}
    gateway.ledger()


def test_payment_list_pages_newest_first(gateway):
    made = [gateway.paid() for _ in range(3)]
    items = gateway.client.payment.all({"count": 2})["items"]
    assert [item["id"] for item in items] == [made[2], made[1]]


def test_another_amount_still_pays_the_order(gateway):
    """An offer or a fee of the customer's: payment and order then differ, and the shop has to notice."""
    order = gateway.order()
    payment_id = gateway.pay(order, amount=120_000)["razorpay_payment_id"]
    assert read(gateway, payment_id)["amount"] == 120_000
    assert gateway.client.order.fetch(order["id"])["status"] == "paid"
    gateway.ledger()


def test_partial_payments_add_up(gateway):
    order = gateway.order(10_000, partial_payment=True, first_payment_min_amount=4_000)
    gateway.control("POST", f"orders/{order['id']}/pay", {"outcome": "success", "amount": 3_000}, status=400)
    gateway.pay(order, amount=4_000)
    half = gateway.client.order.fetch(order["id"])
    assert (half["status"], half["amount_paid"], half["amount_due"]) == ("attempted", 4_000, 6_000)
    gateway.pay(order)
    assert gateway.client.order.fetch(order["id"])["status"] == "paid"
    assert gateway.ledger()["captured"] == 10_000


def test_staff_and_bank_can_move_a_payment(gateway):
    order = gateway.order(payment_capture=0)
    silent = gateway.pay(order, "bank_silent")["payment_id"]
    move = f"payments/{silent}/transition"
    assert gateway.control("POST", move, {"status": "failed"})["status"] == "failed"
    assert gateway.control("POST", move, {"status": "authorized"})["status"] == "authorized"
    gateway.control("POST", move, {"status": "failed"}, status=400)
    done = gateway.control("POST", "dashboard/capture", {"payment_id": silent})
    assert done["status"] == "captured"
    gateway.control("POST", move, {"status": "captured"}, status=400)
    assert gateway.ledger()["captured"] == 129_900


def test_unknown_fields_of_the_future_can_be_sent(open_gateway):
    gateway = open_gateway(switches={"entity_extra": {"brand_new": {"a": 1}}})
    payment = read(gateway, gateway.paid())
    assert payment["brand_new"] == {"a": 1}
