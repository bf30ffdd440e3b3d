"""The Stripe emulator through the official SDK: objects, states, idempotency, errors, signed events, books."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import stripe
from stripe import SignatureVerificationError, WebhookSignature

from tests.core.test_tasks import wait_for
from tests.gateways import open_account, running_emulator

SECRET = "whsec_emu_fake_01"
V1 = "d16c287d5d57bce37acabc79b947eefa42ce13dc537e52bd7b635d37f1502d01"


class Shop:
    """One account: `client` is the shop's side, everything else the control side."""

    def __init__(self, url: str, account: str, secret_key: str) -> None:
        self.url, self.account = url, account
        http = stripe.RequestsClient(timeout=60)
        self.client = stripe.StripeClient(secret_key, base_addresses={"api": url}, http_client=http).v1

    def control(self, method: str, path: str, data: dict | None = None, *, status: int = 200):
        answer = requests.request(
            method, f"{self.url}/_emu/{path}", params={"account": self.account}, json=data, timeout=60
        )
        assert answer.status_code == status, answer.text
        return answer.json()

    def session(self, amount: int = 129_900, currency: str = "inr", key: str | None = None, **data):
        price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "Order"}}
        wanted = {"mode": "payment", "line_items": [{"price_data": price, "quantity": 1}],
                  "success_url": "http://shop.localhost/?s={CHECKOUT_SESSION_ID}",
                  "cancel_url": "http://shop.localhost/no"} | data  # fmt: skip
        return self.client.checkout.sessions.create(wanted, {"idempotency_key": key} if key else {})

    def pay(self, session, outcome: str = "success", *, status: int = 200, **data) -> dict:
        return self.control("POST", f"orders/{session.id}/pay", {"outcome": outcome, **data}, status=status)

    def paid(self, amount: int = 129_900) -> str:
        return self.pay(self.session(amount))["payment_intent"]

    def switch(self, **switches) -> None:
        self.control("PATCH", f"accounts/{self.account}", {"switches": switches})

    def events(self) -> list[str]:
        return [item["event"] for item in self.control("GET", "webhooks")["items"]]

    def ledger(self) -> dict:
        ledger = self.control("GET", "ledger")
        assert ledger["problems"] == []
        return ledger


@pytest.fixture(scope="module")
def url():
    with running_emulator("emulators.stripe") as url:
        yield url


@pytest.fixture
def shop(url, request) -> Shop:
    number = abs(hash(request.node.nodeid)) % 10**12
    account, key = f"acct_{number:014d}", f"sk_test_{number:024d}"
    open_account(url, {"account": account, "secret_key": key,
                       "webhooks": [{"url": "http://127.0.0.1:9/hook", "secret": SECRET}]})  # fmt: skip
    shop = Shop(url, account, key)
    shop.control("POST", "webhooks/mode", {"mode": "hold"})
    return shop


def test_a_session_is_paid(shop):
    session = shop.session(client_reference_id="r", metadata={"a": "b"})
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.metadata["a"], len(session.id)) == (129_900, "b", 66)
    back = shop.pay(session)
    assert back["url"] == f"http://shop.localhost/?s={session.id}"
    session = shop.client.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert (session.status, session.payment_status, session.url) == ("complete", "paid", None)
    assert session.payment_intent.latest_charge.amount_captured == 129_900
    assert shop.events() == [
        "payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed",
    ]  # fmt: skip
    shop.pay(session, status=400)


def test_failing_then_paying_is_one_intent(shop):
    session = shop.session()
    error = shop.pay(session, "fail:insufficient_funds")["error"]
    assert (error["code"], error["decline_code"]) == ("card_declined", "insufficient_funds")
    intent = shop.client.payment_intents.retrieve(shop.pay(session)["payment_intent"])
    assert (intent.status, intent.last_payment_error) == ("succeeded", None)
    assert shop.ledger()["captured"] == 129_900


@pytest.mark.parametrize(
    ("data", "param"),
    [
        ({"line_items": []}, "line_items"), ({"success_url": ""}, "success_url"), ({"mode": "setup"}, "mode"),
        ({"surprise": "x"}, "surprise"), ({"client_reference_id": "x" * 201}, "client_reference_id"),
        ({"metadata": {"k" * 41: "v"}}, "metadata"), ({"expires_at": 1}, "expires_at"),
    ],
)  # fmt: skip
def test_bad_sessions_are_refused(shop, data, param):
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        shop.session(**data)
    assert refusal.value.param == param
    assert shop.client.checkout.sessions.list().data == []


@pytest.mark.parametrize(("amount", "currency"), [(49, "inr"), (100_000_000, "inr"), (1_001, "kwd"), (150, "isk")])
def test_amounts_that_cannot_be_charged(shop, amount, currency):
    with pytest.raises(stripe.InvalidRequestError):
        shop.session(amount, currency)


def test_sessions_expire_by_clock_and_by_call(shop):
    first, second = shop.session(), shop.session()
    shop.pay(first, "fail:card_declined")
    assert shop.client.checkout.sessions.expire(second.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        shop.client.checkout.sessions.expire(second.id)
    shop.control("POST", "clock", {"advance": 24 * 3600 + 1})
    assert shop.client.checkout.sessions.retrieve(first.id).status == "expired"
    assert shop.events()[-2:] == ["payment_intent.canceled", "checkout.session.expired"]
    shop.pay(first, status=400)


def test_an_authorization_is_captured_or_lapses(shop):
    captured, lapsed = (shop.pay(shop.session(), "authorized_only")["payment_intent"] for _ in range(2))
    assert shop.client.payment_intents.capture(captured).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError):
        shop.client.payment_intents.capture(captured)
    shop.control("POST", "clock", {"advance": 7 * 86_400 + 1})
    assert shop.client.payment_intents.retrieve(lapsed).status == "canceled"
    assert shop.ledger()["captured"] == 129_900


def test_intents_without_a_session(shop):
    make = shop.client.payment_intents.create
    intent = make({"amount": 5_000, "currency": "inr", "automatic_payment_methods": {"enabled": True}})
    with pytest.raises(stripe.CardError) as refusal:
        shop.client.payment_intents.confirm(intent.id, {"payment_method": "pm_card_chargeDeclined"})
    assert (refusal.value.http_status, refusal.value.code) == (402, "card_declined")
    assert shop.client.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"}).status == "succeeded"
    other = make({"amount": 5_000, "currency": "inr"})
    assert shop.client.payment_intents.cancel(other.id).status == "canceled"


def test_refunds_in_parts_never_more_than_came(shop):
    intent = shop.paid()
    refund = shop.client.refunds.create
    first = refund({"payment_intent": intent, "amount": 29_900, "metadata": {"receipt": "r"}})
    assert (first.status, first.metadata["receipt"]) == ("succeeded", "r")
    with pytest.raises(stripe.InvalidRequestError):
        refund({"payment_intent": intent, "amount": 100_001})
    assert refund({"payment_intent": intent}).amount == 100_000
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        refund({"payment_intent": intent})
    assert refusal.value.code == "charge_already_refunded"
    shop.control("POST", f"refunds/{first.id}/transition", {"status": "failed"})
    assert shop.ledger()["refunded"] == 100_000
    assert len(shop.client.refunds.list({"payment_intent": intent}).data) == 2


def test_a_key_gives_the_first_answer_again(shop):
    first, again = shop.session(key="k"), shop.session(key="k")
    assert first.id == again.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError):
        shop.session(5_000, key="k")
    shop.control("POST", "clock", {"advance": 86_401})
    assert shop.session(key="k").id != first.id


def test_a_failure_is_kept_too_and_a_refusal_is_not(shop):
    shop.switch(failures=1)
    for _ in range(2):
        with pytest.raises(stripe.APIError):
            shop.session(key="k")
    with pytest.raises(stripe.InvalidRequestError):
        shop.session(1, key="r")
    assert shop.session(key="r").id


def test_a_key_whose_first_call_is_still_running(shop):
    shop.control("POST", "faults", {"match": {"method": "POST"}, "phase": "after", "action": {"hold": "first"}})
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(_try, shop)
        wait_for(lambda: shop.client.checkout.sessions.list().data)
        second = _try(shop)
        shop.control("POST", "release/first")
        assert (first.result(), second) == (200, 409)


def _try(shop: Shop) -> int:
    try:
        shop.session(key="same")
    except stripe.APIError as error:
        return error.http_status
    return 200


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, stripe.AuthenticationError),
        (403, stripe.PermissionError),
        (429, stripe.RateLimitError),
        (500, stripe.APIError),
    ],
)
def test_faults_look_like_the_real_ones(shop, status, error):
    shop.control("POST", "faults", {"phase": "before", "action": {"status": status}})
    with pytest.raises(error):
        shop.session()
    assert shop.client.checkout.sessions.list().data == []


def test_an_answer_lost_after_the_effect(shop):
    shop.control("POST", "faults", {"match": {"method": "POST"}, "phase": "after", "action": {"drop": True}})
    with pytest.raises(stripe.APIConnectionError):
        shop.session(key="k")
    made = shop.client.checkout.sessions.list().data
    assert [shop.session(key="k").id] == [session.id for session in made]


def test_wrong_keys_and_foreign_objects(shop, url):
    session = shop.session()
    with pytest.raises(stripe.AuthenticationError):
        Shop(url, "", "sk_test_nobody").client.checkout.sessions.retrieve(session.id)
    open_account(url, {"account": f"{shop.account}x", "secret_key": f"sk_test_other{shop.account}"})
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        Shop(url, "", f"sk_test_other{shop.account}").client.checkout.sessions.retrieve(session.id)
    assert (refusal.value.http_status, refusal.value.code) == (404, "resource_missing")


def test_lists_have_pages(shop):
    made = [shop.session().id for _ in range(5)]
    first = shop.client.checkout.sessions.list({"limit": 2})
    assert [item.id for item in first.data] == made[:2:-1]
    assert [item.id for item in first.auto_paging_iter()] == made[::-1]


def test_events_are_signed_as_the_sdk_checks_them(shop):
    shop.paid()
    for item in shop.control("GET", "webhooks")["items"]:
        header = item["headers"]["Stripe-Signature"]
        assert WebhookSignature.verify_header(item["body"], header, SECRET, 300)
        with pytest.raises(SignatureVerificationError):
            WebhookSignature.verify_header(item["body"] + " ", header, SECRET, 300)
        assert stripe.Webhook.construct_event(item["body"], header, SECRET).type == item["event"]


def test_the_known_vector():
    from emulators.stripe.signatures import sign_bytes

    body = b'{"id":"evt_1AAA","object":"event","type":"checkout.session.completed"}'
    assert sign_bytes(body, SECRET, 1_790_000_000) == V1


def test_both_secrets_sign_while_one_is_changed(shop):
    shop.paid()
    changed = {"webhooks": [{"url": "http://127.0.0.1:9/hook", "secret": "whsec_new"}]}
    shop.control("PATCH", f"accounts/{shop.account}", changed)
    item = shop.control("GET", "webhooks")["items"][0]
    for secret in (SECRET, "whsec_new"):
        assert WebhookSignature.verify_header(item["body"], item["headers"]["Stripe-Signature"], secret, 300)


def test_a_dispute_takes_the_money_until_it_is_won(shop):
    intent = shop.paid()
    dispute = shop.control("POST", f"payments/{intent}/dispute", {})
    assert shop.ledger()["disputed"] == 129_900
    with pytest.raises(stripe.InvalidRequestError):
        shop.client.refunds.create({"payment_intent": intent})
    shop.control("POST", f"disputes/{dispute['id']}/transition", {"status": "won"})
    assert shop.ledger()["disputed"] == 0
    assert shop.client.disputes.retrieve(dispute["id"]).status == "won"


def test_the_books_agree_after_many_random_steps(shop):
    """Whatever is tried in whatever order: the journal and the objects tell the same sums."""
    dice = random.Random(7)
    sessions, intents, refunds = [shop.session()], [], []
    for _ in range(250):
        step = dice.choice(["open", "pay", "pay", "refund", "refund_fails", "clock", "capture"])
        if step == "open":
            sessions.append(shop.session(dice.randrange(50, 9_999)))
        elif step == "pay":
            outcome = dice.choice(["success", "authorized_only", "fail:card_declined", "in_app_retry", "async"])
            body = {"outcome": outcome}
            path = f"{shop.url}/_emu/orders/{dice.choice(sessions).id}/pay"
            intents.append(requests.post(path, json=body, timeout=10).json().get("payment_intent"))
        elif step == "clock":
            shop.control("POST", "clock", {"advance": dice.randrange(40_000)})
        elif step == "refund_fails" and refunds:
            path = f"{shop.url}/_emu/refunds/{dice.choice(refunds)}/transition"
            requests.post(path, json={"status": "failed"}, timeout=10)
        elif known := [intent for intent in intents if intent]:
            try:
                if step == "capture":
                    shop.client.payment_intents.capture(dice.choice(known))
                else:
                    wanted = {"payment_intent": dice.choice(known), "amount": dice.randrange(1, 3_000)}
                    refunds.append(shop.client.refunds.create(wanted).id)
            except stripe.InvalidRequestError:
                continue
    ledger = shop.ledger()
    assert ledger["captured"] > ledger["refunded"] > 0


def test_the_hosted_page_needs_no_script_and_no_session_is_guessed(shop):
    session = shop.session()
    page = requests.get(session.url, timeout=10)
    assert "<script" not in page.text
    assert "1,299.00" in page.text
    assert requests.get(session.url[:-1] + "~", timeout=10).status_code in (401, 404)
    left = requests.post(session.url, {"outcome": "cancel"}, timeout=10, allow_redirects=False)
    assert (left.status_code, left.headers["Location"]) == (303, "http://shop.localhost/no")
    assert shop.client.checkout.sessions.retrieve(session.id).status == "open"
