"""People behind the counter, with the permissions that their roles have."""

from __future__ import annotations

from django.test import Client

from tests.factories.people import make_user

ROLES = ("admin", "merchandiser", "support", "vendor", "customer", "anonymous")


def browser_of(role: str) -> Client:
    """A browser, signed in as somebody of that role."""
    client = Client()
    client.user = None
    if role != "anonymous":
        client.user = make_user(f"{role}_person", role=role)
        client.force_login(client.user)
    return client


def outcome(response) -> str:
    """ok, refused (Wagtail leads back to its start page with a message), or sign-in."""
    if response.status_code == 302 and response.url.startswith(("/account/login", "/django-admin/login")):
        return "sign-in"
    if response.status_code == 403 or (response.status_code == 302 and response.url == "/admin/"):
        return "refused"
    return "ok" if response.status_code < 400 else str(response.status_code)
