"""Webhooks: signed over raw bytes, repeated, reordered, spoiled, given up."""

import hashlib
import hmac
import json

import pytest

SECRET = "emu_hook_secret_01"
DAY = 86_400


def sign(body: bytes, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def accepts(hook, secret: str = SECRET) -> bool:
    return hook.headers.get("x-razorpay-signature") == sign(hook.body, secret)


@pytest.fixture
def listening(gateway, receiver):
    gateway.listen(receiver.url)
    return gateway


def hold(gateway) -> None:
    gateway.control("POST", "webhooks/mode", {"mode": "hold"})


def deliver(gateway, **data) -> list[dict]:
    return gateway.control("POST", "webhooks/deliver", data)["attempts"]


def test_success_tells_of_authorized_captured_and_paid(listening, receiver):
    order = listening.order(receipt="SO/1", notes={"city": "पुणे"})
    payment_id = listening.pay(order)["razorpay_payment_id"]
    assert {item["status"] for item in listening.webhooks()} == {"delivered"}
    assert receiver.events() == ["payment.authorized", "payment.captured", "order.paid"]
    for hook in receiver.hooks:
        assert accepts(hook)
        assert hook.headers["content-type"] == "application/json"
        assert listening.client.utility.verify_webhook_signature(
            hook.body.decode(), hook.headers["x-razorpay-signature"], SECRET
        )
    assert len({hook.headers["x-razorpay-event-id"] for hook in receiver.hooks}) == 3
    paid = json.loads(receiver.hooks[2].body)
    assert paid["entity"] == "event" and paid["account_id"].startswith("acc_")
    assert paid["contains"] == ["payment", "order"]
    assert paid["payload"]["payment"]["entity"]["id"] == payment_id
    assert paid["payload"]["order"]["entity"]["status"] == "paid"


def test_entities_are_snapshots_of_their_moment(listening, receiver):
    listening.paid()
    listening.webhooks()
    states = [json.loads(hook.body)["payload"]["payment"]["entity"]["status"] for hook in receiver.hooks]
    assert states == ["authorized", "captured", "captured"]


def test_bodies_do_not_survive_parsing(listening, receiver):
    """As at the gateway: escaped slashes and compact separators, so only raw bytes verify."""
    listening.paid(receipt="SO/1")
    listening.webhooks()
    body = receiver.hooks[2].body
    assert rb"SO\/1" in body
    assert sign(json.dumps(json.loads(body), separators=(",", ":")).encode()) != sign(body)


def test_refunds_failures_and_retries_have_their_events(listening, receiver):
    listening.pay(listening.order(), "in_app_retry")
    listening.pay(listening.order(), "late_success")
    payment_id = listening.paid()
    listening.client.payment.refund(payment_id, {"amount": 2_468, "speed": "optimum"})
    listening.webhooks()
    success = ["payment.authorized", "payment.captured", "order.paid"]
    refund = ["refund.created", "refund.speed_changed", "refund.processed"]
    assert receiver.events() == ["payment.failed", *success, "payment.failed", *success, *refund]
    created = json.loads(receiver.hooks[-3].body)
    assert created["contains"] == ["refund", "payment"]
    assert created["payload"]["payment"]["entity"]["id"] == payment_id


def test_endpoints_get_only_what_they_asked_for(gateway, open_receiver):
    everything, some = open_receiver(), open_receiver()
    endpoints = [
        {"url": everything.url, "secret": SECRET},
        {"url": some.url, "secret": "another", "events": ["order.paid"]},
    ]
    gateway.control("PATCH", f"accounts/{gateway.key_id}", {"webhooks": endpoints})
    gateway.paid()
    gateway.webhooks()
    assert len(everything.hooks) == 3
    assert some.events() == ["order.paid"] and accepts(some.hooks[0], "another")
    ids = [hook.headers["x-razorpay-event-id"] for hook in (everything.hooks[2], some.hooks[0])]
    assert ids[0] == ids[1]


def test_failures_are_tried_again_with_the_same_id(listening, receiver):
    receiver.statuses = [500, 302]
    listening.listen(receiver.url, events=["payment.captured"])
    listening.paid()
    [item] = listening.webhooks()
    assert len(receiver.hooks) == 1 and item["status"] == "pending"
    listening.advance(31)
    listening.webhooks()
    assert len(receiver.hooks) == 2
    listening.advance(31)
    listening.webhooks()
    assert len(receiver.hooks) == 2
    listening.advance(30)
    [item] = listening.webhooks()
    assert item["status"] == "delivered"
    assert [attempt["status"] for attempt in item["attempts"]] == [500, 302, 200]
    assert len({hook.headers["x-razorpay-event-id"] for hook in receiver.hooks}) == 1
    assert len({hook.body for hook in receiver.hooks}) == 1


def test_slow_answer_is_a_failure(listening, receiver):
    listening.switch(webhook_timeout=0.2)
    receiver.delay = 0.5
    listening.listen(receiver.url, events=["payment.captured"])
    listening.paid()
    [item] = listening.webhooks()
    assert (item["status"], item["attempts"][0]["error"]) == ("pending", "timeout")
    receiver.delay = 0
    listening.switch(webhook_timeout=30)
    listening.advance(31)
    [item] = listening.webhooks()
    assert item["status"] == "delivered"


def test_limit_is_five_seconds_unless_switched(gateway):
    [account] = [item for item in gateway.control("GET", "accounts")["accounts"] if item["key_id"] == gateway.key_id]
    assert account["switches"]["webhook_timeout"] == 5.0


def test_a_day_of_failures_disables_the_endpoint(listening, receiver):
    receiver.statuses = [500] * 50
    listening.listen(receiver.url, events=["payment.captured"])
    listening.paid()
    listening.webhooks()
    listening.advance(DAY)
    [item] = listening.webhooks()
    assert item["status"] == "dead" and len(item["attempts"]) == len(receiver.hooks) == 12
    receiver.statuses = []
    listening.paid()
    assert len(listening.webhooks()) == 1
    assert len(receiver.hooks) == 12


def test_disabled_endpoint_gets_nothing(gateway, receiver):
    gateway.listen(receiver.url, active=False)
    gateway.paid()
    assert gateway.webhooks() == [] and receiver.hooks == []


def test_held_events_wait_for_the_mode_to_change(listening, receiver):
    hold(listening)
    listening.paid()
    assert [item["status"] for item in listening.webhooks()] == ["pending"] * 3
    assert receiver.hooks == []
    listening.control("POST", "webhooks/mode", {"mode": "auto"})
    assert [item["status"] for item in listening.webhooks()] == ["delivered"] * 3
    assert len(receiver.hooks) == 3


def test_copies_go_out_in_any_order_and_at_once(listening, receiver):
    hold(listening)
    listening.paid()
    attempts = deliver(listening, order="reversed")
    assert receiver.events() == ["order.paid", "payment.captured", "payment.authorized"]
    assert [attempt["status"] for attempt in attempts] == [200] * 3
    captured = next(item["id"] for item in listening.webhooks() if item["event"] == "payment.captured")
    receiver.hooks.clear()
    receiver.delay = 0.3
    attempts = deliver(listening, ids=[captured], copies=5, parallel=True)
    assert len(attempts) == 5 and receiver.events() == ["payment.captured"] * 5
    assert {hook.headers["x-razorpay-event-id"] for hook in receiver.hooks} == {captured}
    assert all(accepts(hook) for hook in receiver.hooks)
    listening.control("POST", "webhooks/deliver", {"ids": ["nothing"]}, status=400)


@pytest.mark.parametrize(
    ("tamper", "valid"),
    [
        ("body_byte", False),
        ("reserialized", False),
        ("signature_wrong", False),
        ("signature_missing", False),
        ("signature_upper", False),
        ("signature_old", False),
        ("no_event_id", True),
        ("account_id", True),
    ],
)
def test_tampered_copies_are_what_they_say(listening, receiver, tamper, valid):
    hold(listening)
    listening.listen(receiver.url, events=["payment.captured"])
    listening.paid()
    deliver(listening, tamper=tamper)
    [hook] = receiver.hooks
    assert accepts(hook) is valid
    assert ("x-razorpay-event-id" in hook.headers) is (tamper != "no_event_id")
    assert (json.loads(hook.body)["account_id"] == "acc_00000000000000") is (tamper == "account_id")
    assert [item["status"] for item in listening.webhooks()] == ["pending"]
    deliver(listening)
    assert accepts(receiver.hooks[1])


def test_new_secret_signs_new_events_and_the_old_one_older_ones(listening, receiver):
    receiver.statuses = [500]
    listening.listen(receiver.url, events=["payment.captured"])
    listening.paid()
    listening.webhooks()
    listening.listen(receiver.url, events=["payment.captured"], secret="emu_hook_secret_new")
    listening.paid()
    listening.advance(31)
    listening.webhooks()
    first, second, again = receiver.hooks
    assert accepts(first) and accepts(second, "emu_hook_secret_new") and accepts(again)
    replayed = deliver(listening, ids=[first.headers["x-razorpay-event-id"]])
    assert replayed[0]["status"] == 200 and accepts(receiver.hooks[3], "emu_hook_secret_new")
    deliver(listening, ids=[first.headers["x-razorpay-event-id"]], tamper="signature_old")
    assert accepts(receiver.hooks[4])


def test_event_ids_can_differ_per_endpoint(open_gateway, open_receiver):
    gateway = open_gateway(switches={"event_id_scope": "endpoint"})
    gateway.listen(open_receiver().url, open_receiver().url, events=["payment.captured"])
    gateway.paid()
    assert len({item["id"] for item in gateway.webhooks()}) == 2


@pytest.mark.parametrize("url", ["http://example.com/hook", "http://10.0.0.1/", "https://127.0.0.1/", "file:///"])
def test_webhooks_stay_on_this_machine(gateway, url):
    data = {"webhooks": [{"url": url, "secret": SECRET}]}
    gateway.control("PATCH", f"accounts/{gateway.key_id}", data, status=400)


def test_receiver_that_is_down_is_tried_again(gateway, open_receiver):
    gateway.listen("http://127.0.0.1:9/hook", events=["payment.captured"])
    gateway.paid()
    [item] = gateway.webhooks()
    assert item["status"] == "pending" and item["attempts"][0]["error"] == "ConnectionRefusedError"
