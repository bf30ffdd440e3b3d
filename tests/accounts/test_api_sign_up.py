import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from shop.accounts.models import User
from shop.core.outbox.models import OutboxEvent
from shop.core.tasks.runner import run_everything_due
from tests.factories.people import PASSWORD, JSONClient, client_of, make_user
from tests.threads import at_once

URL = "/api/users/"
NEW = {"email": "Mira@Example.com", "password": PASSWORD, "name": "Mira"}


def events() -> list[str]:
    return list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))


def test_a_stranger_gets_an_account(guest, db):
    answer = guest.post(URL, NEW)
    assert answer.status_code == 201
    told = answer.json()
    user = User.objects.get()
    assert told == {
        "id": user.pk, "username": "mira@example.com", "email": "mira@example.com", "name": "Mira", "phone": "",
        "is_verified": False, "role": "customer", "locale": "en", "date_joined": told["date_joined"],
    }  # fmt: skip
    assert told["date_joined"].endswith("Z")
    assert user.check_password(PASSWORD)
    assert events() == ["account.opened", "account.verification_asked"]
    assert PASSWORD not in str(OutboxEvent.objects.values_list("payload", flat=True))


def test_a_user_name_may_be_chosen(guest, db):
    assert guest.post(URL, NEW | {"username": "mira"}).json()["username"] == "mira"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "12345678"}, "password"),
        ({"password": "short"}, "password"),
        ({"password": "mira@example.com"}, "password"),
        ({"password": "x" * 257}, "password"),
        ({"password": None}, "password"),
        ({"email": "no address"}, "email"),
        ({"email": ""}, "email"),
        ({"email": {"a": 1}}, "email"),
        ({"username": "ASHA"}, "username"),
        ({"username": "no spaces"}, "username"),
        ({"username": "asha@example.com"}, "username"),
        ({"username": "a\x00b"}, "username"),
        ({"username": "u" * 151}, "username"),
        ({"name": "n" * 151}, "name"),
    ],
)
def test_what_is_refused_names_the_field_and_changes_nothing(guest, asha, change, field):
    answer = guest.post(URL, NEW | change)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [field]
    assert list(User.objects.all()) == [asha]
    assert events() == []


def test_a_taken_address_is_not_told(guest, asha):
    before = User.objects.filter(pk=asha.pk).values().get()
    taken = guest.post(URL, NEW | {"email": "ASHA@example.com"})
    fresh = guest.post(URL, NEW)
    assert (taken.status_code, fresh.status_code) == (201, 201)
    assert list(taken.json()) == list(fresh.json())
    assert {k: v for k, v in taken.json().items() if k not in ("id", "date_joined", "email", "username")} == {
        k: v for k, v in fresh.json().items() if k not in ("id", "date_joined", "email", "username")
    }
    assert taken.json()["email"] == taken.json()["username"] == "asha@example.com"
    assert asha.pk < taken.json()["id"] < fresh.json()["id"]
    assert not User.objects.filter(pk=taken.json()["id"]).exists()
    assert User.objects.filter(pk=asha.pk).values().get() == before
    assert events()[0] == "account.email_taken"


@pytest.mark.parametrize("email", ["asha@example.com", "mira@example.com"])
def test_a_chosen_name_is_gone_whether_the_address_was_taken_or_not(guest, asha, email):
    assert guest.post(URL, NEW | {"email": email, "username": "Noor"}).status_code == 201
    before = OutboxEvent.objects.count()
    again = guest.post(URL, NEW | {"email": "third@example.com", "username": "noor"})
    assert (again.status_code, again.json()["errors"]) == (400, {"username": ["This user name is taken."]})
    assert guest.post(URL, NEW | {"email": email, "username": "NOOR"}).status_code == 400
    renamed = client_of(make_user("ravi")).patch("/api/self/", {"username": "noor"})
    assert (renamed.status_code, list(renamed.json()["errors"])) == (400, ["username"])
    assert User.objects.filter(username__iexact="noor").exists() == (email == "mira@example.com")
    assert OutboxEvent.objects.count() == before
    assert guest.post(URL, NEW | {"email": "fourth@example.com"}).status_code == 201


def test_what_asking_costs_and_leaves_behind(guest, asha):
    """ADR 10: the sign-in behind a sign-up tells whether there was an account; it takes an account, and a letter to each."""
    entries = [{"username": email, "password": "jasmine-Kettle-88"} for email in (NEW["email"], asha.email)]
    for entry in entries:
        assert guest.post(URL, {"email": entry["username"], "password": entry["password"]}).status_code == 201
    assert [guest.post("/api/self/", entry).status_code for entry in entries] == [200, 401]
    while run_everything_due():
        pass
    assert [letter.to for letter in mail.outbox] == [["mira@example.com"], [asha.email]]
    guest.post(URL, NEW | {"password": "another-Kettle-99"})  # whoever asks again gets the opposite answer
    assert guest.post("/api/self/", entries[0] | {"password": "another-Kettle-99"}).status_code == 401


def test_known_and_unknown_addresses_cost_the_same_hashes(guest, asha, monkeypatch):
    hashed = []
    set_password = User.set_password
    monkeypatch.setattr(User, "set_password", lambda user, raw: (hashed.append(raw), set_password(user, raw))[1])
    guest.post(URL, NEW | {"email": asha.email})
    assert len(hashed) == 1
    guest.post(URL, NEW)
    assert len(hashed) == 2


@pytest.mark.parametrize(
    "member",
    [{"is_superuser": True}, {"is_staff": True}, {"role": "admin"}, {"is_verified": True}, {"id": 7},
     {"groups": ["admin"]}, {"session_generation": 5}, {"is_active": False}],
)  # fmt: skip
def test_nothing_outside_the_allow_list_is_written(guest, db, member):
    assert guest.post(URL, NEW | member).status_code == 201
    user = User.objects.get()
    assert (user.is_superuser, user.is_staff, user.is_verified, user.is_active) == (False, False, False, True)
    assert (user.session_generation, user.groups.count()) == (0, 0)
    assert user.pk != 7


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("null", "application/json", 400),
        ('{"email": "a@b.co", "email": "c@d.co"}', "application/json", 400),
        ("email=a@b.co", "application/x-www-form-urlencoded", 415),
        ("x" * (2 * 1024 * 1024 + 1), "application/json", 413),
    ],
)
def test_what_is_no_json_object_is_refused(guest, db, body, content_type, status):
    answer = guest.generic("POST", URL, body, content_type=content_type)
    assert answer.status_code == status
    assert answer.json()["status"] == status
    assert not User.objects.exists()


def test_an_old_token_in_the_header_does_not_keep_one_from_signing_up(guest, db):
    guest.credentials(HTTP_AUTHORIZATION="Bearer old")
    assert guest.post(URL, NEW).status_code == 201


def test_many_sign_ups_from_one_address_meet_a_limit(guest, db, settings):
    settings.RATE_LIMIT_FACTOR = 1 / 120
    assert guest.post(URL, NEW).status_code == 201
    answer = guest.post(URL, NEW | {"email": "other@example.com"})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert User.objects.count() == 1


@pytest.mark.parametrize("body", [{}, {"username": "mira"}])
def test_of_several_at_once_one_account_comes(own_database, body):
    answers = at_once([lambda: JSONClient().post(URL, NEW | body)] * 4)
    assert User.objects.count() == 1
    assert EmailAddress.objects.count() == 1
    assert sorted(answer.status_code for answer in answers) in (
        [201] * 4,
        [201, 400, 400, 400],
        [201, 201, 400, 400],
        [201, 201, 201, 400],
    )
    ids = [answer.json()["id"] for answer in answers if answer.status_code == 201]
    assert len(set(ids)) == len(ids)
