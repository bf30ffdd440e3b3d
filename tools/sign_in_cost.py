"""What a sign-in costs beside the hash of its password, and whether doors answer known and unknown people alike.

Runs in process against the database of a running shop (`make run`), with its own hasher:
    DJANGO_SETTINGS_MODULE=shop.settings.dev python -m tools.sign_in_cost [rounds]
"""

from __future__ import annotations

import secrets
import statistics
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

PASSWORD = "a password of the measurement"  # noqa: S105
NAME, PHONE = "measured", "+919812345670"


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    get_user_model().objects.filter(username=NAME).delete()
    facts = {"phone": PHONE, "phone_verified_at": timezone.now()}
    user = get_user_model().objects.create_user(NAME, f"{NAME}@example.com", PASSWORD, **facts)
    client = Client()
    calls = {
        "the hash alone": lambda: user.check_password(PASSWORD),
        "sign-in": _post(client, "/api/self/", {"username": NAME, "password": PASSWORD}, 200),
        "sign-in, wrong password": _post(client, "/api/self/", {"username": NAME, "password": "wrong"}, 401),
        "sign-in, nobody": _post(client, "/api/self/", {"username": "nobody", "password": "wrong"}, 401),
        "reset, known": _post(client, "/api/self/password/reset/", {"email": user.email}, 202),
        "reset, nobody": _post(client, "/api/self/password/reset/", {"email": "nobody@example.com"}, 202),
        "code, known": _post(client, "/api/self/code/", {"phone": PHONE}, 202),
        "code, nobody": _post(client, "/api/self/code/", {"phone": "+919812345671"}, 202),
        "sign-up, new": _sign_up(client, lambda: f"{secrets.token_hex(8)}@measured.example"),
        "sign-up, taken": _sign_up(client, lambda: user.email),
    }
    for name, (cpu, wall) in _measure(calls, rounds).items():
        print(f"{name:26} {_queries(calls[name]):3} queries  cpu {cpu:6.2f} ms  wall {wall:6.2f} ms")


def _post(client: Client, url: str, body: dict, status: int) -> Callable[[], None]:
    def call() -> None:
        answer = client.post(url, body, content_type="application/json")
        if answer.status_code != status:
            raise RuntimeError(f"{url}: {answer.status_code} {answer.content!r}")

    return call


def _sign_up(client: Client, email: Callable[[], str]) -> Callable[[], None]:
    return lambda: _post(client, "/api/users/", {"email": email(), "password": PASSWORD}, 201)()


def _measure(calls: dict[str, Callable], rounds: int) -> dict[str, tuple[float, float]]:
    """Medians in milliseconds; the calls take turns, so that a busy machine is busy for all of them."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for turn in range(rounds + 3):
        for name, call in calls.items():
            cpu, wall = time.process_time(), time.perf_counter()
            call()
            if turn >= 3:
                times[name].append((time.process_time() - cpu, time.perf_counter() - wall))
    return {
        name: tuple(1000 * statistics.median(column) for column in zip(*taken, strict=True))
        for name, taken in times.items()
    }


def _queries(call: Callable) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


if __name__ == "__main__":
    main()
