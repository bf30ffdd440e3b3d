"""Promise A4: nobody learns from an answer, nor from how long it took, whether an account or an order is there."""

from __future__ import annotations

import contextlib
import itertools
import json
import re
from collections.abc import Iterator

import pytest
from django.contrib.auth import hashers
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from checkout.order.models import Order
from tests.accounts.proofs import give_passkey
from tests.factories.orders import make_order
from tests.factories.people import PASSWORD, client_of, make_user

PAIRS, STRONG = 2, "battery correct staple"
KNOWN, NUMBER = "asha", itertools.count(1)
DOORS = {
    "/api/self/": lambda name: {"username": f"{name}@example.com", "password": "wrong"},
    "/api/self/password/reset/": lambda name: {"email": f"{name}@example.com"},
    "/api/self/code/": lambda name: {"phone": "9876543210" if name == KNOWN else f"98{next(NUMBER):08}"},
    "/api/order/look-up/": lambda name: {"number": Order.objects.get().number, "email": f"{name}@example.com"},
}

FORMS = {
    "/account/login/": lambda name: {"username": f"{name}@example.com", "password": "wrong"},
    "/account/login/code/": DOORS["/api/self/code/"],
    "/account/password/reset/": DOORS["/api/self/password/reset/"],
}
SIGN_INS = ("/api/self/", "/account/login/")
SIGN_UPS = {
    "/api/users/": lambda name: {"email": f"{name}@example.com", "password": PASSWORD},
    "/account/signup/": lambda name: {"email": f"{name}@example.com", "password": STRONG},
}


@pytest.fixture
def known(db, settings):
    settings.SMS_URL = "console://"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    asha = make_user(KNOWN, phone="+919876543210")
    make_order(user=asha)
    return asha


@pytest.fixture
def hashed(monkeypatch):
    found = []
    for name in ("PBKDF2PasswordHasher", "MD5PasswordHasher"):
        kind = getattr(hashers, name)
        encode = kind.encode
        monkeypatch.setattr(kind, "encode", lambda *a, encode=encode, **k: (found.append(1), encode(*a, **k))[1])
    return found


@pytest.mark.parametrize("door", [*DOORS, *FORMS])
def test_by_status_body_and_work(known, hashed, door):
    """The work and not a clock: the same statements and as many hashes, so there is nothing to measure."""
    seen = {True: set(), False: set()}
    for turn in range(2 * PAIRS + 2):
        there = turn % 2 == 0
        with _watched() as said:
            hashed.clear()
            answer = _sent(door, KNOWN if there else f"nobody{turn}")
        if turn > 1:  # the first of each fills caches
            told = tuple(sorted(answer.json())) if "json" in answer.get("Content-Type", "") else ()
            kind = (answer.status_code, answer.get("Content-Type"), answer.get("Location"), told)
            seen[there].add((kind, len(hashed), tuple(said)))
    assert seen[True] == seen[False] and len(seen[True]) == 1
    assert {hashes for _kind, hashes, _said in seen[True]} == {1 if door in SIGN_INS else 0}


@pytest.mark.parametrize("door", ["/api/users/", "/account/signup/"])
def test_the_sign_up_spends_the_same(known, hashed, door):
    """One hash, and the rows of a new account either way: those of one that is there are taken back."""
    counted = []
    for name in (KNOWN, "new", KNOWN, "newer"):
        with _watched() as said:
            hashed.clear()
            answer = _sent(door, name)
        told = sorted(answer.json()) if door.startswith("/api/") else answer["Location"]
        written = [sql.split()[2] for sql in said if sql.startswith("INSERT") and "outbox" not in sql]
        counted.append((answer.status_code, len(hashed), told, written, sum(sql.startswith("SELECT") for sql in said)))
    assert counted[2] == counted[3] and counted[2][1] == 1


@pytest.mark.parametrize("door", ["/api/self/passkey/begin/", "/account/login/passkey/options/"])
def test_a_passkey_begins_alike_whoever_is_meant(known, door):
    give_passkey(known, "Asha's key")
    client = client_of() if door.startswith("/api/") else Client()
    said = [client.post(door, {"username": name, "email": f"{name}@example.com"}).json() for name in (KNOWN, "nobody")]
    assert all('"allowCredentials": []' in text or "allowCredentials" not in text for text in map(json.dumps, said))
    assert len({tuple(sorted(one)) for one in said}) == 1


def _sent(door: str, name: str) -> HttpResponse:
    if door.startswith("/api/"):
        return client_of().post(door, (DOORS | SIGN_UPS)[door](name))
    return Client().post(door, (FORMS | SIGN_UPS)[door](name))


@contextlib.contextmanager
def _watched() -> Iterator[list[str]]:
    """The statements that are sent meanwhile, without the names of savepoints."""
    said: list[str] = []

    def watch(execute, sql, params, many, context):
        said.append(re.sub(r'"s\d+_x\d+"', "", str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield said
