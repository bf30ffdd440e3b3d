"""MSG91's flow API as its documents describe it, spoken to a local server. Not run against the real one."""

from __future__ import annotations

import json

import pytest
from django.utils import timezone

from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import NoticeText, Notification
from shop.notifications.services.tell import Happening, Reader, tell
from tests.factories.people import make_user

GOOD = (200, "application/json", '{"message": "5762846b4f8d285d378b4567", "type": "success"}')
REFUSED = (200, "application/json", '{"message": "Invalid authkey sms-key-7", "type": "error", "code": "201"}')
FACTS = {"number": "OS-24183", "name": "Asha", "total": "₹698", "to_pay": "₹698", "arrival": "With you by Saturday, 24 October 2026.",
         "state": "", "due": ""}  # fmt: skip


@pytest.fixture
def msg91(service, settings, db):
    settings.SMS_URL = f"msg91+http://sms-key-7@127.0.0.1:{service.port}"
    service.usual = GOOD
    NoticeText.objects.create(
        kind="order_paid", locale="en", subject="{number}", heading="Paid", body="Paid.",
        sms="Osari: {total} for {number} has arrived.", sms_template_id="1107160000000000001",
    )  # fmt: skip
    return service


def say() -> Notification:
    reader = Reader(None, "asha@example.com", "+919876543210", "en")
    made = tell(reader=reader, what=Happening("order_paid", "42", FACTS, url="http://127.0.0.1:8000/"))
    return next(notice for notice in made if notice.channel == "sms")


def settle(notice: Notification) -> tuple[str, str]:
    run_everything_due()
    notice.refresh_from_db()
    return notice.status, notice.error


def again() -> None:
    QueuedTask.objects.update(due_at=timezone.now())


def test_the_registered_template_with_its_words(msg91):
    notice = say()
    assert notice.message == "Osari: ₹698 for OS-24183 has arrived."
    assert settle(notice) == ("sent", "")
    [request] = msg91.requests
    assert (request.path, request.headers["authkey"]) == ("/api/v5/flow/", "sms-key-7")
    body = json.loads(request.body)
    assert body["template_id"] == "1107160000000000001"
    [recipient] = body["recipients"]
    assert (recipient["mobiles"], recipient["number"], recipient["total"]) == ("919876543210", "OS-24183", "₹698")
    assert all(len(value) <= 30 for value in recipient.values())


def test_busy_then_sent_once(msg91):
    msg91.answers = [(503, "text/plain", "busy"), (429, "text/plain", "slow down")]
    notice = say()
    assert settle(notice) == ("failed", "ConnectionError: The SMS service answered 503.")
    again()
    assert settle(notice)[0] == "failed"
    again()
    assert settle(notice) == ("sent", "")
    again()
    run_everything_due()
    assert len(msg91.requests) == 3


@pytest.mark.parametrize("answer", [REFUSED, (401, "application/json", "[]"), (200, "text/html", "<p>hello")])
def test_a_refusal_is_final_and_repeats_no_key(msg91, caplog, answer):
    msg91.answers = [answer]
    notice = say()
    status, error = settle(notice)
    assert (status, "refused" in error) == ("failed", True)
    again()
    run_everything_due()
    assert len(msg91.requests) == 1
    assert "sms-key-7" not in error + caplog.text + str(list(QueuedTask.objects.values()))


def test_without_an_answer_it_is_not_sent_a_second_time(msg91):
    msg91.answers = [None]
    notice = say()
    status, error = settle(notice)
    assert (status, error) == ("failed", "No answer from the SMS service. It may have been sent.")
    again()
    run_everything_due()
    assert len(msg91.requests) == 1


def test_a_service_that_cannot_be_reached_is_asked_again(msg91, settings, free_port=9):
    notice = say()
    settings.SMS_URL = f"msg91+http://sms-key-7@127.0.0.1:{free_port}"
    assert settle(notice)[0] == "failed"
    notice.refresh_from_db()
    assert notice.sent_at is None
    settings.SMS_URL = f"msg91+http://sms-key-7@127.0.0.1:{msg91.port}"
    again()
    assert settle(notice) == ("sent", "")


def test_without_a_template_id_nothing_leaves(msg91):
    NoticeText.objects.update(sms_template_id="")
    assert "no DLT template id" in settle(say())[1]
    assert msg91.requests == []


def test_on_the_console(db, settings, caplog):
    settings.SMS_URL = "console://"
    with caplog.at_level("INFO"):
        assert settle(say()) == ("sent", "")
    assert "SMS to +919876543210: Osari: ₹698 for order OS-24183 has arrived." in caplog.text


def test_a_shop_without_a_service_writes_none(db, settings):
    settings.SMS_URL = ""
    reader = Reader(make_user("asha"), "asha@example.com", "+919876543210", "en")
    made = tell(reader=reader, what=Happening("order_paid", "42", FACTS))
    assert sorted(notice.channel for notice in made) == ["email", "in_app"]
