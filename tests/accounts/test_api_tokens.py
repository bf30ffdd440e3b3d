"""Tokens that do not hold, and what ends those that do (promise A3)."""

import base64
import hashlib
import hmac
import json
import time

import jwt
import pytest
import time_machine
from allauth.headless.tokens.strategies.jwt import internal
from cryptography.hazmat.primitives import serialization
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from shop.accounts.token_strategy import tokens
from shop.settings import demo
from tests.factories.people import PASSWORD, JSONClient, client_of, make_user
from tests.threads import at_once

SELF, REFRESH, LOGOUT = "/api/self/", "/api/self/refresh/", "/api/self/logout/"


def status_with(token: str) -> int:
    client = JSONClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    answer = client.get(SELF)
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer.json()["code"] == "not_authenticated"
    return answer.status_code


def refresh(token: str):
    return JSONClient().post(REFRESH, {"refresh": token})


def part(token: str, index: int) -> dict:
    piece = token.split(".")[index]
    return json.loads(base64.urlsafe_b64decode(piece + "=" * (-len(piece) % 4)))


def b64(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def forge(header: dict, payload: dict, key=None, algorithm="none") -> str:
    if algorithm == "none":
        return f"{b64(header)}.{b64(payload)}."
    return jwt.encode(payload, key, algorithm=algorithm, headers=header)


@pytest.fixture
def pair(asha):
    return tokens().issue(asha)


class TestForgeries:
    def test_no_signature(self, pair):
        payload = part(pair.access, 1)
        for name in ("none", "None", "NONE"):
            assert status_with(forge({"alg": name, "typ": "JWT"}, payload)) == 401

    def test_signed_with_the_public_key_as_a_secret(self, pair):
        public = internal._get_jwt_config().verifying_key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        head = f"{b64({'alg': 'HS256', 'typ': 'JWT'})}.{b64(part(pair.access, 1))}"
        mac = base64.urlsafe_b64encode(hmac.new(public, head.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
        assert status_with(f"{head}.{mac}") == 401

    def test_signed_with_another_key(self, pair):
        other = demo.make_private_key()
        assert status_with(forge({}, part(pair.access, 1), other, "RS256")) == 401

    def test_signed_with_the_secret_key(self, pair, settings):
        assert status_with(forge({}, part(pair.access, 1), settings.SECRET_KEY, "HS256")) == 401

    @pytest.mark.parametrize("change", [{"sub": "999"}, {"exp": 9_999_999_999}, {"token_use": "refresh"}])
    def test_tampered_payload(self, pair, change):
        head, _, signature = pair.access.split(".")
        assert status_with(f"{head}.{b64(part(pair.access, 1) | change)}.{signature}") == 401

    def test_somebody_elses_subject_even_if_signed(self, pair, ravi):
        key = internal._get_jwt_config().signing_key
        payload = part(pair.access, 1) | {"sub": str(ravi.pk)}
        assert status_with(jwt.encode(payload, key, algorithm="RS256")) == 401

    @pytest.mark.parametrize(
        "change", [{"sid": "x"}, {"sid": 7}, {"sid": None}, {"sid": ""}, {"jti": None}, {"sub": 5}]
    )
    def test_signed_nonsense(self, pair, change):
        key = internal._get_jwt_config().signing_key
        assert status_with(jwt.encode(part(pair.access, 1) | change, key, algorithm="RS256")) == 401
        assert refresh(jwt.encode(part(pair.refresh, 1) | change, key, algorithm="RS256")).status_code == 401

    def test_a_refresh_token_opens_nothing_and_an_access_token_renews_nothing(self, pair):
        assert status_with(pair.refresh) == 401
        assert refresh(pair.access).status_code == 401
        assert status_with(pair.access) == 200

    @pytest.mark.parametrize("token", ["", "x", "a.b.c", "a b", "é", "." * 9, "x" * 5000])
    def test_what_is_no_token(self, db, token):
        assert status_with(token) == 401
        assert refresh(token).status_code in (400, 401)

    def test_a_session_key_alone_opens_nothing(self, pair):
        client = JSONClient()
        assert client.get(SELF, HTTP_X_SESSION_TOKEN=Session.objects.get().pk).status_code == 401
        assert pair.access.find(Session.objects.get().pk) == -1


class TestLifetimes:
    def test_access_lives_five_minutes_refresh_two_weeks(self, pair):
        assert part(pair.access, 1)["exp"] - part(pair.access, 1)["iat"] == 300
        with time_machine.travel(time.time() + 301):
            assert status_with(pair.access) == 401
            assert refresh(pair.refresh).status_code == 200
        with time_machine.travel(time.time() + 14 * 86400 + 1):
            assert refresh(pair.refresh).status_code == 401


class TestRefresh:
    def test_it_rotates(self, pair):
        answer = refresh(pair.refresh)
        assert answer.status_code == 200
        told = answer.json()
        assert set(told) == {"access", "refresh", "token"}
        assert told["token"] == told["access"]
        assert status_with(told["access"]) == 200
        assert refresh(told["refresh"]).status_code == 200

    def test_used_twice_it_ends_the_family(self, pair):
        told = refresh(pair.refresh).json()
        answer = refresh(pair.refresh)
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
        assert refresh(told["refresh"]).status_code == 401
        assert status_with(told["access"]) == status_with(pair.access) == 401
        assert not Session.objects.exists()

    def test_another_familys_tokens_stay(self, asha, pair):
        other = tokens().issue(asha)
        refresh(pair.refresh)
        refresh(pair.refresh)
        assert status_with(other.access) == 200
        assert refresh(other.refresh).status_code == 200

    def test_of_two_at_once_one_wins_and_the_family_ends(self, own_database):
        pair = tokens().issue(make_user("asha"))
        answers = at_once([lambda: refresh(pair.refresh)] * 4)
        assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
        winner = next(answer.json() for answer in answers if answer.status_code == 200)
        assert refresh(winner["refresh"]).status_code == 401
        assert status_with(winner["access"]) == 401


class TestLogout:
    def test_it_ends_both(self, pair):
        assert JSONClient().post(LOGOUT, {"refresh": pair.refresh}).status_code == 204
        assert status_with(pair.access) == 401
        assert refresh(pair.refresh).status_code == 401

    def test_with_a_used_token_too(self, pair):
        told = refresh(pair.refresh).json()
        assert JSONClient().post(LOGOUT, {"refresh": pair.refresh}).status_code == 204
        assert status_with(told["access"]) == 401

    def test_of_one_device_only(self, asha, pair):
        other = tokens().issue(asha)
        JSONClient().post(LOGOUT, {"refresh": other.refresh})
        assert status_with(pair.access) == 200

    @pytest.mark.parametrize("body", [{"refresh": "x"}, {"refresh": "a.b.c"}])
    def test_nonsense_ends_nothing(self, pair, body):
        assert JSONClient().post(LOGOUT, body).status_code == 204
        assert JSONClient().post(LOGOUT, {"refresh": pair.access}).status_code == 204
        assert status_with(pair.access) == 200

    def test_in_another_process_whose_cache_does_not_know(self, pair, settings):
        settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
        assert status_with(pair.access) == 200
        Session.objects.all().delete()
        assert status_with(pair.access) == 401

    def test_a_body_without_it_is_refused(self, db):
        assert JSONClient().post(LOGOUT, {}).json()["errors"].keys() == {"refresh"}


class TestWhatEndsAllTokens:
    def ended(self, pair):
        return status_with(pair.access) == 401 and refresh(pair.refresh).status_code == 401

    def test_a_new_password(self, asha, pair):
        body = {"old_password": PASSWORD, "new_password": "another long one"}
        assert client_of(asha).post("/api/self/password/", body).status_code == 204
        assert self.ended(pair)
        assert JSONClient().post(SELF, {"username": "asha", "password": "another long one"}).status_code == 200

    def test_disabling_even_if_enabled_again(self, asha, admin, pair):
        boss = client_of(admin)
        assert boss.patch(f"/api/users/{asha.pk}/", {"is_active": False}).status_code == 200
        assert status_with(pair.access) == 401
        boss.patch(f"/api/users/{asha.pk}/", {"is_active": True})
        assert self.ended(pair)

    @pytest.mark.parametrize("role", ["merchandiser", "support", "vendor"])
    def test_a_role_that_is_taken(self, admin, role):
        user = make_user("maya", role=role)
        pair = tokens().issue(user)
        client_of(admin).patch(f"/api/users/{user.pk}/", {"role": "customer"})
        assert self.ended(pair)

    def test_an_administrators_power_that_is_taken(self, admin):
        other = make_user("second", role="admin")
        pair = tokens().issue(other)
        client_of(admin).patch(f"/api/users/{other.pk}/", {"role": "customer"})
        assert self.ended(pair)

    def test_a_role_that_is_given_ends_nothing(self, admin, asha, pair):
        client_of(admin).patch(f"/api/users/{asha.pk}/", {"role": "support"})
        assert status_with(pair.access) == 200

    @pytest.mark.parametrize("statement", [
        "UPDATE accounts_user SET is_active = false WHERE username = 'maya'",
        "UPDATE accounts_user SET is_superuser = false WHERE username = 'maya'",
        "DELETE FROM accounts_user_groups",
    ])  # fmt: skip
    def test_whoever_does_it_and_how(self, db, statement):
        user = make_user("maya", role="admin")
        pair = tokens().issue(user)
        with connection.cursor() as cursor:
            cursor.execute(statement)
            cursor.execute("UPDATE accounts_user SET is_active = true, is_superuser = true")
        assert self.ended(pair)

    def test_an_old_copy_saved_whole_brings_no_session_back(self, asha, pair):
        old = type(asha).objects.get(pk=asha.pk)
        type(asha).objects.filter(pk=asha.pk).update(is_active=False)
        old.save()
        assert type(asha).objects.get(pk=asha.pk).is_active
        assert self.ended(pair)

    def test_sessions_of_browsers_end_with_them(self, client, asha):
        client.force_login(asha)
        assert client.get(SELF).status_code == 200
        type(asha).objects.filter(pk=asha.pk).update(is_active=False)
        type(asha).objects.filter(pk=asha.pk).update(is_active=True)
        assert client.get(SELF).status_code == 401


def test_a_signed_in_call_costs_one_query_more(asha, django_assert_num_queries):
    client = client_of(asha)
    with django_assert_num_queries(2):  # the caller with session and groups; pending address
        assert client.get(SELF).status_code == 200


class TestTheShortWay:
    """A read that shows a token goes past what serves pages and their sessions."""

    def test_a_read_takes_it_and_a_write_does_not(self, asha):
        client = client_of(asha)
        read, write = client.get(SELF), client.patch(SELF, {"name": "Asha R"})
        assert (read.status_code, write.status_code) == (200, 200)
        assert "Content-Security-Policy" in write and "Content-Security-Policy" not in read
        assert "Accept-Language" in read["Vary"] and read["Content-Length"] == str(len(read.content))

    @pytest.mark.parametrize("shown", ["Bearer x", "bearer x", "Bearer", "BEARER  ", "Bearer x y", "Bearer est_x"])
    def test_the_browsers_own_session_does_not_help_a_wrong_token(self, client, asha, shown):
        client.force_login(asha)
        assert client.get(SELF, HTTP_AUTHORIZATION=shown).status_code == 401

    def test_another_kind_of_header_leaves_it_to_the_session(self, client, asha):
        client.force_login(asha)
        for shown in ("Basic YTpi", ""):
            assert client.get(SELF, HTTP_AUTHORIZATION=shown).json()["username"] == asha.username

    def test_a_token_wins_over_the_session(self, client, asha, ravi):
        client.force_login(ravi)
        shown = client.get(SELF, HTTP_AUTHORIZATION=f"Bearer {tokens().issue(asha).access}")
        assert shown.json()["username"] == asha.username

    def test_what_is_not_there_is_told_as_ever(self, asha):
        client = client_of(asha)
        assert client.get("/api/nothing/").json()["code"] == "not_found"
        assert client.get("/api/address").url == "/api/address/"
        assert client.get(SELF, HTTP_ACCEPT="text/html").status_code == 406


class TestTheSitesOwnSession:
    def test_it_works(self, client, asha):
        client.force_login(asha)
        assert client.get(SELF).json()["username"] == "asha"

    def test_writing_needs_the_csrf_token(self, asha):
        client = Client(enforce_csrf_checks=True)
        client.force_login(asha)
        answer = client.patch(SELF, {"name": "Eve"}, content_type="application/json")
        assert answer.status_code == 403
        asha.refresh_from_db()
        assert asha.name == "Asha Rao"
