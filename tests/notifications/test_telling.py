"""One happening, a notice for each channel, once each; what people switched off is not told."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_everything_due
from shop.notifications.channels import email as email_channel
from shop.notifications.kinds import Kind, Text, Topic, kinds
from shop.notifications.models import Notification, NotificationPreference
from shop.notifications.services.tell import Happening, Reader, tell
from tests.factories.people import client_of, make_user
from tests.threads import at_once

PREFERENCES = "/api/notification/preferences/"
NEWS = Kind("news", "News", Topic.STOCK, {"what": "mug"}, {"en": Text("{what} is back", "Back", "{what}.", "Look")})
ORDER = Kind("order", "Order", Topic.ORDERS, {"what": "mug"},
             {"en": Text("{what} is paid", "Paid", "{what}.", "Look", sms="{what} is paid")})  # fmt: skip


@pytest.fixture(autouse=True)
def _two_kinds(monkeypatch):
    monkeypatch.setitem(kinds, "news", NEWS)
    monkeypatch.setitem(kinds, "order", ORDER)


@pytest.fixture
def asha(db):
    return make_user("asha", phone="+919876543210")


def say(user, kind="news", key="1", **rest) -> list[Notification]:
    reader = Reader(user, user.email, user.phone, "en")
    return tell(
        reader=reader, what=Happening(kind, key, {"what": "Mug"}, url="http://127.0.0.1:8000/product/mug/", **rest)
    )


def drain() -> None:
    while run_everything_due():
        pass


class TestOnce:
    def test_a_row_for_each_channel(self, asha):
        assert sorted(notice.channel for notice in say(asha)) == ["email", "in_app"]
        drain()
        assert set(Notification.objects.values_list("channel", "status")) == {("email", "sent"), ("in_app", "sent")}
        assert [letter.subject for letter in mail.outbox] == ["Mug is back"]

    def test_the_same_again_makes_nothing(self, asha):
        say(asha)
        assert say(asha) == []
        assert len(say(asha, key="2")) == 2
        drain()
        assert len(mail.outbox) == 2

    def test_of_many_at_once_one_is_made(self, own_database):
        user = make_user("asha")
        at_once([lambda: say(user)] * 4)
        assert Notification.objects.count() == 2
        assert QueuedTask.objects.count() == 1

    def test_two_people_of_one_happening_are_both_told(self, asha):
        say(asha)
        assert len(say(make_user("ravi"))) == 2

    def test_not_before_the_commit(self, own_database):
        user = make_user("asha")
        with transaction.atomic():
            say(user)
            [unseen] = at_once([lambda: (run_everything_due(), Notification.objects.count())[1]])
            assert unseen == 0
        assert mail.outbox == []
        drain()
        assert len(mail.outbox) == 1

    def test_the_same_message_id_at_every_try(self, asha):
        say(asha)
        drain()
        notice = Notification.objects.get(channel="email")
        assert mail.outbox[0].extra_headers["Message-ID"] == f"<notice-{notice.pk}@osari.example>"

    def test_a_server_that_falls_silent_is_not_asked_twice(self, asha, monkeypatch):
        tries = []

        def silent(_self, **_rest):
            tries.append(1)
            raise TimeoutError("read")

        monkeypatch.setattr(email_channel.EmailMultiAlternatives, "send", silent)
        say(asha)
        drain()
        QueuedTask.objects.all().delete()
        notice = Notification.objects.get(channel="email")
        assert (notice.status, "may have been sent" in notice.error, tries) == ("failed", True, [1])

    def test_after_six_tries_it_is_parked_with_its_reason(self, asha, monkeypatch):
        def refuse(_self, **_rest):
            raise ConnectionRefusedError("no server")

        monkeypatch.setattr(email_channel.EmailMultiAlternatives, "send", refuse)
        say(asha)
        for _ in range(7):
            from django.utils import timezone

            QueuedTask.objects.update(due_at=timezone.now())
            run_everything_due()
        task = QueuedTask.objects.get()
        assert (task.status, task.attempts) == ("parked", 6)
        assert Notification.objects.get(channel="email").error == "ConnectionRefusedError: no server"

    def test_secrets_stand_in_no_log(self, asha, caplog, monkeypatch):
        from shop.notifications.stopping import stop_link

        with caplog.at_level("DEBUG"):
            say(asha)
            drain()
        token = stop_link(Notification.objects.get(channel="email")).rstrip("/").rpartition("/")[2].partition(":")[0]
        assert token in mail.outbox[0].body
        assert token not in caplog.text + str(list(Notification.objects.values()))


class TestPreferences:
    def test_what_was_switched_off_is_not_told(self, asha):
        NotificationPreference.objects.create(user=asha, topic="stock", channel="email", wanted=False)
        assert [notice.channel for notice in say(asha)] == ["in_app"]

    def test_what_was_ordered_is_told_by_mail_whatever_stands_there(self, asha):
        NotificationPreference.objects.create(user=asha, topic="orders", channel="email", wanted=False)
        NotificationPreference.objects.create(user=asha, topic="orders", channel="in_app", wanted=False)
        assert [notice.channel for notice in say(asha, kind="order")] == ["email"]

    def test_by_the_api(self, asha):
        api = client_of(asha)
        shown = api.get(PREFERENCES).json()["preferences"]
        assert {"topic": "orders", "channel": "email", "wanted": True, "locked": True} in shown
        assert {row["topic"] for row in shown} == {"orders", "stock", "reviews"}
        body = {"preferences": [{"topic": "stock", "channel": "in_app", "wanted": False}]}
        told = api.put(PREFERENCES, body).json()["preferences"]
        assert {"topic": "stock", "channel": "in_app", "wanted": False, "locked": False} in told
        assert [notice.channel for notice in say(asha)] == ["email"]

    @pytest.mark.parametrize(
        "row",
        [{"topic": "orders", "channel": "email", "wanted": False}, {"topic": "staff", "channel": "email", "wanted": True},
         {"topic": "stock", "channel": "sms", "wanted": True}, {"topic": "stock", "channel": "pigeon", "wanted": True},
         {"topic": "account", "channel": "email", "wanted": False}, {"topic": "stock", "channel": "email"}],
    )  # fmt: skip
    def test_what_is_not_theirs_to_choose_changes_nothing(self, asha, row):
        good = {"topic": "stock", "channel": "in_app", "wanted": False}
        answer = client_of(asha).put(PREFERENCES, {"preferences": [good, row]})
        [field] = answer.json()["errors"]
        assert (answer.status_code, field.partition(".")[0]) == (400, "preferences")
        assert not NotificationPreference.objects.exists()

    def test_strangers_are_asked_to_sign_in(self, db):
        assert [client_of().get(PREFERENCES).status_code, client_of().put(PREFERENCES, {}).status_code] == [401, 401]

    def test_staff_chooses_for_the_shop_floor_too(self, db):
        told = client_of(make_user("maya", role="merchandiser")).get(PREFERENCES).json()["preferences"]
        assert "staff" in {row["topic"] for row in told}


class TestPages:
    @pytest.fixture
    def browser(self, asha):
        browser = Client()
        browser.force_login(asha)
        return browser

    def test_the_bell_counts_what_is_new(self, browser, asha):
        assert browser.get("/cart/summary/").json() == {"count": 0, "notices": 0, "wished": []}
        [notice] = [made for made in say(asha) if made.channel == "in_app"]
        assert browser.get("/cart/summary/").json() == {"count": 0, "notices": 1, "wished": []}
        assert "Mug is back" in browser.get("/account/notices/").content.decode()
        answer = browser.post(f"/account/notices/{notice.pk}/")
        assert answer.url == "http://127.0.0.1:8000/product/mug/"
        assert browser.get("/cart/summary/").json()["notices"] == 0

    def test_all_read_at_once_and_deleted(self, browser, asha):
        [notice] = [made for made in say(asha) if made.channel == "in_app"]
        browser.post("/account/notices/read/")
        assert browser.get("/cart/summary/").json()["notices"] == 0
        browser.post(f"/account/notices/{notice.pk}/delete/")
        assert "Mug is back" not in browser.get("/account/notices/").content.decode()
        assert say(asha) == []  # deleted is not forgotten

    def test_somebody_elses_is_not_there(self, browser, asha):
        [notice] = [made for made in say(make_user("ravi")) if made.channel == "in_app"]
        assert browser.post(f"/account/notices/{notice.pk}/").status_code == 404
        assert browser.post(f"/account/notices/{notice.pk}/delete/").status_code == 404
        notice.refresh_from_db()
        assert (notice.status, notice.hidden_at) == ("sent", None)

    def test_the_list_asks_the_same_for_many(self, browser, asha, django_assert_max_num_queries):
        for number in range(20):
            say(asha, key=str(number))
        browser.get("/account/notices/")
        with django_assert_max_num_queries(6):
            browser.get("/account/notices/")

    def test_choosing(self, browser, asha):
        page = browser.get("/account/notices/preferences/").content.decode()
        assert 'name="stock_email"' in page
        [locked] = re.findall(r'<input[^>]*name="orders_email"[^>]*>', page)
        assert "disabled" in locked
        assert "checked" in locked
        browser.post("/account/notices/preferences/", {"stock_in_app": "on", "orders_in_app": "on"})
        assert [notice.channel for notice in say(asha)] == ["in_app"]
        assert "email" in [notice.channel for notice in say(asha, kind="order")]

    def test_strangers_are_led_to_the_sign_in(self, db):
        for path in ("", "preferences/"):
            assert Client().get(f"/account/notices/{path}").url.startswith("/account/login/")


class TestStop:
    def link(self, asha) -> str:
        say(asha)
        drain()
        headers = mail.outbox[-1].extra_headers
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link = headers["List-Unsubscribe"].strip("<>")
        assert link in mail.outbox[-1].body
        return link.partition("8000")[2]

    def test_one_click_of_the_mail_program(self, asha):
        link = self.link(asha)
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert [notice.channel for notice in say(asha, key="2")] == ["in_app"]

    def test_opening_it_changes_nothing(self, asha):
        link = self.link(asha)
        assert "Write no more such letters" in Client().get(link).content.decode()
        assert not NotificationPreference.objects.exists()

    def test_a_made_up_one_changes_nothing(self, asha):
        link = self.link(asha)
        assert Client().post(link[:-3] + "xx/").status_code == 404
        assert not NotificationPreference.objects.exists()

    def test_letters_about_orders_have_none(self, asha):
        say(asha, kind="order")
        drain()
        assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
        assert "no more such letters" not in mail.outbox[0].body
