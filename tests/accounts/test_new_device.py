"""Somebody who signed in before is written to when a device or a network is new; nobody else is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from shop.accounts.models import SignIn
from shop.accounts.services.sign_up import sign_up
from shop.accounts.tasks import clear_old_sessions, forget_ended_sign_ins
from shop.core.tasks.runner import run_everything_due
from tests.accounts.test_sign_ins import FIREFOX, PIXEL, open_app, open_browser
from tests.factories.people import PASSWORD

NOON = datetime(2026, 11, 29, 6, 30, tzinfo=UTC)  # noon in India


def told() -> list:
    while run_everything_due():
        pass
    return [letter for letter in mail.outbox if "/account/security/devices/" in letter.body]


def test_the_first_device_is_no_news_and_the_next_one_is(db):
    sign_up(email="asha@example.com", password=PASSWORD, username="asha")
    open_browser(FIREFOX)
    open_browser(FIREFOX, address="203.0.113.5")  # the same network
    assert told() == []
    with time_machine.travel(NOON, tick=False):
        open_browser(PIXEL)
    [letter] = told()
    assert letter.to == ["asha@example.com"]
    assert letter.subject == "A new sign-in to your account at Osari"
    assert "On 29 November, 12:00 pm IST, with Chrome, Android." in letter.body
    assert "change your password now" in letter.body


def test_at_the_api_and_from_another_network(asha):
    open_browser(FIREFOX)
    open_app()
    open_browser(FIREFOX, address="198.51.100.4")
    assert [("okhttp" in letter.body, "Firefox, Windows" in letter.body) for letter in told()] == [
        (True, False), (False, True),
    ]  # fmt: skip


def test_one_that_comes_back_is_known_after_signing_out(asha):
    for client in (open_browser(FIREFOX), open_browser(PIXEL)):
        client.post("/account/logout/")
    assert not Session.objects.exists()
    clear_old_sessions()
    mail.outbox.clear()
    told(), mail.outbox.clear()
    open_browser(FIREFOX)
    assert told() == []


def test_what_ended_is_forgotten_after_a_while_and_then_told_again(asha):
    open_browser(FIREFOX).post("/account/logout/")
    here = open_browser(PIXEL)
    forget_ended_sign_ins(timezone.now() + timedelta(days=1))
    assert [row.device for row in SignIn.objects.all()] == ["Chrome, Android"] and here
    told(), mail.outbox.clear()
    open_browser(FIREFOX)
    assert len(told()) == 1


def test_in_hindi_and_where_the_device_says_nothing(asha):
    type(asha).objects.filter(pk=asha.pk).update(locale="hi")
    open_browser(FIREFOX)
    open_browser("")
    [letter] = told()
    assert letter.subject == "Osari पर आपके खाते में नया साइन इन" and "उपकरण: अज्ञात।" in letter.body


@pytest.mark.parametrize("wrong", ["not the password", ""])
def test_who_does_not_get_in_is_not_told_of(asha, client, wrong):
    open_browser(FIREFOX)
    client.post("/account/login/", {"username": "asha", "password": wrong})
    assert told() == []
