import time
from urllib.parse import quote

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.contrib.sessions.models import Session
from django.test import Client

from shop.accounts.models import Address, User
from shop.accounts.services.make_reset_key import make_reset_key
from shop.accounts.services.sign_up import sign_up
from shop.core import personal_data
from shop.core.outbox.models import OutboxEvent
from tests.factories.people import PASSWORD, JSONClient, client_of, make_address, make_user
from tests.threads import at_once

URL = "/api/self/"


def facts(user) -> dict:
    return User.objects.filter(pk=user.pk).values().get()


def events() -> list[str]:
    return list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))


@pytest.fixture
def api(asha):
    return client_of(asha)


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
@pytest.mark.parametrize("url", [URL, "/api/self/export/", "/api/self/password/"])
def test_strangers_are_asked_to_sign_in(guest, asha, method, url):
    before = facts(asha)
    assert getattr(guest, method)(url).status_code == 401
    assert facts(asha) == before


def test_it_is_read(api, asha):
    told = api.get(URL).json()
    assert told["role"] == "customer"
    assert (told["email"], told["pending_email"]) == ("asha@example.com", "")


class TestChange:
    def test_one_field(self, api, asha):
        answer = api.patch(URL, {"name": " Asha R ", "phone": "98765 43210", "locale": "hi"})
        assert answer.status_code == 200
        asha.refresh_from_db()
        assert (asha.name, asha.phone, asha.locale) == ("Asha R", "+919876543210", "hi")
        assert answer.json()["phone"] == "+919876543210"

    def test_put_replaces_what_is_writable(self, api, asha):
        User.objects.update(phone="+919876543210")
        assert api.put(URL, {"name": "Asha"}).status_code == 200
        asha.refresh_from_db()
        assert (asha.name, asha.phone, asha.username, asha.email) == ("Asha", "", "asha", "asha@example.com")

    @pytest.mark.parametrize(
        "body",
        [{"is_superuser": True}, {"role": "admin"}, {"is_verified": True}, {"id": 99}, {"is_staff": True},
         {"password": "x"}, {"session_generation": 9}, {"is_active": False}, {"erased_at": "2020-01-01"}],
    )  # fmt: skip
    def test_nothing_outside_the_allow_list(self, api, asha, body):
        before = facts(asha)
        assert api.patch(URL, body).status_code == 200
        assert facts(asha) == before

    @pytest.mark.parametrize(
        ("body", "field"),
        [({"username": "RAVI"}, "username"), ({"username": "a b"}, "username"), ({"username": ""}, "username"),
         ({"username": "ravi@example.com"}, "username"), ({"phone": "12"}, "phone"), ({"locale": "xx"}, "locale"),
         ({"email": "new@example.com"}, "password"), ({"email": "new@example.com", "password": "wrong"}, "password"),
         ({"email": "nothing"}, "email"), ({"email": ""}, "email"), ({"name": "x" * 151}, "name"), ({"name": None}, "name")],
    )  # fmt: skip
    def test_refused_by_field(self, api, asha, ravi, body, field):
        before = facts(asha)
        answer = api.patch(URL, {"name": "New"} | body)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert facts(asha) == before

    def test_a_user_name(self, api, asha):
        assert api.patch(URL, {"username": "asha_rao"}).json()["username"] == "asha_rao"
        assert api.patch(URL, {"username": asha.email}).json()["username"] == asha.email


class TestNewAddress:
    def test_counts_only_when_its_link_is_opened(self, api, asha):
        User.objects.update(is_verified=True)
        told = api.patch(URL, {"email": "New@Example.com", "password": PASSWORD}).json()
        assert (told["email"], told["pending_email"]) == ("asha@example.com", "new@example.com")
        assert events() == ["account.verification_asked"]
        waiting = EmailAddress.objects.get(email="new@example.com")
        answer = JSONClient().post("/api/self/verify/", {"token": EmailConfirmationHMAC(waiting).key})
        assert answer.json() == {"is_verified": True}
        asha.refresh_from_db()
        assert (asha.email, asha.is_verified) == ("new@example.com", True)
        assert api.get(URL).json()["pending_email"] == ""

    def test_a_taken_one_is_not_told(self, api, asha, ravi):
        told = api.patch(URL, {"email": "RAVI@example.com", "password": PASSWORD})
        assert (told.status_code, told.json()["pending_email"]) == (200, "ravi@example.com")
        assert events() == ["account.email_taken"]
        asha.refresh_from_db()
        assert asha.email == "asha@example.com"

    def test_one_that_was_taken_meanwhile_is_refused(self, api, asha):
        api.patch(URL, {"email": "new@example.com", "password": PASSWORD})
        waiting = EmailAddress.objects.get(email="new@example.com")
        make_user("other", email="new@example.com")
        before = facts(asha)
        answer = JSONClient().post("/api/self/verify/", {"token": EmailConfirmationHMAC(waiting).key})
        assert (answer.status_code, answer.json()["code"]) == (400, "link_invalid")
        assert facts(asha) == before

    def test_a_user_name_that_was_the_address_goes_with_it(self, db):
        user = sign_up(email="mira@example.com", password=PASSWORD)
        client_of(user).patch(URL, {"email": "new@example.com", "password": PASSWORD})
        waiting = EmailAddress.objects.get(email="new@example.com")
        JSONClient().post("/api/self/verify/", {"token": EmailConfirmationHMAC(waiting).key})
        user.refresh_from_db()
        assert user.username == user.email == "new@example.com"


class TestVerify:
    @pytest.fixture
    def mira(self, db):
        return sign_up(email="mira@example.com", password=PASSWORD)

    @pytest.fixture
    def token(self, mira):
        return EmailConfirmationHMAC(EmailAddress.objects.get(user=mira)).key

    def test_once(self, guest, mira, token):
        assert guest.post("/api/self/verify/", {"token": token}).status_code == 200
        mira.refresh_from_db()
        assert mira.is_verified
        assert events()[-1] == "account.email_verified"
        assert guest.post("/api/self/verify/", {"token": token}).status_code == 400

    def test_tampered_or_old(self, guest, mira, token):
        assert guest.post("/api/self/verify/", {"token": token[:-1] + "x"}).json()["code"] == "link_invalid"
        assert guest.post("/api/self/verify/", {}).status_code == 400
        with time_machine.travel(time.time() + 4 * 86400):
            assert guest.post("/api/self/verify/", {"token": token}).status_code == 400
        mira.refresh_from_db()
        assert not mira.is_verified


class TestPassword:
    URL = "/api/self/password/"

    @pytest.mark.parametrize(
        ("old", "new", "field"),
        [("wrong", "another long one", "old_password"), (PASSWORD, "short", "new_password"),
         (PASSWORD, "password123", "new_password"), (PASSWORD, "asha@example.com", "new_password")],
    )  # fmt: skip
    def test_refused(self, api, asha, old, new, field):
        before = facts(asha)
        answer = api.post(self.URL, {"old_password": old, "new_password": new})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
        assert facts(asha) == before
        assert api.get(URL).status_code == 200

    def test_guessing_the_old_one_meets_a_limit(self, api, asha, settings):
        settings.RATE_LIMIT_FACTOR = 1.0
        for _ in range(10):
            api.post(self.URL, {"old_password": "wrong", "new_password": "another long one"})
        answer = api.post(self.URL, {"old_password": PASSWORD, "new_password": "another long one"})
        assert answer.status_code == 429
        asha.refresh_from_db()
        assert asha.check_password(PASSWORD)

    def test_the_browser_that_changes_it_stays_signed_in(self, client, asha):
        client.force_login(asha)
        body = {"old_password": PASSWORD, "new_password": "another long one"}
        assert client.post(self.URL, body, content_type="application/json").status_code == 204
        assert client.get(URL).status_code == 200
        assert events() == ["account.password_changed"]


class TestReset:
    URL = "/api/self/password/reset/"

    def test_the_answer_is_the_same_for_all(self, guest, asha, django_assert_num_queries):
        answers = []
        for email in ("ASHA@example.com", "nobody@example.com"):
            with django_assert_num_queries(4):  # account; savepoint, event, release
                answers.append(guest.post(self.URL, {"email": email}))
        assert [(answer.status_code, answer.content) for answer in answers] == [(202, b"")] * 2
        rows = OutboxEvent.objects.order_by("pk").values_list("name", "payload")
        assert list(rows) == [("account.password_reset_asked", {"user_id": asha.pk, "client": "pages"}),
                              ("account.password_reset_asked", {"user_id": None, "client": "pages"})]  # fmt: skip

    def test_disabled_people_get_none(self, guest, asha):
        User.objects.update(is_active=False)
        assert guest.post(self.URL, {"email": asha.email}).status_code == 202
        assert OutboxEvent.objects.get().payload == {"user_id": None, "client": "pages"}

    def test_confirm_sets_it_once_and_ends_tokens(self, guest, asha, api):
        key = make_reset_key(user=asha)
        body = {"token": key, "new_password": "another long one"}
        assert guest.post(self.URL + "confirm/", body).status_code == 204
        asha.refresh_from_db()
        assert asha.check_password("another long one")
        assert asha.is_verified
        assert api.get(URL).status_code == 401
        again = guest.post(self.URL + "confirm/", body | {"new_password": "a third long one"})
        assert (again.status_code, again.json()["code"]) == (400, "link_invalid")
        asha.refresh_from_db()
        assert asha.check_password("another long one")

    def test_of_two_at_once_one_works(self, own_database):
        key = make_reset_key(user=make_user("asha"))
        answers = at_once([
            lambda n=n: JSONClient().post(self.URL + "confirm/", {"token": key, "new_password": f"a long one {n}"})
            for n in range(3)
        ])  # fmt: skip
        assert sorted(answer.status_code for answer in answers) == [204, 400, 400]

    @pytest.mark.parametrize(
        "token", ["x", "-", "-x", " -x", "1-2-3", "zzzzzzzzzzzzzzzzz-abc", "é-ü", "0-" + "a" * 300]
    )
    def test_nonsense(self, guest, asha, token):
        before = facts(asha)
        answer = guest.post(self.URL + "confirm/", {"token": token, "new_password": "another long one"})
        assert (answer.status_code, answer.json()["code"]) == (400, "link_invalid")
        assert Client().get(f"/account/password/reset/{quote(token)}/", follow=True).status_code == 200
        assert facts(asha) == before

    def test_a_weak_one_leaves_the_link_good(self, guest, asha):
        key = make_reset_key(user=asha)
        answer = guest.post(self.URL + "confirm/", {"token": key, "new_password": "12345678"})
        assert list(answer.json()["errors"]) == ["new_password"]
        assert guest.post(self.URL + "confirm/", {"token": key, "new_password": "another long one"}).status_code == 204

    def test_links_grow_old(self, guest, asha):
        key = make_reset_key(user=asha)
        with time_machine.travel(time.time() + 86400 + 60):
            answer = guest.post(self.URL + "confirm/", {"token": key, "new_password": "another long one"})
        assert answer.status_code == 400


class TestExport:
    def test_everything_of_a_person_and_nothing_of_others(self, api, asha, ravi):
        mine, _others = make_address(asha), make_address(ravi, name="Ravi K", street="Elsewhere")
        told = api.get("/api/self/export/")
        assert told.json()["profile"]["email"] == asha.email
        assert [address["id"] for address in told.json()["addresses"]] == [mine.pk]
        text = told.content.decode()
        assert "ravi" not in text.lower()
        assert asha.password not in text
        assert "session_generation" not in text

    def test_rooms_above_add_theirs(self, api, monkeypatch):
        monkeypatch.setitem(personal_data._providers, "orders", lambda _user: [{"number": "1"}])
        assert api.get("/api/self/export/").json()["orders"] == [{"number": "1"}]


class TestClose:
    def test_it_erases_the_person(self, api, asha, monkeypatch):
        sign_in = JSONClient().post(URL, {"username": "asha", "password": PASSWORD}).json()
        make_address(asha)
        EmailAddress.objects.create(user=asha, email=asha.email, primary=True)
        erased = []
        monkeypatch.setattr(personal_data, "_erasers", [lambda user, _at: erased.append(user.pk)])
        assert api.delete(URL).status_code == 204
        asha.refresh_from_db()
        left = (asha.username, asha.email, asha.name, asha.phone, asha.is_active, asha.has_usable_password())
        assert left == (f"closed-{asha.pk}", "", "", "", False, False)
        assert asha.erased_at is not None
        assert not Address.objects.exists()
        assert not EmailAddress.objects.exists()
        assert erased == [asha.pk]
        assert api.get(URL).status_code == 401
        assert JSONClient().post("/api/self/refresh/", {"refresh": sign_in["refresh"]}).status_code == 401
        assert JSONClient().post(URL, {"username": "asha", "password": PASSWORD}).status_code == 401
        assert events() == ["account.new_device", "account.closed"]  # the fixture signed in without a network

    def test_the_address_is_free_again(self, api, asha, guest):
        api.delete(URL)
        assert guest.post("/api/users/", {"email": "asha@example.com", "password": PASSWORD}).status_code == 201
        assert User.objects.filter(email="asha@example.com").count() == 1

    def test_an_eraser_that_fails_keeps_everything(self, asha, monkeypatch):
        def fail(user, at):
            raise ZeroDivisionError

        monkeypatch.setattr(personal_data, "_erasers", [fail])
        client = client_of(asha)
        before = facts(asha)
        client.raise_request_exception = False
        assert client.delete(URL).status_code == 500
        assert facts(asha) == before

    def test_the_last_administrator_stays(self, admin):
        api = client_of(admin)
        before = facts(admin)
        answer = api.delete(URL)
        assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
        assert facts(admin) == before
        assert Session.objects.count() == 1
