import time

import pytest
import time_machine
from django.contrib.auth import hashers
from django.core.cache import cache

from shop.accounts import sign_in_hooks
from shop.accounts.models import User
from tests.factories.people import PASSWORD, make_user

URL = "/api/self/"


@pytest.mark.parametrize("login", ["asha", "ASHA", "asha@example.com", "Asha@Example.COM", " asha "])
def test_by_user_name_or_address_in_any_letter_case(guest, asha, login):
    answer = guest.post(URL, {"username": login, "password": PASSWORD})
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"token", "access", "refresh", "user"}
    assert told["token"] == told["access"] != told["refresh"]
    assert told["user"]["id"] == asha.pk
    assert answer["Cache-Control"] == "no-store, private"
    guest.credentials(HTTP_AUTHORIZATION=f"Bearer {told['token']}")
    assert guest.get(URL).json()["username"] == "asha"
    assert User.objects.get().last_login is not None


@pytest.fixture
def disabled(db):
    return make_user("gone", is_active=False)


@pytest.mark.parametrize(
    ("login", "password"),
    [("asha", "wrong"), ("nobody", PASSWORD), ("nobody@example.com", "wrong"), ("gone", PASSWORD), ("gone", "wrong"),
     ("asha@example.com", "wrong"), ("asha@example.com", "wrong" * 100)],
)  # fmt: skip
def test_one_answer_for_every_cause(guest, asha, disabled, login, password):
    answer = guest.post(URL, {"username": login, "password": password})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json() == {
        "type": "about:blank", "title": "Unauthorized", "status": 401, "code": "wrong_credentials",
        "detail": "The user name or the password is wrong.",
    }  # fmt: skip
    assert not User.objects.exclude(last_login=None).exists()


@pytest.mark.parametrize("login", ["asha", "asha@example.com", "nobody", "nobody@example.com", "gone"])
def test_one_hash_and_one_query_whoever_is_asked_for(
    guest, asha, disabled, login, monkeypatch, django_assert_num_queries
):
    hashed = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda *a, **k: (hashed.append(1), encode(*a, **k))[1])
    with django_assert_num_queries(1):
        guest.post(URL, {"username": login, "password": "wrong"})
    assert len(hashed) == 1


@pytest.mark.parametrize(
    "body",
    [{}, {"username": "asha"}, {"password": PASSWORD}, {"username": "", "password": ""}, {"username": ["a"], "password": "b"},
     {"username": "a\x00", "password": "b"}, {"username": "a" * 255, "password": "b"}],
)  # fmt: skip
def test_a_body_without_both_is_refused(guest, asha, body):
    answer = guest.post(URL, body)
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) <= {"username", "password"}


class TestFailedSignIns:
    @pytest.fixture(autouse=True)
    def production_limits(self, settings):
        settings.RATE_LIMIT_FACTOR = 1.0

    def fail(self, guest, login, times=10):
        for _ in range(times):
            assert guest.post(URL, {"username": login, "password": "wrong"}).status_code == 401

    @pytest.mark.parametrize("login", ["asha", "nobody"])
    def test_ten_in_five_minutes_are_enough_known_or_not(self, guest, asha, login):
        self.fail(guest, login)
        answer = guest.post(URL, {"username": login.upper(), "password": PASSWORD})
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
        assert 290 <= int(answer["Retry-After"]) <= 300

    def test_others_behind_the_same_carrier_sign_in(self, guest, asha, ravi):
        self.fail(guest, "asha")
        assert guest.post(URL, {"username": "ravi", "password": PASSWORD}).status_code == 200

    def test_good_sign_ins_are_not_counted(self, guest, asha):
        self.fail(guest, "asha", times=9)
        for _ in range(3):
            assert guest.post(URL, {"username": "asha", "password": PASSWORD}).status_code == 200
        self.fail(guest, "asha", times=1)
        assert guest.post(URL, {"username": "asha", "password": PASSWORD}).status_code == 429

    def test_they_are_forgotten_after_five_minutes(self, guest, asha):
        self.fail(guest, "asha")
        with time_machine.travel(time.time() + 301):
            assert guest.post(URL, {"username": "asha", "password": PASSWORD}).status_code == 200

    def test_the_factor_of_the_settings_counts(self, guest, asha, settings):
        settings.RATE_LIMIT_FACTOR = 0.2
        self.fail(guest, "asha", times=2)
        assert guest.post(URL, {"username": "asha", "password": PASSWORD}).status_code == 429

    def test_a_cache_that_is_gone_locks_nobody_out(self, guest, asha, monkeypatch):
        def gone(*_args, **_options):
            raise ConnectionError

        monkeypatch.setattr(cache, "add", gone)
        assert guest.post(URL, {"username": "asha", "password": PASSWORD}).status_code == 200


def test_rooms_above_hear_of_a_sign_in(guest, asha, monkeypatch):
    heard = []
    monkeypatch.setattr(
        sign_in_hooks, "_hooks", [lambda request, user: heard.append((request.headers["X-Cart-Token"], user))]
    )
    guest.post(URL, {"username": "asha", "password": "wrong"}, HTTP_X_CART_TOKEN="t")
    assert heard == []
    guest.post(URL, {"username": "asha", "password": PASSWORD}, HTTP_X_CART_TOKEN="t")
    assert heard == [("t", asha)]


def test_an_address_wins_over_a_user_name_that_looks_like_it(guest, asha):
    make_user("asha@example.com", email="thief@example.com", is_active=True)
    told = guest.post(URL, {"username": "asha@example.com", "password": PASSWORD}).json()
    assert told["user"]["id"] == asha.pk
