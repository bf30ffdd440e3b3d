"""Known answers for signatures (made-up keys), the emulator and the SDK side by side."""

import json

import pytest
import razorpay
from razorpay.errors import SignatureVerificationError

from emulators.razorpay.signatures import sign_bytes, sign_checkout

KEY_SECRET = "emu_key_secret_01"
HOOK_SECRET = "emu_hook_secret_01"
OLD_HOOK_SECRET = "emu_hook_secret_02"
ORDER, PAYMENT = "order_Aa1Bb2Cc3Dd4Ee", "pay_Zz9Yy8Xx7Ww6Vv"
V1 = "ebdd89fb82d810e0c242091ee16b8d52d34cbbbadb113c1f00fdbe39557c4599"
FOREIGN = {
    "ids swapped": "11547b63d4b7a19498d040b7537b6600a78a870757779371623d20166e9acd2f",
    "other order": "40cc3d70d3766cb12eada596713a68c9c5a7e19f3b6b7b3760eadbb9b1c1764c",
    "other secret": "96f7e025774d4232fa1eb1bb636e2f8a22296bbe1ac2db0be17338fdedcc3bc3",
    "upper case": V1.upper(),
    "newline": V1 + "\n",
}
V6 = (
    b'{"entity":"event","account_id":"acc_Mm1Nn2Oo3Pp4Qq","event":"payment.captured","contains":["payment"],'
    b'"payload":{"payment":{"entity":{"id":"pay_Zz9Yy8Xx7Ww6Vv","order_id":"order_Aa1Bb2Cc3Dd4Ee",'
    b'"amount":129900,"currency":"INR","status":"captured","captured":true,"notes":[]}}},'
    b'"created_at":1790000000}'
)
V8 = (
    r'{"event":"order.paid","payload":{"order":{"entity":{"id":"order_Aa1Bb2Cc3Dd4Ee",'
    r'"receipt":"SO\/2026\/17","notes":{"city":"पुणे"}}}},"amount":1.0}'
).encode()


@pytest.fixture
def client():
    return razorpay.Client(auth=("rzp_test_Emulator000001", KEY_SECRET))


def fields(signature: str) -> dict[str, str]:
    return {"razorpay_order_id": ORDER, "razorpay_payment_id": PAYMENT, "razorpay_signature": signature}


def test_checkout_signature(client):
    assert sign_checkout(ORDER, PAYMENT, KEY_SECRET) == V1
    assert client.utility.verify_payment_signature(fields(V1)) is True


@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_checkout_signatures_fail(client, name):
    with pytest.raises(SignatureVerificationError):
        client.utility.verify_payment_signature(fields(FOREIGN[name]))


def test_foreign_checkout_signatures_are_what_they_claim():
    assert sign_checkout(PAYMENT, ORDER, KEY_SECRET) == FOREIGN["ids swapped"]
    assert sign_checkout("order_Qq0Rr1Ss2Tt3Uu", PAYMENT, KEY_SECRET) == FOREIGN["other order"]
    assert sign_checkout(ORDER, PAYMENT, "emu_key_secret_1") == FOREIGN["other secret"]


def test_payment_link_signature():
    message = f"plink_Ll1Kk2Jj3Hh4Gg|INV-2041|paid|{PAYMENT}".encode()
    assert sign_bytes(message, KEY_SECRET) == "f742a0975d84dadfb9b3f66aeb4fa4155eb969d9180e58e3c245e39ab8d130d9"


@pytest.mark.parametrize(
    ("body", "length", "secret", "signature"),
    [
        (V6, 301, HOOK_SECRET, "e0a08f39d601960250dd4a1fbfeb5ddc5577e729b4b79bdf91cd03eb8f837c27"),
        (V6, 301, OLD_HOOK_SECRET, "cbbd7cb62c0d49987164edb66bb71ff078e4d2d312fa0e385050c84a840587b2"),
        (V6 + b"\n", 302, HOOK_SECRET, "af067e2342e1272e7df1a39f4e4f794d2326e985952e2dd4c87d623cb6ee921a"),
        (
            json.dumps(json.loads(V6)).encode(),
            327,
            HOOK_SECRET,
            "11b63c05d626656441d40063c5dad0ed735bbf4e894aae4e6070d4d006b3082f",
        ),
        (V8, 153, HOOK_SECRET, "74867acd484694b64a02232d69ea49c0ba4e85d4ccc2b4737b9a0f2c0034e634"),
        (b"", 0, HOOK_SECRET, "28ec13c3953e9a4314cd8eae3e3acb3e94030b417ad7211e43468331228e9db5"),
    ],
    ids=["V6", "V6-old-secret", "V7-newline", "V7-reserialized", "V8-utf8", "V9-empty"],
)
def test_webhook_signatures(client, body, length, secret, signature):
    assert len(body) == length
    assert sign_bytes(body, secret) == signature
    assert client.utility.verify_webhook_signature(body.decode(), signature, secret) is True


@pytest.mark.parametrize("separators", [(",", ":"), None])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_parsed_and_dumped_bodies_sign_differently(separators, ascii_only):
    again = json.dumps(json.loads(V8), separators=separators, ensure_ascii=ascii_only).encode()
    assert sign_bytes(again, HOOK_SECRET) != sign_bytes(V8, HOOK_SECRET)


def test_parsed_and_compacted_vector():
    again = json.dumps(json.loads(V8), separators=(",", ":")).encode()
    known = "b400db345fba515483327782540b1b9a8caf7a4032133b0bb75b87966853d700"
    assert sign_bytes(again, HOOK_SECRET) == known
