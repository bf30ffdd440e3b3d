"""The headers and cookies of every page that answers a GET, for a guest, a customer and an administrator."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.permissions import matrix
from tests.permissions.world import World, undone

STAFF = ("/admin/", "/django-admin/")
EXCLUDED = ("/admin/", "/django-admin/", "/api/docs/")  # their own scripts need more


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone(), override_settings(SMS_URL="console://"):
        yield World()


@pytest.mark.parametrize("role", ["guest", "customer", "admin"])
def test_every_page_says_what_a_browser_may_do(world, role):
    seen, wrong = 0, []
    with override_settings(SECURE_HSTS_SECONDS=31_536_000, SESSION_COOKIE_SECURE=True, CSRF_COOKIE_SECURE=True):
        for route in _asked_by(role):
            client = world.client(role, page=not route.path.startswith("/api/"))
            with undone():
                answer = client.get(world.url(route.path, role if role != "admin" else "other"), secure=True)
            wrong += [f"{route.path} ({answer.status_code}): {one}" for one in faults(route.path, answer)]
            seen += answer.status_code == 200
    assert wrong == []
    assert seen > 40


def _asked_by(role: str) -> list[matrix.Route]:
    """Whoever may not enter the admin gets one answer on each of its screens: asked at its doors alone."""
    return [
        route for route in matrix.routes() if role == "admin" or route.path in STAFF or not route.path.startswith(STAFF)
    ]


def faults(path: str, answer) -> list[str]:
    found = []
    if answer.get("X-Content-Type-Options") != "nosniff":
        found.append("nosniff")
    if "max-age=31536000" not in answer.get("Strict-Transport-Security", ""):
        found.append("HSTS")
    if answer.get("Referrer-Policy") not in ("strict-origin-when-cross-origin", "same-origin", "no-referrer", "origin"):
        found.append("referrer")
    if "text/html" in answer.get("Content-Type", "") and answer.status_code == 200:
        found += _policy(path, answer)
    for name, cookie in ((name, one) for name, one in answer.cookies.items() if one.value):
        if not cookie["secure"] or not cookie["samesite"] or not (cookie["httponly"] or name in OPEN):
            found.append(f"cookie {name}: {cookie.OutputString()[:120]}")
    return found


PAY_WINDOW = "/app/pay-window/"  # Razorpay's own script writes styles
OPEN = ("csrftoken",)  # scripts of our pages read it


def _policy(path: str, answer) -> list[str]:
    policy = answer.get("Content-Security-Policy", "")
    if path.startswith(EXCLUDED):
        return [] if answer.get("X-Frame-Options") or "frame-ancestors" in policy else ["frames"]
    wanted = ("default-src 'self'", "object-src 'none'", "frame-ancestors", "base-uri 'self'", "form-action")
    if path == PAY_WINDOW:
        policy = policy.replace("style-src 'self' 'unsafe-inline'", "")
    return [f"policy without {one}" for one in wanted if one not in policy] + [
        f"policy with {one}" for one in ("unsafe-inline", "unsafe-eval", " * ", "https: ") if one in policy
    ]
