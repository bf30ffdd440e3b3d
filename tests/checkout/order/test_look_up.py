"""The way back to an order by number and e-mail address: the same answer for right and wrong, a link for a day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from checkout.order.limits import LOOK_UPS_OF_ADDRESS
from checkout.order.models import Order
from checkout.order.rules import order_token
from checkout.order.services.look_up_order import send_the_way_back
from shop.core import dated_tokens
from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.factories.orders import make_order
from tests.factories.people import make_user

API, PAGE, GUEST = "/api/order/look-up/", "/track/", "guest@example.com"


@pytest.fixture
def order(db) -> Order:
    order = make_order(email=GUEST)
    _run()
    mail.outbox.clear()
    return order


def _run() -> None:
    while run_everything_due():
        pass


def _ask(number: str, email: str, **more):
    return APIClient().post(API, {"number": number, "email": email} | more, format="json")


def _letters() -> list:
    _run()
    return [letter for letter in mail.outbox if "The way to your order" in letter.subject]


def _token(order: Order, client: str = "pages") -> str:
    _ask(order.number, GUEST, client=client)
    return re.search(r"(?:\?token=|#)(\S+)", _letters()[-1].body)[1]


def _seen_with(token: str, order: Order) -> int:
    return APIClient().get(f"/api/order/{order.pk}/", headers={"X-Order-Token": token}).status_code


@pytest.mark.parametrize("spelled", ["{}", " #{} ", "lower"])
def test_a_guest_gets_a_letter_whose_link_opens_the_order(order, spelled):
    number = order.number.lower() if spelled == "lower" else spelled.format(order.number)
    answer = _ask(number, "Guest@Example.com")
    assert (answer.status_code, answer.content) == (202, b"")
    assert mail.outbox == []  # not in the request
    [letter] = _letters()
    assert letter.to == [GUEST]
    link = re.search(r"http\S+/order/\S+", letter.body)[0]
    browser = Client()
    answer = browser.get(link.split("8000", 1)[-1], follow=True)
    assert order.number in answer.content.decode() and "token" not in answer.request["QUERY_STRING"]
    notice = Notification.objects.get(kind="order_look_up")
    assert link.split("token=")[1] not in notice.message + notice.html  # the secret stands in the mail alone


def test_the_links_token_is_good_for_a_day_and_for_that_order(order, monkeypatch):
    other = make_order(email=GUEST)
    token = _token(order)
    assert order_token(order) not in token
    assert (_seen_with(token, order), _seen_with(token, other)) == (200, 404)
    digest = token.split(":")[0]
    for forged in (digest, f"{other.token_hash}:{token.split(':', 1)[1]}", token + "x", ":", f"{digest}::"):
        assert _seen_with(forged, order) == 404
    monkeypatch.setattr(dated_tokens, "GOOD_FOR", timedelta(seconds=-1))
    assert _seen_with(token, order) == 404
    assert _seen_with(order_token(order), order) == 200
    answer = Client().get(f"/order/{order.number}/", {"token": token})
    assert (answer.status_code, answer["Location"]) == (303, f"/track/?number={order.number}")
    again = Client().get(answer["Location"])
    assert f'value="{order.number}"' in again.content.decode()


def test_the_links_token_does_not_get_the_lasting_one(order):
    def read(token: str) -> dict:
        return APIClient().get(f"/api/order/{order.pk}/", headers={"X-Order-Token": token}).json()

    letters, lasting = read(_token(order)), read(order_token(order))
    assert lasting.pop("order_token") == order_token(order)
    assert letters == lasting
    cancelled = APIClient().post(f"/api/order/{order.pk}/cancel/", headers={"X-Order-Token": _token(order)})
    assert cancelled.status_code == 200 and "order_token" not in cancelled.json()


def test_the_app_gets_a_link_into_the_app(order):
    token = _token(order, client="app")
    assert f"/app/order/{order.pk}#{token}" in _letters()[-1].body
    assert _seen_with(token, order) == 200


def test_an_order_of_an_account_is_told_at_the_orders_address_and_opened_by_signing_in(db):
    asha = make_user("asha", email="asha@example.com")
    order = make_order(user=asha, email="older@example.com")
    _run()
    for client, path in (("pages", f"/account/orders/{order.number}/"), ("app", f"/app/order/{order.pk}")):
        _ask(order.number, "older@example.com", client=client)
        letter = _letters()[-1]
        assert letter.to == ["older@example.com"]
        assert path in letter.body and "token=" not in letter.body and "#" not in letter.body
    _ask(order.number, "asha@example.com")
    assert len(_letters()) == 2


def test_right_and_wrong_answer_alike_and_do_the_same_work(order):
    _ask(order.number, GUEST)  # the first one fills caches
    told, work = set(), set()
    tries = [(order.number, GUEST), (order.number, "other@example.com"), ("OS-99999", GUEST), ("nonsense", GUEST)]
    for number, email in tries:
        tasks = QueuedTask.objects.count()
        with CaptureQueriesContext(connection) as queries:
            answer = _ask(number, email)
        headers = frozenset((k, v) for k, v in answer.headers.items() if k not in ("RateLimit", "X-Request-ID"))
        told.add((answer.status_code, answer.content, headers))
        work.add(
            (tuple(re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries), QueuedTask.objects.count() - tasks)
        )
    assert len(told) == 1 and {count for _queries, count in work} == {1}
    assert len({queries for queries, _count in work}) == 1
    assert len(_letters()) == 2


def test_a_mailbox_is_not_flooded_and_nobody_is_told(order, settings):
    settings.RATE_LIMIT_FACTOR = 1
    assert {_ask(order.number, GUEST).status_code for _turn in range(5)} == {202}
    assert len(_letters()) == 3


def test_an_address_may_not_ask_for_ever(order, monkeypatch):
    monkeypatch.setattr("shop.core.limits.Limit.rate", property(lambda limit: _narrow(limit)))
    answers = [_ask("OS-1", GUEST) for _turn in range(3)]
    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[-1]["Retry-After"] and LOOK_UPS_OF_ADDRESS.name in answers[0]["RateLimit"]
    page = Client().post(PAGE, {"number": order.number, "email": GUEST})
    assert page.status_code == 200 and "Too many tries" in page.content.decode()
    assert _letters() == []


def _narrow(limit):
    from allauth.core.internal import ratelimit

    return ratelimit.Rate(2, float(limit.seconds), "key")


@pytest.mark.parametrize("body", [{}, {"number": "OS-1"}, {"number": "OS-1", "email": "nobody"}])
def test_what_has_no_shape_is_refused_at_both_doors(db, body):
    answer = APIClient().post(API, body, format="json")
    assert answer.status_code == 400 and set(answer.json()["errors"]) <= {"number", "email"}
    page = Client().post(PAGE, body)
    assert page.status_code == 200 and 'aria-invalid="true"' in page.content.decode()
    assert not QueuedTask.objects.filter(path__contains="look_up").exists()


def test_the_page_asks_the_same(order):
    browser = Client()
    told = []
    for number in (order.number, "OS-99999"):
        answer = browser.post(PAGE, {"number": number, "email": GUEST})
        assert (answer.status_code, answer["Location"]) == (303, "/track/asked/")
        told.append(browser.get("/track/asked/").content.decode().split("<main")[1].split("</main>")[0])
    assert told[0] == told[1] and "If there is such an order" in told[0]
    assert [letter.to for letter in _letters()] == [[GUEST]]


def test_a_letter_is_written_once_however_often_its_task_runs(order):
    _ask(order.number, GUEST)
    task = QueuedTask.objects.filter(path__contains="look_up").latest("pk")
    for _turn in range(2):
        send_the_way_back.func(*task.args)
    _run()
    assert Notification.objects.filter(kind="order_look_up").count() == 1


def test_it_is_done_once_for_a_key(order):
    calls = [
        APIClient().post(API, {"number": order.number, "email": GUEST}, format="json", headers={"Idempotency-Key": "k"})
        for _turn in range(2)
    ]
    assert [call.status_code for call in calls] == [202, 202] and calls[1]["Idempotent-Replayed"] == "true"
    assert len(_letters()) == 1


def test_the_letter_speaks_the_orders_language(order):
    Order.objects.filter(pk=order.pk).update(locale="hi")
    _ask(order.number, GUEST)
    _run()
    letter = mail.outbox[-1]
    assert "लिंक" in letter.subject and f"/hi/order/{order.number}/" in letter.body
