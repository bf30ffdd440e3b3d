"""Codes by SMS: confirm a number, sign in with one. Known and unknown numbers answer alike."""

import logging
import time

import pytest
import time_machine
from django.db import connection

from shop.accounts import challenges
from shop.accounts.models import Challenge, User
from shop.accounts.services.ask_code import ask_phone_confirmation
from shop.accounts.services.use_code import confirm_phone, sign_in_by_code
from shop.accounts.token_strategy import tokens
from shop.core.outbox.models import OutboxEvent
from shop.core.outbox.relay import relay_due
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.accounts.proofs import give_app
from tests.factories.people import PASSWORD, JSONClient, client_of, make_user
from tests.threads import at_once

ASK, USE = "/api/self/code/", "/api/self/code/confirm/"
OWN, CONFIRM = "/api/self/phone/", "/api/self/phone/confirm/"
PHONE = "+919876543210"


@pytest.fixture(autouse=True)
def telephone(settings, caplog):
    """The log is the telephone."""
    settings.SMS_URL = "console://"
    caplog.set_level(logging.INFO, logger="shop.notifications.channels.sms")
    return caplog


def received(telephone) -> list[str]:
    relay_due()
    run_everything_due()
    return [record.getMessage() for record in telephone.records if record.name.endswith("channels.sms")]


def code_in(message: str) -> str:
    return next(word for word in message.split() if word.isdigit() and len(word) == 6)


@pytest.fixture
def reachable(asha):
    from django.utils import timezone

    User.objects.filter(pk=asha.pk).update(phone=PHONE, phone_verified_at=timezone.now())
    asha.refresh_from_db()
    return asha


class TestConfirm:
    def test_a_number(self, asha, telephone):
        api = client_of(asha)
        sent = api.post(OWN, {"phone": "98765 43210"})
        assert (sent.status_code, sent.json()["expires_in"]) == (202, 600)
        (message,) = received(telephone)
        assert message.startswith(f"SMS to {PHONE}: ")
        body = {"challenge": sent.json()["challenge"]}
        assert api.post(CONFIRM, body | {"code": "000000"}).json()["code"] == "wrong_code"
        asha.refresh_from_db()
        assert (asha.phone, asha.phone_verified_at) == ("", None)
        told = api.post(CONFIRM, body | {"code": code_in(message)}).json()
        assert (told["phone"], told["phone_is_confirmed"]) == (PHONE, True)
        assert api.post(CONFIRM, body | {"code": code_in(message)}).json()["code"] == "challenge_over"
        assert api.patch("/api/self/", {"phone": "98765 43211"}).json()["phone_is_confirmed"] is False

    def test_the_code_lies_in_no_table(self, asha, telephone):
        client_of(asha).post(OWN, {"phone": PHONE})
        code = code_in(received(telephone)[0])
        with connection.cursor() as cursor:
            for table in ("notifications_notification", "accounts_challenge", "outbox_outboxevent", "tasks_queuedtask"):
                cursor.execute(f"SELECT t::text FROM {table} t")
                assert all(code not in row[0] for row in cursor.fetchall()), table
        assert Notification.objects.get(channel="sms").status == "sent"

    def test_another_ones_challenge_is_not_theirs(self, asha, ravi, telephone):
        key = client_of(asha).post(OWN, {"phone": PHONE}).json()["challenge"]
        code = code_in(received(telephone)[0])
        assert client_of(ravi).post(CONFIRM, {"challenge": key, "code": code}).json()["code"] == "challenge_over"
        assert JSONClient().post(OWN, {"phone": PHONE}).status_code == 401
        assert JSONClient().post(USE, {"challenge": key, "code": code}).json()["code"] == "challenge_over"

    def test_an_old_sign_in_is_asked_again(self, asha, telephone):
        pair = tokens().issue(asha)
        api = JSONClient()
        with time_machine.travel(time.time() + 16 * 60):
            api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().refresh_token(pair.refresh)[0]}")
            assert api.post(OWN, {"phone": PHONE}).json()["code"] == "confirmation_needed"
        assert not Challenge.objects.exists() and received(telephone) == []

    def test_whoever_shows_it_last_has_the_number(self, reachable, ravi, telephone):
        key = client_of(ravi).post(OWN, {"phone": PHONE}).json()["challenge"]
        client_of(ravi).post(CONFIRM, {"challenge": key, "code": code_in(received(telephone)[0])})
        reachable.refresh_from_db()
        ravi.refresh_from_db()
        assert (reachable.phone_verified_at, ravi.phone) == (None, PHONE)
        received(telephone)
        told = Notification.objects.filter(kind="security_changed").values_list("recipient", flat=True)
        assert set(told) == {reachable.pk, ravi.pk}

    def test_two_at_once_leave_one_owner(self, own_database, settings):
        from django.utils import timezone

        people, now = [make_user("asha"), make_user("ravi")], timezone.now()
        keys = [ask_phone_confirmation(user=user, phone=PHONE, at=now) for user in people]
        codes = [challenges.code_of(challenges.find(key, "phone", now)) for key in keys]
        at_once([lambda u=u, k=k, c=c: confirm_phone(user=u, key=k, code=c, at=now) for u, k, c in zip(people, keys, codes, strict=True)])  # fmt: skip
        assert User.objects.filter(phone=PHONE, phone_verified_at__isnull=False).count() == 1

    @pytest.mark.parametrize("phone", ["", "12", "x"])
    def test_no_number(self, asha, phone):
        for client, url in ((client_of(asha), OWN), (JSONClient(), ASK)):
            assert list(client.post(url, {"phone": phone}).json()["errors"]) == ["phone"]
        assert not Challenge.objects.exists()

    def test_a_shop_without_sms(self, client, asha, settings):
        settings.SMS_URL = ""
        assert client_of(asha).post(OWN, {"phone": PHONE}).json()["code"] == "no_sms"
        assert client.get("/account/login/code/").status_code == 404


class TestSignIn:
    def ask(self, phone=PHONE) -> str:
        answer = JSONClient().post(ASK, {"phone": phone})
        assert answer.status_code == 202
        return answer.json()["challenge"]

    def test_by_number_and_code(self, guest, reachable, telephone):
        key = self.ask("098765 43210")
        code = code_in(received(telephone)[0])
        answer = guest.post(USE, {"challenge": key, "code": f" {code[:3]} {code[3:]}"})
        assert answer.json()["user"]["id"] == reachable.pk
        assert answer.json()["refresh"]
        assert guest.post(USE, {"challenge": key, "code": code}).json()["code"] == "challenge_over"

    def test_unknown_numbers_look_the_same_and_get_nothing(self, guest, reachable, telephone):
        make_user("typed", phone="+919876543299")  # typed in, never confirmed
        known = guest.post(ASK, {"phone": PHONE})
        for number in ("+919876543211", "+919876543299"):
            unknown = guest.post(ASK, {"phone": number})
            assert unknown.status_code == known.status_code
            assert unknown.json().keys() == known.json().keys()
            row = challenges.find(unknown.json()["challenge"], "phone_sign_in", row_time())
            answer = guest.post(USE, {"challenge": unknown.json()["challenge"], "code": challenges.code_of(row)})
            assert (answer.status_code, answer.json()["code"]) == (400, "wrong_code")  # even if it is guessed
        assert len(received(telephone)) == 1
        assert OutboxEvent.objects.filter(name="account.code_asked").count() == 3

    def test_the_same_queries_for_both(self, guest, reachable, django_assert_num_queries):
        for number in (PHONE, "+919876543211"):
            with django_assert_num_queries(5):
                guest.post(ASK, {"phone": number})

    def test_five_tries(self, guest, reachable, telephone):
        key = self.ask()
        code = code_in(received(telephone)[0])
        for _ in range(5):
            assert guest.post(USE, {"challenge": key, "code": "000000"}).json()["code"] == "wrong_code"
        assert guest.post(USE, {"challenge": key, "code": code}).json()["code"] == "challenge_over"

    def test_ten_minutes(self, guest, reachable, telephone):
        key = self.ask()
        code = code_in(received(telephone)[0])
        with time_machine.travel(time.time() + 601):
            assert guest.post(USE, {"challenge": key, "code": code}).json()["code"] == "challenge_over"

    def test_of_many_tries_at_once_five_are_looked_at(self, own_database):
        from django.utils import timezone

        now = timezone.now()
        make_user("asha", phone=PHONE, phone_verified_at=now)
        key = self.ask()
        answers = at_once([lambda: sign_in_by_code(key=key, code="x", at=now)] * 8)
        assert sorted(type(answer).__name__ for answer in answers) == ["ChallengeOver"] * 3 + ["WrongCode"] * 5

    @pytest.mark.parametrize("number", [PHONE, "+919876543211"])
    def test_three_messages_in_a_quarter_hour(self, guest, reachable, settings, number):
        settings.RATE_LIMIT_FACTOR = 1.0
        for _ in range(3):
            self.ask(number)
        answer = guest.post(ASK, {"phone": number})
        assert (answer.status_code, int(answer["Retry-After"]) > 800) == (429, True)
        assert Challenge.objects.count() == 3

    def test_so_many_wrong_ones_of_a_number_over_all_codes(self, guest, reachable, settings):
        key = self.ask()
        settings.RATE_LIMIT_FACTOR = 0.2
        for _ in range(3):
            guest.post(USE, {"challenge": key, "code": "000000"})
        assert guest.post(USE, {"challenge": key, "code": "000000"}).status_code == 429

    def test_the_second_factor_is_still_asked_for(self, guest, reachable, telephone):
        give_app(reachable)
        key = self.ask()
        answer = guest.post(USE, {"challenge": key, "code": code_in(received(telephone)[0])})
        assert (answer.status_code, answer.json()["code"]) == (401, "second_factor_required")

    def test_not_with_a_number_that_was_given_away_meanwhile(self, guest, reachable, telephone):
        key = self.ask()
        User.objects.update(phone="+919876543299")
        code = code_in(received(telephone)[0])
        assert guest.post(USE, {"challenge": key, "code": code}).json()["code"] == "wrong_code"

    def test_through_the_pages(self, client, asha, telephone):
        client.post("/account/login/", {"username": "asha", "password": PASSWORD})
        assert (
            client.post("/account/security/phone/", {"phone": "98765 43210"}).url == "/account/security/phone/confirm/"
        )
        page = "/account/security/phone/confirm/"
        assert client.post(page, {"code": "000000"}).context["form"].non_field_errors()
        assert client.post(page, {"code": code_in(received(telephone)[-1])}).url == "/account/security/"
        assert client.get(page).url == "/account/security/phone/"
        client.post("/account/logout/")
        assert client.get("/account/login/code/enter/").url == "/account/login/code/"
        asked = client.post("/account/login/code/", {"phone": "98765 43210", "next": "/cart/"})
        assert asked.url == "/account/login/code/enter/?next=%2Fcart%2F"
        assert client.post("/account/login/code/enter/", {"code": "000000"}).status_code == 200
        assert "_auth_user_id" not in client.session
        right = client.post("/account/login/code/enter/", {"code": code_in(received(telephone)[-1]), "next": "/cart/"})
        assert right.url == "/cart/"
        assert client.session["_auth_user_id"] == str(asha.pk)


def row_time():
    from django.utils import timezone

    return timezone.now()
