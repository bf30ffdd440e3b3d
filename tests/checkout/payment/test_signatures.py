"""The vectors V1 to V9: computed with Python and OpenSSL, with made-up keys."""

from __future__ import annotations

import json

import pytest

from checkout.payment.errors import BadMessage, BadSignature
from checkout.payment.providers.razorpay.gateway import Razorpay
from checkout.payment.providers.razorpay.signatures import is_signed, sign

ORDER, OTHER_ORDER, PAYMENT = "order_Aa1Bb2Cc3Dd4Ee", "order_Qq0Rr1Ss2Tt3Uu", "pay_Zz9Yy8Xx7Ww6Vv"
V1 = "ebdd89fb82d810e0c242091ee16b8d52d34cbbbadb113c1f00fdbe39557c4599"
V2 = "11547b63d4b7a19498d040b7537b6600a78a870757779371623d20166e9acd2f"
V3 = "40cc3d70d3766cb12eada596713a68c9c5a7e19f3b6b7b3760eadbb9b1c1764c"
V4 = "96f7e025774d4232fa1eb1bb636e2f8a22296bbe1ac2db0be17338fdedcc3bc3"
V6_BODY = (
    '{"entity":"event","account_id":"acc_Mm1Nn2Oo3Pp4Qq","event":"payment.captured","contains":["payment"],'
    '"payload":{"payment":{"entity":{"id":"pay_Zz9Yy8Xx7Ww6Vv","order_id":"order_Aa1Bb2Cc3Dd4Ee","amount":129900,'
    '"currency":"INR","status":"captured","captured":true,"notes":[]}}},"created_at":1790000000}'
)
V6 = "e0a08f39d601960250dd4a1fbfeb5ddc5577e729b4b79bdf91cd03eb8f837c27"
V6_OLD = "cbbd7cb62c0d49987164edb66bb71ff078e4d2d312fa0e385050c84a840587b2"
V7 = "11b63c05d626656441d40063c5dad0ed735bbf4e894aae4e6070d4d006b3082f"
V7_NEWLINE = "af067e2342e1272e7df1a39f4e4f794d2326e985952e2dd4c87d623cb6ee921a"
V8_BODY = (
    r'{"event":"order.paid","payload":{"order":{"entity":{"id":"order_Aa1Bb2Cc3Dd4Ee","receipt":"SO\/2026\/17",'
    '"notes":{"city":"पुणे"}}}},"amount":1.0}'
)
V8 = "74867acd484694b64a02232d69ea49c0ba4e85d4ccc2b4737b9a0f2c0034e634"
V8_COMPACT = "b400db345fba515483327782540b1b9a8caf7a4032133b0bb75b87966853d700"
V9 = "28ec13c3953e9a4314cd8eae3e3acb3e94030b417ad7211e43468331228e9db5"


@pytest.fixture
def gateway(settings):
    settings.RAZORPAY_KEY_SECRET = "emu_key_secret_01"
    settings.RAZORPAY_WEBHOOK_SECRETS = ["emu_hook_secret_01", "emu_hook_secret_02"]
    return Razorpay()


def test_a_good_return_is_signed(gateway):
    assert gateway.is_return_signed(order_id=ORDER, payment_id=PAYMENT, signature=V1)


@pytest.mark.parametrize(
    ("order", "payment", "signature"),
    [
        (ORDER, PAYMENT, V2),
        (ORDER, PAYMENT, V3),
        (ORDER, PAYMENT, V4),
        (ORDER, PAYMENT, V1.upper()),
        (ORDER, PAYMENT, V1 + "\n"),
        (ORDER, PAYMENT, ""),
        (ORDER, PAYMENT, "ä" * 64),
        (ORDER, PAYMENT, "\ud800"),
        (OTHER_ORDER, PAYMENT, V1),
        (PAYMENT, ORDER, V2),
        (ORDER + "|" + PAYMENT, "", V1),
        ("", ORDER + "|" + PAYMENT, V1),
    ],
)
def test_any_other_is_not(gateway, order, payment, signature):
    assert not gateway.is_return_signed(order_id=order, payment_id=payment, signature=signature)


def test_an_empty_secret_signs_nothing():
    assert not is_signed(b"x", sign(b"x", ""), ["", ""])
    assert not is_signed(b"x", None, ["s"])


@pytest.mark.parametrize("signature", [V6, V6_OLD])
def test_a_webhook_is_read_with_every_secret(gateway, signature):
    message = gateway.read_webhook(V6_BODY.encode(), {"X-Razorpay-Signature": signature, "X-Razorpay-Event-Id": "evt1"})
    assert (message.event_id, message.name) == ("evt1", "payment.captured")
    assert (message.order_id, message.payment_id, message.refund_id) == (ORDER, PAYMENT, "")


def test_the_old_secret_ends_when_it_is_taken_out(gateway, settings):
    settings.RAZORPAY_WEBHOOK_SECRETS = ["emu_hook_secret_01"]
    with pytest.raises(BadSignature):
        gateway.read_webhook(V6_BODY.encode(), {"X-Razorpay-Signature": V6_OLD})


@pytest.mark.parametrize("body", [json.dumps(json.loads(V6_BODY)), V6_BODY + "\n", V6_BODY.replace("129900", "1")])
def test_only_the_raw_bytes_count(gateway, body):
    with pytest.raises(BadSignature):
        gateway.read_webhook(body.encode(), {"X-Razorpay-Signature": V6})


def test_the_vectors_of_changed_bodies_are_those_of_the_page(gateway):
    secret = "emu_hook_secret_01"
    assert sign(json.dumps(json.loads(V6_BODY)).encode(), secret) == V7
    assert sign((V6_BODY + "\n").encode(), secret) == V7_NEWLINE


def test_utf8_and_escaped_slashes(gateway):
    message = gateway.read_webhook(V8_BODY.encode(), {"X-Razorpay-Signature": V8})
    assert message.order_id == ORDER
    compact = json.dumps(json.loads(V8_BODY), separators=(",", ":"))
    with pytest.raises(BadSignature):
        gateway.read_webhook(compact.encode(), {"X-Razorpay-Signature": V8})
    assert sign(compact.encode(), "emu_hook_secret_01") == V8_COMPACT


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b'{"event": 1}', b"\xff\xfe", b"{" * 100_000, b"NaN"])
def test_signed_nonsense_is_no_message(gateway, body):
    signature = sign(body, "emu_hook_secret_01")
    assert body or signature == V9
    with pytest.raises(BadMessage):
        gateway.read_webhook(body, {"X-Razorpay-Signature": signature})


def test_without_an_event_id_the_same_bytes_are_the_same_event(gateway):
    read = [gateway.read_webhook(V6_BODY.encode(), {"X-Razorpay-Signature": V6}) for _ in range(2)]
    assert read[0].event_id == read[1].event_id
    assert len(read[0].event_id) == 64
