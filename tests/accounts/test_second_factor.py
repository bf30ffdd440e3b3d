"""Authenticator apps and recovery codes: asked for at the sign-in, set up, taken away, required of staff."""

import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from shop.accounts.models import Challenge
from shop.accounts.services.answer_second_factor import answer_second_factor
from shop.accounts.services.ask_second_factor import ask_second_factor
from shop.accounts.services.begin_totp import begin_totp
from shop.accounts.token_strategy import tokens
from shop.core.encryption import decrypt
from shop.core.outbox.models import OutboxEvent
from tests.accounts.proofs import code_of_app, give_app, give_codes
from tests.factories.people import PASSWORD, JSONClient, client_of, make_user
from tests.threads import at_once

SELF, ANSWER, SETUP = "/api/self/", "/api/self/second-factor/", "/api/self/second-factor/setup/"
MFA, CONFIRM = "/api/self/mfa/", "/api/self/confirm/"
LOGIN = {"username": "asha", "password": PASSWORD}


def ask(client, **login) -> dict:
    answer = client.post(SELF, LOGIN | login)
    assert answer.status_code == 401
    return answer.json()


def works(access: str) -> bool:
    client = JSONClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client.get(SELF).status_code == 200


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


class TestSignIn:
    def test_the_password_alone_opens_nothing(self, guest, asha):
        secret = give_app(asha)
        give_codes(asha)
        told = ask(guest)
        assert (told["code"], told["methods"], told["expires_in"]) == ("second_factor_required", ["totp", "recovery_codes"], 600)  # fmt: skip
        assert not {"access", "refresh", "token"} & told.keys()
        answer = guest.post(ANSWER, {"challenge": told["challenge"], "code": code_of_app(secret), "cookie": True})
        assert (answer.status_code, set(answer.json())) == (200, {"token", "access", "user"})
        assert answer.cookies["refresh"].value
        assert works(answer.json()["access"])
        again = guest.post(ANSWER, {"challenge": told["challenge"], "code": code_of_app(secret, later=1)})
        assert (again.status_code, again.json()["code"]) == (400, "challenge_over")

    def test_a_code_works_once(self, guest, asha):
        secret = give_app(asha)
        code = code_of_app(secret)
        assert guest.post(ANSWER, {"challenge": ask(guest)["challenge"], "code": code}).status_code == 200
        answer = guest.post(ANSWER, {"challenge": ask(guest)["challenge"], "code": code})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_code")

    def test_of_one_recovery_code_typed_twice_at_once_one_wins(self, own_database):
        asha = make_user("asha")
        give_app(asha)
        code = give_codes(asha)[0]
        keys = [ask_second_factor(user=asha, at=timezone.now()).key for _ in range(3)]
        answers = at_once([lambda key=key: answer_second_factor(key=key, at=timezone.now(), code=code) for key in keys])
        assert sum(answer == asha for answer in answers) == 1

    def test_of_one_challenge_answered_twice_at_once_one_wins(self, own_database):
        asha = make_user("asha")
        give_app(asha)
        key = ask_second_factor(user=asha, at=timezone.now()).key
        codes = give_codes(asha)[:3]
        answers = at_once([lambda c=c: answer_second_factor(key=key, at=timezone.now(), code=c) for c in codes])
        assert sum(answer == asha for answer in answers) == 1

    def test_a_challenge_bears_five_tries_and_ten_minutes(self, guest, asha):
        secret = give_app(asha)
        key = ask(guest)["challenge"]
        for _ in range(5):
            assert guest.post(ANSWER, {"challenge": key, "code": "000000"}).json()["code"] == "wrong_code"
        assert guest.post(ANSWER, {"challenge": key, "code": code_of_app(secret)}).json()["code"] == "challenge_over"
        late = ask(guest)["challenge"]
        with time_machine.travel(time.time() + 601):
            answer = guest.post(ANSWER, {"challenge": late, "code": code_of_app(secret)})
            assert answer.json()["code"] == "challenge_over"

    def test_an_account_bears_ten_wrong_ones_whatever_the_challenges(self, guest, asha, settings):
        settings.RATE_LIMIT_FACTOR = 1.0
        secret = give_app(asha)
        for number in range(10):
            if number % 5 == 0:
                key = ask(guest)["challenge"]
            assert guest.post(ANSWER, {"challenge": key, "code": "000000"}).status_code == 400
        answer = guest.post(ANSWER, {"challenge": ask(guest)["challenge"], "code": code_of_app(secret)})
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
        assert int(answer["Retry-After"]) > 0

    @pytest.mark.parametrize("body", [{}, {"challenge": "x"}, {"challenge": "x", "code": "1", "credential": {}},
                                      {"challenge": "x", "credential": []}, {"challenge": "x", "credential": "a"}])  # fmt: skip
    def test_bad_bodies(self, guest, db, body):
        assert guest.post(ANSWER, body).status_code == 400

    def test_nonsense_in_the_place_of_a_passkey(self, guest, asha):
        give_app(asha)
        key = ask(guest)["challenge"]
        answer = guest.post(ANSWER, {"challenge": key, "credential": {"id": "x", "response": 5}})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_code")
        answer = guest.post("/api/self/passkey/", {"challenge": "x", "credential": {"id": 1}})
        assert answer.json()["code"] == "challenge_over"
        begun = guest.post("/api/self/passkey/begin/").json()
        answer = guest.post("/api/self/passkey/", {"challenge": begun["challenge"], "credential": {"id": 1}})
        assert answer.json()["code"] == "wrong_code"

    def test_disabled_meanwhile(self, guest, asha):
        secret = give_app(asha)
        key = ask(guest)["challenge"]
        type(asha).objects.update(is_active=False)
        assert guest.post(ANSWER, {"challenge": key, "code": code_of_app(secret)}).status_code == 400

    def test_through_the_page(self, client, asha):
        secret = give_app(asha)
        answer = client.post("/account/login/", LOGIN | {"next": "/cart/"})
        assert answer.url == "/account/second-factor/?next=%2Fcart%2F"
        assert not is_signed_in(client)
        assert client.get(answer.url).context["next"] == "/cart/"
        wrong = client.post("/account/second-factor/", {"code": "000000"})
        assert wrong.context["form"].non_field_errors()
        assert list(client.post("/account/second-factor/", {"code": ""}).context["form"].errors) == ["code"]
        assert not is_signed_in(client)
        right = client.post("/account/second-factor/", {"code": code_of_app(secret), "next": "/cart/"})
        assert right.url == "/cart/"
        assert is_signed_in(client)

    def test_the_page_without_a_password_leads_to_the_sign_in(self, client, asha):
        give_app(asha)
        for page in ("second-factor/", "second-factor/set-up/"):
            assert client.get(f"/account/{page}").url == "/account/login/"
            assert client.post(f"/account/{page}", {"code": "000000"}).url == "/account/login/"


class TestOwnFactors:
    def test_the_overview_costs_one_query(self, asha, django_assert_num_queries):
        give_app(asha)
        give_codes(asha)
        api = client_of(asha)
        with django_assert_num_queries(2):  # the caller, factors
            assert api.get(MFA).json()["recovery_codes_left"] == 10

    def test_an_app_is_set_up(self, asha):
        api = client_of(asha)
        begun = api.post(f"{MFA}totp/").json()
        assert begun["uri"].startswith("otpauth://totp/asha%40example.com?secret=")
        assert api.get(MFA).json() == {"is_required": False, "totp": None, "passkeys": [], "recovery_codes_left": 0}
        body = {"challenge": begun["challenge"]}
        assert api.post(f"{MFA}totp/confirm/", body | {"code": "000000"}).json()["code"] == "wrong_code"
        assert not Authenticator.objects.exists()
        answer = api.post(f"{MFA}totp/confirm/", body | {"code": code_of_app(begun["secret"])})
        codes = answer.json()["recovery_codes"]
        assert (answer.status_code, len(set(codes))) == (201, 10)
        told = api.get(MFA).json()
        assert told["totp"]["created_at"].endswith("Z")
        assert told["recovery_codes_left"] == 10
        assert api.post(f"{MFA}totp/").json()["code"] == "second_factor_there"
        assert OutboxEvent.objects.filter(name="account.second_factor_added").count() == 1
        key = ask(JSONClient())["challenge"]
        assert JSONClient().post(ANSWER, {"challenge": key, "code": codes[3]}).status_code == 200
        assert api.get(MFA).json()["recovery_codes_left"] == 9

    def test_another_ones_challenge_is_not_theirs(self, asha, ravi):
        begun = begin_totp(user=asha, at=timezone.now())
        body = {"challenge": begun.key, "code": code_of_app(begun.secret)}
        assert client_of(ravi).post(f"{MFA}totp/confirm/", body).json()["code"] == "challenge_over"
        assert not Authenticator.objects.exists()

    def test_it_is_taken_away_with_its_codes(self, asha):
        give_app(asha)
        give_codes(asha)
        api = client_of(asha)
        assert api.delete(f"{MFA}totp/").status_code == 204
        assert not Authenticator.objects.exists()
        assert api.delete(f"{MFA}totp/").status_code == 404
        assert api.delete(f"{MFA}passkeys/1/").status_code == 404

    def test_new_codes_end_the_old(self, asha):
        api = client_of(asha)
        assert api.post(f"{MFA}recovery-codes/").json()["code"] == "no_second_factor"
        give_app(asha)
        old = give_codes(asha)
        new = api.post(f"{MFA}recovery-codes/").json()["recovery_codes"]
        assert not set(old) & set(new)
        key = ask(JSONClient())["challenge"]
        assert JSONClient().post(ANSWER, {"challenge": key, "code": old[0]}).json()["code"] == "wrong_code"

    @pytest.mark.parametrize(("method", "path"), [("post", "totp/"), ("delete", "totp/"), ("post", "recovery-codes/"),
                                                  ("post", "passkeys/begin/"), ("delete", "passkeys/1/")])  # fmt: skip
    def test_an_old_sign_in_is_asked_again(self, asha, method, path):
        give_app(asha)
        pair = tokens().issue(asha)
        before = list(Authenticator.objects.values())
        with time_machine.travel(time.time() + 16 * 60):
            api = JSONClient()
            api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().refresh_token(pair.refresh)[0]}")
            answer = getattr(api, method)(MFA + path)
            assert (answer.status_code, answer.json()["code"]) == (403, "confirmation_needed")
            assert list(Authenticator.objects.values()) == before
            assert list(api.post(CONFIRM, {"password": "wrong"}).json()["errors"]) == ["password"]
            assert getattr(api, method)(MFA + path).status_code == 403
            assert api.post(CONFIRM, {"password": PASSWORD}).status_code == 204
            assert getattr(api, method)(MFA + path).status_code != 403
        assert getattr(JSONClient(), method)(MFA + path).status_code == 401

    def test_through_the_pages(self, client, asha, django_assert_num_queries):
        client.post("/account/login/", LOGIN)
        page = client.get("/account/security/app/")
        assert page.context["qr"].startswith("data:image/svg+xml;base64,")
        secret = page.context["secret"]
        assert client.post("/account/security/app/", {"code": "000000"}).context["secret"] == secret
        shown = client.post("/account/security/app/", {"code": code_of_app(secret)})
        assert len(shown.context["codes"]) == 10
        with django_assert_num_queries(4):  # session, user, factors, other services
            assert client.get("/account/security/").context["codes_left"] == 10
        assert client.get("/account/security/app/").url == "/account/security/"  # one is enough
        assert len(client.post("/account/security/codes/").context["codes"]) == 10
        assert client.get("/account/security/codes/").status_code == 405
        assert client.post("/account/security/app/remove/").url == "/account/security/"
        assert not Authenticator.objects.exists()
        assert client.post("/account/security/app/remove/").status_code == 404

    def test_the_page_asks_an_old_sign_in_again(self, client, asha):
        client.post("/account/login/", LOGIN)
        with time_machine.travel(time.time() + 16 * 60):
            answer = client.get("/account/security/app/")
            assert answer.url == "/account/security/confirm/?next=%2Faccount%2Fsecurity%2Fapp%2F"
            assert client.post("/account/security/codes/").url.startswith("/account/security/confirm/")
            bad = client.post("/account/security/confirm/", {"password": "wrong"})
            assert list(bad.context["form"].errors) == ["password"]
            done = client.post("/account/security/confirm/", {"password": PASSWORD, "next": "/account/security/app/"})
            assert done.url == "/account/security/app/"
            assert client.get(done.url).status_code == 200


class TestStaff:
    @pytest.fixture(autouse=True)
    def required(self, settings, db):
        settings.REQUIRE_STAFF_SECOND_FACTOR = True

    @pytest.mark.parametrize("role", ["admin", "merchandiser", "support"])
    def test_without_one_the_password_opens_only_the_setting_up(self, guest, role):
        user = make_user("maya", role=role)
        told = ask(guest, username="maya")
        assert (told["code"], told["methods"]) == ("second_factor_setup_required", [])
        begun = guest.post(SETUP, {"challenge": told["challenge"]}).json()
        body = {"challenge": told["challenge"], "setup": begun["setup"]}
        assert guest.post(f"{SETUP}confirm/", body | {"code": "000000"}).json()["code"] == "wrong_code"
        answer = guest.post(f"{SETUP}confirm/", body | {"code": code_of_app(begun["secret"])})
        assert (answer.status_code, len(answer.json()["recovery_codes"])) == (200, 10)
        assert works(answer.json()["access"])
        assert ask(guest, username="maya")["code"] == "second_factor_required"
        assert guest.post(f"{SETUP}confirm/", body | {"code": code_of_app(begun["secret"])}).status_code == 400
        assert Authenticator.objects.filter(user=user, type="totp").count() == 1

    def test_a_password_adds_no_factor_to_an_account_that_has_one(self, guest):
        user = make_user("maya", role="support")
        Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {}})
        key = ask_second_factor(user=user, at=timezone.now()).key
        assert guest.post(SETUP, {"challenge": key}).json()["code"] == "second_factor_there"
        begun = begin_totp(user=user, at=timezone.now())
        body = {"challenge": key, "setup": begun.key, "code": code_of_app(begun.secret)}
        assert guest.post(f"{SETUP}confirm/", body).json()["code"] == "second_factor_there"
        assert Authenticator.objects.count() == 1

    @pytest.mark.parametrize("role", ["customer", "vendor"])
    def test_others_sign_in_as_before(self, guest, role):
        make_user("maya", role=role)
        assert guest.post(SELF, {"username": "maya", "password": PASSWORD}).status_code == 200

    def test_a_session_without_the_proof_has_no_power_of_staff(self, client):
        boss = make_user("boss", role="admin")
        weak, strong = JSONClient(), JSONClient()
        weak.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().issue(boss).access}")
        strong.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().issue(boss, proved=True).access}")
        assert (weak.get("/api/users/").status_code, strong.get("/api/users/").status_code) == (403, 200)
        client.force_login(boss)
        assert client.get("/api/users/").status_code == 403
        for url in ("/admin/", "/django-admin/", "/admin/users/"):
            assert client.get(url).url == f"/account/login/?next={url}"
        assert client.get("/account/").status_code == 200

    def test_into_the_admin_through_the_pages(self, client):
        make_user("boss", role="admin")
        answer = client.post("/account/login/", {"username": "boss", "password": PASSWORD, "next": "/admin/"})
        assert answer.url == "/account/second-factor/set-up/?next=%2Fadmin%2F"
        secret = client.get(answer.url).context["secret"]
        assert client.get("/admin/").status_code == 302
        shown = client.post("/account/second-factor/set-up/", {"code": code_of_app(secret), "next": "/admin/"})
        assert (len(shown.context["codes"]), shown.context["next"]) == (10, "/admin/")
        assert client.get("/admin/").status_code == 200
        assert client.get("/api/users/").status_code == 200

    def test_the_last_one_stays(self):
        user = make_user("maya", role="support")
        give_app(user)
        api = JSONClient()
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().issue(user, proved=True).access}")
        assert api.get(MFA).json()["is_required"] is True
        answer = api.delete(f"{MFA}totp/")
        assert (answer.status_code, answer.json()["code"]) == (409, "second_factor_needed")
        assert Authenticator.objects.filter(type="totp").exists()

    def test_in_the_demo_nobody_is_asked(self, guest, client, settings):
        settings.REQUIRE_STAFF_SECOND_FACTOR = False
        boss = make_user("boss", role="admin")
        assert guest.post(SELF, {"username": "boss", "password": PASSWORD}).status_code == 200
        client.force_login(boss)
        assert client.get("/admin/").status_code == 200


class TestSecretsAtRest:
    def test_the_table_holds_no_seed(self, asha):
        secret = give_app(asha)
        codes = give_codes(asha)
        begun = begin_totp(user=make_user("ravi"), at=timezone.now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT data::text FROM mfa_authenticator UNION ALL SELECT secret FROM accounts_challenge")
            kept = "".join(row[0] for row in cursor.fetchall())
        assert not any(word in kept for word in (secret, begun.secret, *codes))

    def test_a_key_is_rolled(self, guest, asha, settings):
        secret = give_app(asha)
        old_codes = give_codes(asha)
        begun = begin_totp(user=make_user("ravi"), at=timezone.now())
        new = Fernet.generate_key().decode()
        settings.FIELD_ENCRYPTION_KEYS = [new, *settings.FIELD_ENCRYPTION_KEYS]
        call_command("reencrypt", verbosity=0)
        settings.FIELD_ENCRYPTION_KEYS = [new]
        assert decrypt(Authenticator.objects.get(type="totp").data["secret"]) == secret
        assert Challenge.objects.get().secret == begun.secret
        key = ask(guest)["challenge"]
        assert guest.post(ANSWER, {"challenge": key, "code": old_codes[0]}).status_code == 200


def test_old_challenges_are_thrown_away(asha):
    from shop.accounts.tasks import clear_old_proofs

    ask_second_factor(user=make_user("boss"), at=timezone.now())
    give_app(asha)
    ask_second_factor(user=asha, at=timezone.now() - timedelta(hours=1))
    ask_second_factor(user=asha, at=timezone.now())
    clear_old_proofs()
    assert Challenge.objects.count() == 1
