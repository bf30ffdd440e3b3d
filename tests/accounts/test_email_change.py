"""Another e-mail address: the password again, the new address confirms, the old one has a way back."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from shop.accounts.models import EmailChange, User
from shop.accounts.services.undo_email_change import make_undo_key
from shop.accounts.token_strategy import tokens
from shop.core.outbox.models import OutboxEvent
from shop.core.outbox.relay import relay_due
from shop.core.tasks.runner import run_everything_due
from tests.accounts.proofs import give_app
from tests.factories.people import PASSWORD, JSONClient, client_of, make_user

URL, UNDO, VERIFY = "/api/self/email/", "/api/self/email/undo/", "/api/self/verify/"
NEW = "new@example.com"


@pytest.fixture
def verified(asha):
    User.objects.filter(pk=asha.pk).update(is_verified=True)
    EmailAddress.objects.create(user=asha, email=asha.email, primary=True, verified=True)
    asha.refresh_from_db()
    return asha


def facts(user) -> dict:
    return User.objects.filter(pk=user.pk).values("email", "username", "password", "is_verified").get()


def move(user, email=NEW) -> EmailChange:
    assert client_of(user).post(URL, {"email": email, "password": PASSWORD}).status_code == 202
    key = EmailConfirmationHMAC(EmailAddress.objects.get(user=user, email=email)).key
    assert JSONClient().post(VERIFY, {"token": key}).status_code == 200
    user.refresh_from_db()
    return EmailChange.objects.latest("pk")


def letters() -> list:
    relay_due()
    run_everything_due()
    return mail.outbox


@pytest.mark.parametrize(("body", "field"), [({"email": NEW}, "password"), ({"email": NEW, "password": "wrong"}, "password"),
                                             ({"email": "x", "password": PASSWORD}, "email"), ({}, "email")])  # fmt: skip
def test_refused_by_field(verified, body, field):
    before = facts(verified)
    assert list(client_of(verified).post(URL, body).json()["errors"]) == [field]
    assert facts(verified) == before
    assert EmailAddress.objects.count() == 1
    assert JSONClient().post(URL, {"email": NEW, "password": PASSWORD}).status_code == 401


def test_it_counts_when_the_new_address_confirms(verified):
    told = client_of(verified).post(URL, {"email": "New@Example.com", "password": PASSWORD}).json()
    assert (told["email"], told["pending_email"]) == ("asha@example.com", NEW)
    assert [letter.to for letter in letters()] == [[NEW]]


def test_a_taken_one_looks_the_same(verified, ravi):
    answer = client_of(verified).post(URL, {"email": ravi.email, "password": PASSWORD})
    assert (answer.status_code, answer.json()["pending_email"]) == (202, ravi.email)
    assert [(letter.to, "already" in letter.subject) for letter in letters()] == [([ravi.email], True)]


def test_wrong_passwords_are_counted(verified, settings):
    settings.RATE_LIMIT_FACTOR = 0.2
    api = client_of(verified)
    for _ in range(2):
        api.post(URL, {"email": NEW, "password": "wrong"})
    assert api.post(URL, {"email": NEW, "password": PASSWORD}).status_code == 429


def test_without_a_password_a_fresh_sign_in_does(verified):
    verified.set_unusable_password()
    verified.save()
    pair = tokens().issue(verified)
    api = JSONClient()
    with time_machine.travel(time.time() + 16 * 60):
        api.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens().refresh_token(pair.refresh)[0]}")
        assert api.post(URL, {"email": NEW}).json()["code"] == "confirmation_needed"
        assert EmailAddress.objects.count() == 1
    assert client_of(verified).post(URL, {"email": NEW}).status_code == 202


class TestTheWayBack:
    def test_the_old_address_is_told_and_takes_the_account_back(self, verified):
        thief = tokens().issue(verified)
        move(verified)
        (letter,) = [letter for letter in letters() if letter.to == ["asha@example.com"]]
        assert "n…@example.com" in letter.body
        assert NEW not in letter.body
        path = re.search(r"http://127.0.0.1:8000(/account/email/undo/\S+/)", letter.body)[1]
        key = path.split("/")[-2]
        give_app(verified)
        User.objects.filter(pk=verified.pk).update(phone="+919876543210", phone_verified_at=timezone.now())
        told = JSONClient().post(UNDO, {"token": key}).json()
        assert told["email"] == "asha@example.com"
        verified.refresh_from_db()
        assert (verified.email, verified.is_verified, verified.has_usable_password()) == ("asha@example.com", True, False)  # fmt: skip
        assert verified.phone_verified_at is None
        assert not Authenticator.objects.exists()
        assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
            ("asha@example.com", True, True)
        ]
        assert JSONClient().post("/api/self/refresh/", {"refresh": thief.refresh}).status_code == 401
        assert JSONClient().post("/api/self/", {"username": "asha", "password": PASSWORD}).status_code == 401
        body = {"token": told["reset_token"], "new_password": "another long one"}
        assert JSONClient().post("/api/self/password/reset/confirm/", body).status_code == 204
        assert JSONClient().post(UNDO, {"token": key}).json()["code"] == "link_invalid"
        assert OutboxEvent.objects.filter(name="account.email_change_undone").count() == 1

    def test_over_two_moves_of_a_thief(self, verified):
        first = move(verified)
        second = move(verified, "newer@example.com")
        JSONClient().post(UNDO, {"token": make_undo_key(first)})
        verified.refresh_from_db()
        assert verified.email == "asha@example.com"
        assert JSONClient().post(UNDO, {"token": make_undo_key(second)}).status_code == 400
        verified.refresh_from_db()
        assert verified.email == "asha@example.com"

    def test_not_for_an_address_that_was_never_confirmed(self, asha):
        client_of(asha).post(URL, {"email": NEW, "password": PASSWORD})
        key = EmailConfirmationHMAC(EmailAddress.objects.get(email=NEW)).key
        JSONClient().post(VERIFY, {"token": key})
        assert not EmailChange.objects.exists()
        assert all(letter.to == [NEW] for letter in letters())

    @pytest.mark.parametrize("case", ["old", "tampered", "taken", "closed"])
    def test_refused(self, verified, case):
        change = move(verified)
        key = make_undo_key(change)
        if case == "old":
            EmailChange.objects.update(changed_at=timezone.now() - timedelta(days=8))
        elif case == "tampered":
            key = key[:-1] + ("x" if key[-1] != "x" else "y")
        elif case == "taken":
            make_user("other", email="asha@example.com")
        else:
            User.objects.filter(pk=verified.pk).update(is_active=False)
        before = facts(verified)
        assert JSONClient().post(UNDO, {"token": key}).json()["code"] == "link_invalid"
        assert facts(verified) == before

    def test_through_the_pages(self, client, verified):
        client.post("/account/login/", {"username": "asha", "password": PASSWORD})
        bad = client.post("/account/email/", {"email": NEW, "password": "wrong"})
        assert list(bad.context["form"].errors) == ["password"]
        assert client.post("/account/email/", {"email": NEW, "password": PASSWORD}).url == "/account/profile/"
        assert client.get("/account/profile/").context["pending_email"] == NEW
        key = EmailConfirmationHMAC(EmailAddress.objects.get(email=NEW)).key
        client.post(f"/account/verify/{key}/")
        url = f"/account/email/undo/{make_undo_key(EmailChange.objects.get())}/"
        shown = client.get(url)
        assert (shown.context["email"], shown["Referrer-Policy"]) == ("asha@example.com", "no-referrer")
        assert User.objects.get().email == NEW  # looking takes nothing back
        assert client.post(url).url == "/account/password/reset/choose/"
        chosen = client.post("/account/password/reset/choose/", {"new_password": "another long one"})
        assert chosen.url == "/account/login/"
        assert not client.get(url).context["link_is_valid"]


class TestWhereTheLinksLead:
    """To the React client where it was asked for there; to the pages else. The secret is sent to no server."""

    def link(self, pattern: str) -> str:
        return re.search(rf"http://127\.0\.0\.1:8000{pattern}", letters()[-1].body)[1]

    def test_another_address_and_the_way_back(self, verified):
        client_of(verified).post(URL, {"email": NEW, "password": PASSWORD, "client": "app"})
        key = self.link(r"/app/confirm-address#(\S+)")
        assert JSONClient().post(VERIFY, {"token": key, "client": "app"}).json() == {"is_verified": True}
        assert letters()[-1].to == ["asha@example.com"]
        undo = self.link(r"/app/take-back#(\S+)")
        assert JSONClient().post(UNDO, {"token": undo}).json()["email"] == "asha@example.com"

    def test_each_is_led_by_its_own_request(self, verified):
        client_of(verified).post(URL, {"email": NEW, "password": PASSWORD, "client": "app"})
        key = self.link(r"/app/confirm-address#(\S+)")
        JSONClient().post(VERIFY, {"token": key})  # in another program
        assert self.link(r"/account/email/undo/(\S+)/")

    @pytest.mark.parametrize(
        ("client", "leads"), [("app", r"/app/confirm-address#(\S+)"), (None, r"/account/verify/(\S+)/")]
    )
    def test_a_new_account_and_its_link_again(self, db, client, leads):
        asked = {"client": client} if client else {}
        JSONClient().post("/api/users/", {"email": NEW, "password": PASSWORD} | asked)
        assert self.link(leads)
        user = User.objects.get()
        assert client_of(user).post("/api/self/verify/send/", asked).status_code == 202
        assert len(letters()) == 2
        JSONClient().post(VERIFY, {"token": self.link(leads)})
        assert client_of(user).post("/api/self/verify/send/", asked).status_code == 202  # nothing waits any more
        assert len(letters()) == 2

    @pytest.mark.parametrize("client", ["https://evil.example/", "APP", "", 1])
    def test_no_other_place_can_be_named(self, verified, client):
        for api, path, body in (
            (JSONClient(), "/api/users/", {"email": NEW, "password": PASSWORD}),
            (client_of(verified), URL, {"email": NEW, "password": PASSWORD}),
            (client_of(verified), "/api/self/verify/send/", {}),
            (JSONClient(), VERIFY, {"token": "x"}),
        ):
            answer = api.post(path, body | {"client": client})
            assert (answer.status_code, list(answer.json()["errors"])) == (400, ["client"])
        assert EmailAddress.objects.count() == 1
        assert JSONClient().post("/api/self/verify/send/", {}).status_code == 401
