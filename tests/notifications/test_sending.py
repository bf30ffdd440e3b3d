"""A notice goes out after the commit that it reports, and once (promise E4); secrets stand in the mail alone (A5)."""

import re

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from shop.accounts.services.ask_password_reset import ask_password_reset
from shop.accounts.services.reset_password import reset_password
from shop.accounts.services.sign_up import sign_up
from shop.accounts.services.verify_email import verify_email
from shop.core.db import CalledInsideTransaction
from shop.core.tasks.models import QueuedTask
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from shop.notifications.services.give_up_on_stuck import give_up_on_stuck
from shop.notifications.services.notify import notify
from shop.notifications.services.send_notification import send_notification
from tests.factories.people import PASSWORD, make_user
from tests.threads import at_once

KIND = "password_changed"


@pytest.fixture
def asha(db):
    return make_user("asha")


def tell(user, **rest) -> Notification:
    facts = {
        "recipient": user,
        "address": user.email,
        "kind": KIND,
        "context": {"action_url": "https://shop.example/x"},
    }
    return notify(**(facts | rest))


def drain() -> None:
    while run_everything_due():
        pass


class TestOnce:
    def test_it_is_written_now_and_sent_later(self, asha):
        notice = tell(asha, reference="order:42")
        assert (notice.status, notice.channel, mail.outbox) == ("queued", "email", [])
        drain()
        notice.refresh_from_db()
        assert (notice.status, notice.error, notice.sent_at is not None) == ("sent", "", True)
        [letter] = mail.outbox
        assert (letter.to, letter.subject) == (["asha@example.com"], "Your password at Osari was changed")
        assert "https://shop.example/x" in letter.body

    def test_a_rollback_takes_it_back(self, asha):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            tell(asha)
            raise ZeroDivisionError
        drain()
        assert mail.outbox == []
        assert not Notification.objects.exists()
        assert not QueuedTask.objects.exists()

    def test_the_same_happening_is_told_once(self, asha):
        assert tell(asha, once_key="order_placed:42").pk == tell(asha, once_key="order_placed:42").pk
        drain()
        assert len(mail.outbox) == 1

    def test_sending_twice_sends_once(self, asha):
        notice = tell(asha)
        assert send_notification(notification_id=notice.pk, at=timezone.now())
        assert not send_notification(notification_id=notice.pk, at=timezone.now())
        drain()
        assert len(mail.outbox) == 1

    def test_of_two_senders_at_once_one_sends(self, own_database, monkeypatch):
        notice = tell(make_user("asha"))
        sent = []
        monkeypatch.setattr(EmailBackend, "send_messages", lambda _self, letters: sent.extend(letters) or 1)
        results = at_once([lambda: send_notification(notification_id=notice.pk, at=timezone.now())] * 4)
        assert sorted(results) == [False, False, False, True]
        assert len(sent) == 1

    def test_never_inside_a_transaction(self, asha):
        notice = tell(asha)
        with pytest.raises(CalledInsideTransaction), transaction.atomic():
            send_notification(notification_id=notice.pk, at=timezone.now())
        assert mail.outbox == []

    def test_a_mail_server_that_is_down_is_asked_again(self, asha, monkeypatch):
        notice = tell(asha)

        def refuse(_self, _letters):
            raise ConnectionRefusedError("no server")

        with monkeypatch.context() as down:
            down.setattr(EmailBackend, "send_messages", refuse)
            drain()
        notice.refresh_from_db()
        assert (notice.status, notice.error, notice.sent_at) == ("failed", "ConnectionRefusedError: no server", None)
        QueuedTask.objects.update(due_at=timezone.now())
        drain()
        notice.refresh_from_db()
        assert (notice.status, notice.error, len(mail.outbox)) == ("sent", "", 1)

    def test_after_a_death_while_sending_it_is_not_sent_again_and_says_so(self, asha):
        notice = tell(asha)
        Notification.objects.update(sent_at=timezone.now() - timezone.timedelta(minutes=16))
        assert give_up_on_stuck(at=timezone.now()) == 1
        drain()
        notice.refresh_from_db()
        assert (notice.status, mail.outbox) == ("failed", [])
        assert "died" in notice.error

    def test_one_that_is_being_sent_is_left_alone(self, asha):
        tell(asha)
        Notification.objects.update(sent_at=timezone.now())
        assert give_up_on_stuck(at=timezone.now()) == 0

    def test_without_an_address_it_stays_in_the_shop(self, asha):
        notice = tell(asha, address="")
        drain()
        assert (notice.channel, notice.status, mail.outbox) == ("in_app", "sent", [])


class TestAccountMails:
    def link(self) -> str:
        [letter] = mail.outbox
        texts = [letter.body, *(body for body, _type in letter.alternatives)]
        links = {
            found
            for text in texts
            for found in re.findall(
                r"http://127\.0\.0\.1:8000/[^\s\"<]+account/[^\s\"<]+|http://127\.0\.0\.1:8000/account/[^\s\"<]+", text
            )
        }
        assert len(links) == 1
        return links.pop()

    def key(self) -> str:
        return self.link().rstrip("/").rpartition("/")[2]

    def stored(self) -> str:
        rows = [str(list(model.objects.values())) for model in (Notification, QueuedTask)]
        return " ".join(rows)

    def test_the_reset_link_works_and_stands_in_the_mail_alone(self, asha):
        ask_password_reset(email="ASHA@example.com")
        drain()
        assert mail.outbox[0].to == ["asha@example.com"]
        key = self.key()
        assert key.partition("-")[2] not in self.stored()
        reset_password(key=key, new_password="another long one")
        asha.refresh_from_db()
        assert asha.check_password("another long one")

    def test_who_asked_in_the_app_gets_a_link_there_whose_secret_no_server_is_sent(self, asha):
        ask_password_reset(email="asha@example.com", client="app")
        drain()
        key = re.search(r"http://127\.0\.0\.1:8000/app/new-password#(\S+)", mail.outbox[0].body)[1]
        assert key.partition("-")[2] not in self.stored()
        reset_password(key=key, new_password="another long one")

    def test_the_verification_link_works_and_stands_in_the_mail_alone(self, db):
        user = sign_up(email="mira@example.com", password=PASSWORD)
        drain()
        assert mail.outbox[0].to == ["mira@example.com"]
        assert self.key() not in self.stored()
        verify_email(key=self.key())
        user.refresh_from_db()
        assert user.is_verified

    def test_the_owner_hears_of_a_second_sign_up(self, asha):
        sign_up(email="asha@example.com", password=PASSWORD)
        drain()
        assert mail.outbox[0].to == ["asha@example.com"]
        assert self.link().endswith("/account/login/")

    def test_unknown_addresses_get_nothing(self, asha):
        ask_password_reset(email="nobody@example.com")
        drain()
        assert mail.outbox == []
        assert not Notification.objects.exists()

    def test_nobody_is_flooded(self, asha, settings):
        settings.RATE_LIMIT_FACTOR = 1.0
        for _ in range(8):
            ask_password_reset(email=asha.email)
        drain()
        assert len(mail.outbox) == 5

    def test_a_link_that_nobody_wants_any_more_is_not_sent(self, asha):
        ask_password_reset(email=asha.email)
        from shop.core.outbox import relay

        relay.relay_due()
        type(asha).objects.update(is_active=False)
        drain()
        assert mail.outbox == []
        assert Notification.objects.get().error == "No longer wanted."

    def test_in_the_persons_language(self, asha, monkeypatch):
        from django.utils import translation

        seen = []
        real = translation.override
        monkeypatch.setattr(translation, "override", lambda locale: (seen.append(locale), real(locale))[1])
        type(asha).objects.update(locale="hi")
        asha.refresh_from_db()
        tell(asha)
        assert seen == ["hi"]
