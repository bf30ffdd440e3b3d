"""Promise A4: nobody learns from an answer, nor from how long it took, whether an account or an order is there."""

from __future__ import annotations

import itertools
import statistics
import time

import pytest
from django.contrib.auth import hashers

from checkout.order.models import Order
from tests.factories.orders import make_order
from tests.factories.people import PASSWORD, client_of, make_user

PAIRS, APART = 8, 0.35
KNOWN, NUMBER = "asha", itertools.count(1)
DOORS = {
    "/api/self/": lambda name: {"username": f"{name}@example.com", "password": "wrong"},
    "/api/self/password/reset/": lambda name: {"email": f"{name}@example.com"},
    "/api/self/code/": lambda name: {"phone": "9876543210" if name == KNOWN else f"98{next(NUMBER):08}"},
    "/api/order/look-up/": lambda name: {"number": Order.objects.get().number, "email": f"{name}@example.com"},
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


@pytest.mark.parametrize("door", DOORS)
def test_by_status_body_hashes_and_time(known, hashed, door):
    spent, said, hashes = {True: [], False: []}, {True: set(), False: set()}, {True: set(), False: set()}
    for turn in range(2 * PAIRS + 2):
        there = turn % 2 == 0
        body = DOORS[door](KNOWN if there else f"nobody{turn}")
        hashed.clear()
        began = time.process_time()
        answer = client_of().post(door, body)
        if turn > 1:  # the first of each fills caches
            spent[there].append(time.process_time() - began)
        told = answer.json() if answer.content else {}
        said[there].add((answer.status_code, tuple(sorted(told)), answer.get("Content-Type")))
        hashes[there].add(len(hashed))
    assert said[True] == said[False]
    assert hashes[True] == hashes[False]
    if door == "/api/self/":
        assert hashes[True] == {1}
        ours, theirs = statistics.median(spent[True]), statistics.median(spent[False])
        assert abs(ours - theirs) < APART * max(ours, theirs), (ours, theirs)


def test_the_sign_up_spends_the_same(known, hashed):
    counted = []
    for email in ("asha@example.com", "new@example.com"):
        hashed.clear()
        answer = client_of().post("/api/users/", {"email": email, "password": PASSWORD})
        counted.append((answer.status_code, len(hashed), sorted(answer.json())))
    assert counted[0] == counted[1]
