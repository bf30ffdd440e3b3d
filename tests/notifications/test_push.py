"""Web Push to a local push service: sealed for the browser, signed by the shop, shown once. The real services were
not asked."""

from __future__ import annotations

import base64
import json
import os

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone

from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_everything_due
from shop.notifications.channels.push import public_key
from shop.notifications.models import Notification, PushSubscription
from shop.notifications.services.tell import Happening, Reader, tell
from shop.settings.demo import make_push_key
from tests.factories.people import client_of, make_user

URL = "/api/notification/push/"
POINT = (serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
GOOGLE = "https://fcm.googleapis.com/fcm/send/abc"
KEY = make_push_key()


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """What a browser keeps to itself, and what it tells."""

    def __init__(self) -> None:
        self.key, self.auth = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.keys = {"p256dh": text(self.key.public_key().public_bytes(*POINT)), "auth": text(self.auth)}

    def read(self, body: bytes) -> dict:
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth))


@pytest.fixture
def asha(db):
    return make_user("asha")


@pytest.fixture
def push(service, settings, asha):
    settings.VAPID_PRIVATE_KEY = KEY
    return service


def subscribed(user, port: int, path: str = "one") -> Browser:
    browser = Browser()
    PushSubscription.objects.create(
        user=user, endpoint=f"http://127.0.0.1:{port}/{path}", endpoint_hash=path, **browser.keys
    )
    return browser


def say(user) -> Notification:
    facts = {
        "number": "OS-24183",
        "name": "Asha",
        "total": "₹698",
        "to_pay": "₹698",
        "arrival": "",
        "state": "",
        "due": "",
    }
    made = tell(reader=Reader(user, user.email, "", "en"), what=Happening("order_paid", "42", facts, url="http://127.0.0.1:8000/o/"))  # fmt: skip
    return next(notice for notice in made if notice.channel == "push")


def settle(notice: Notification) -> tuple[str, str]:
    run_everything_due()
    notice.refresh_from_db()
    return notice.status, notice.error


def again() -> None:
    QueuedTask.objects.update(due_at=timezone.now())


def test_sealed_for_the_browser_and_signed_by_the_shop(push, asha):
    browser = subscribed(asha, push.port)
    notice = say(asha)
    assert settle(notice) == ("sent", "")
    [request] = push.requests
    assert b"OS-24183" not in request.body
    told = browser.read(request.body)
    assert (told["title"], told["tag"]) == ("OS-24183 is paid and on the packing table", f"notice-{notice.pk}")
    assert (request.headers["Topic"], request.headers["TTL"]) == (f"notice-{notice.pk}", "86400")
    token = request.headers["Authorization"].partition("t=")[2].partition(",")[0]
    key = serialization.load_pem_private_key(KEY.encode(), None).public_key()
    claims = jwt.decode(token, key, algorithms=["ES256"], audience=f"http://127.0.0.1:{push.port}")
    assert claims["sub"] == "mailto:orders@osari.example"
    assert public_key() == text(key.public_bytes(*POINT))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(push, asha, status):
    subscribed(asha, push.port)
    push.answers = [(status, "text/plain", "")]
    assert settle(say(asha)) == ("failed", "No browser of this person listens any more.")
    assert not PushSubscription.objects.exists()


def test_one_of_two_is_enough(push, asha):
    subscribed(asha, push.port)
    subscribed(asha, push.port, "two")
    push.answers = [(410, "text/plain", "")]
    assert settle(say(asha)) == ("sent", "")
    assert PushSubscription.objects.count() == 1


@pytest.mark.parametrize("trouble", [(503, "text/plain", ""), None])
def test_trouble_there_is_tried_again_with_the_same_topic(push, asha, trouble):
    subscribed(asha, push.port)
    push.answers = [trouble]
    notice = say(asha)
    assert settle(notice)[0] == "failed"
    again()
    assert settle(notice) == ("sent", "")
    assert len({request.headers["Topic"] for request in push.requests}) == 1


def test_nobody_listens_no_row(push, asha):
    made = tell(reader=Reader(asha, asha.email, "", "en"), what=Happening("order_paid", "1", {}))
    assert "push" not in {notice.channel for notice in made}


class TestSubscribing:
    def body(self, endpoint: str = GOOGLE) -> dict:
        return {"endpoint": endpoint, "keys": Browser().keys}

    def test_once_per_browser_whoever_is_signed_in(self, push, asha):
        api = client_of(asha)
        assert api.get(URL).json() == {"public_key": public_key()}
        assert [api.post(URL, self.body()).status_code for _ in range(2)] == [201, 201]
        ravi = make_user("ravi")
        client_of(ravi).post(URL, self.body())
        assert PushSubscription.objects.get().user == ravi

    def test_given_up_by_its_owner_alone(self, push, asha):
        client_of(asha).post(URL, self.body())
        client_of(make_user("ravi")).delete(URL, {"endpoint": GOOGLE})
        assert PushSubscription.objects.count() == 1
        assert client_of(asha).delete(URL, {"endpoint": GOOGLE}).status_code == 204
        assert not PushSubscription.objects.exists()

    @pytest.mark.parametrize(
        "endpoint",
        ["http://fcm.googleapis.com/x", "https://127.0.0.1/x", "https://169.254.169.254/latest", "https://evil.example/",
         "https://fcm.googleapis.com.evil.example/", "https://fcm.googleapis.com:8443/", "https://a@fcm.googleapis.com/",
         "https://notfcm.googleapis.com/x"],
    )  # fmt: skip
    def test_the_shop_posts_to_push_services_alone(self, push, asha, endpoint):
        answer = client_of(asha).post(URL, self.body(endpoint))
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["endpoint"])
        assert not PushSubscription.objects.exists()

    def test_bad_keys_by_field(self, push, asha):
        answer = client_of(asha).post(URL, {"endpoint": GOOGLE, "keys": {"p256dh": "x", "auth": "y"}})
        assert set(answer.json()["errors"]) == {"keys.p256dh", "keys.auth"}

    def test_a_shop_without_push_says_so(self, asha):
        assert client_of(asha).get(URL).json() == {"public_key": ""}
        assert client_of(asha).post(URL, self.body()).status_code == 409

    def test_strangers_are_asked_to_sign_in(self, db):
        assert [getattr(client_of(), method)(URL).status_code for method in ("get", "post", "delete")] == [401] * 3


def test_a_browser_that_is_signed_out_hears_nothing_more(asha, settings):
    settings.VAPID_PRIVATE_KEY = KEY
    tab, other = Client(), Browser()
    tab.force_login(asha)
    keys = other.keys
    one, two = ({"endpoint": f"{GOOGLE}{name}", "keys": keys} for name in ("one", "two"))
    assert tab.post(URL, one, content_type="application/json").status_code == 201
    assert client_of(asha).post(URL, two).status_code == 201
    tab.post("/account/logout/")
    assert PushSubscription.objects.get().endpoint.endswith("two")  # a program's token was not signed out
