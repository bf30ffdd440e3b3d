"""The last letter: to the address that somebody had, and forgotten with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from shop.accounts.errors import LastAdmin
from shop.accounts.models import User
from shop.accounts.services.close_account import close_account
from shop.core.tasks.runner import run_everything_due
from shop.notifications.kinds import FAREWELL
from shop.notifications.models import NoticeText, Notification
from shop.notifications.retention import forget_farewells
from tests.factories.people import PASSWORD, client_of, make_user

pytestmark = pytest.mark.django_db


def sent() -> list:
    while run_everything_due():
        pass
    return mail.outbox


def by_api(user) -> None:
    assert client_of(user).delete("/api/self/").status_code == 204


def by_page(user) -> None:
    browser = Client()
    browser.post("/account/login/", {"username": user.username, "password": PASSWORD})
    assert browser.post("/account/data/close/", {"password": PASSWORD}).status_code == 302


@pytest.mark.parametrize("close", [by_api, by_page])
def test_it_goes_to_the_address_that_is_erased_and_leaves_nothing(close):
    user = make_user("asha", name="Asha Rao")
    address = user.email
    close(user)
    assert User.objects.get(pk=user.pk).email == ""
    [letter] = sent()
    assert (letter.to, letter.subject) == ([address], "Your account at Osari is closed")
    assert "Was it not you?" in letter.body and " IST, and you are signed out everywhere." in letter.body
    assert "Asha" not in letter.body
    assert not Notification.objects.exists()


def test_in_the_language_of_the_person_and_as_the_shop_wrote_it():
    by_api(make_user("asha", locale="hi"))
    assert [letter.subject for letter in sent()] == ["Osari पर आपका खाता बंद हो गया है"]
    NoticeText.objects.create(kind=FAREWELL, locale="en", subject="Bye", heading="Bye", body="Gone.", button="Shop")
    by_api(make_user("ravi"))
    assert sent()[-1].subject == "Bye"


def test_one_that_cannot_be_sent_is_forgotten_after_a_week(monkeypatch):
    monkeypatch.setattr("shop.notifications.channels.email.EmailMultiAlternatives.send", lambda _self: 1 / 0)
    by_api(make_user("asha"))
    sent()
    waiting = Notification.objects.get()
    assert (waiting.kind, waiting.recipient, waiting.status) == (FAREWELL, None, "failed")
    forget_farewells(timezone.now() - timedelta(days=7))
    assert Notification.objects.exists()
    forget_farewells(timezone.now() + timedelta(seconds=1))
    assert not Notification.objects.exists()


def test_a_closing_that_is_taken_back_writes_no_letter():
    boss = make_user("boss", role="admin")
    with pytest.raises(LastAdmin):
        close_account(user=boss, at=timezone.now())
    assert sent() == [] and not Notification.objects.exists()


def test_nobody_is_flooded_with_farewells(settings):
    settings.RATE_LIMIT_FACTOR = 1
    cache.clear()
    for number in range(7):
        user = make_user(f"asha{number}")
        User.objects.filter(pk=user.pk).update(email="same@example.com")
        by_api(user)
    assert len(sent()) == 5
