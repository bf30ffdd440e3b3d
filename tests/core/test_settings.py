"""Outside of the demo and the tests nothing starts with a missing or default secret, and the refusal names it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.core.children import ROOT

GOOD = {
    "SECRET_KEY": "k9-" * 20,
    "JWT_PRIVATE_KEY": "-----BEGIN PRIVATE KEY-----" + "x" * 40,
    "ALLOWED_HOSTS": "osari.example",
    "DATABASE_URL": "postgres://shop@db.example/shop",
    "FIELD_ENCRYPTION_KEYS": "k" * 43 + "=",
}
LIVE = GOOD | {
    "RAZORPAY_KEY_ID": "rzp_live_x",
    "RAZORPAY_KEY_SECRET": "s" * 20,
    "RAZORPAY_WEBHOOK_SECRETS": "w" * 20,
    "COURIER_API_URL": "https://courier.example",
    "COURIER_API_KEY": "c" * 20,
    "COURIER_WEBHOOK_SECRETS": "h" * 20,
}
OIDC = {"OIDC_OWN_CLIENT_ID": "shop", "OIDC_OWN_CLIENT_SECRET": "s" * 20}


def load(environment: dict[str, str]) -> subprocess.CompletedProcess:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    code = "import django.conf; django.conf.settings.SECRET_KEY; print(django.conf.settings.DEBUG)"
    return subprocess.run(
        [sys.executable, "-c", code],
        env=inherited | {"DJANGO_SETTINGS_MODULE": "shop.settings.production", "PYTHONPATH": str(ROOT)} | environment,
        cwd="/", capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("environment", [GOOD, LIVE], ids=["without a gateway", "with a gateway"])
def test_starts_with_everything_set_and_debug_off(environment):
    done = load(environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "change-me-" * 5}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" * 5}, "SECRET_KEY"),
        ({"JWT_PRIVATE_KEY": None}, "JWT_PRIVATE_KEY"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"FIELD_ENCRYPTION_KEYS": None}, "FIELD_ENCRYPTION_KEYS"),
        ({"FIELD_ENCRYPTION_KEYS": "no-key"}, "FIELD_ENCRYPTION_KEYS"),
        ({"OIDC_PROVIDERS": "google"}, "OIDC_GOOGLE_CLIENT_ID"),
        (OIDC | {"OIDC_PROVIDERS": "own", "OIDC_OWN_SERVER": "http://id.example"}, "OIDC_OWN_SERVER"),
        ({"RAZORPAY_KEY_SECRET": None}, "RAZORPAY_KEY_SECRET"),
        ({"STRIPE_SECRET_KEY": "sk_live_x"}, "STRIPE_WEBHOOK_SECRETS"),
        ({"STRIPE_SECRET_KEY": "sk_live_x", "STRIPE_WEBHOOK_SECRETS": ","}, "STRIPE_WEBHOOK_SECRETS"),
        ({"STRIPE_SECRET_KEY": "sk_test_DemoShopOfTheEmulator0001"}, "STRIPE_SECRET_KEY"),
        ({"STRIPE_API_URL": "http://127.0.0.1:9"}, "STRIPE_API_URL"),
        ({"RAZORPAY_WEBHOOK_SECRETS": None}, "RAZORPAY_WEBHOOK_SECRETS"),
        ({"RAZORPAY_WEBHOOK_SECRETS": ","}, "RAZORPAY_WEBHOOK_SECRETS"),
        ({"RAZORPAY_KEY_ID": "rzp_test_DemoShop000001"}, "RAZORPAY_KEY_ID"),
        ({"RAZORPAY_API_URL": "http://127.0.0.1:9"}, "RAZORPAY_API_URL"),
        ({"COURIER_API_KEY": None}, "COURIER_API_KEY"),
        ({"COURIER_WEBHOOK_SECRETS": ","}, "COURIER_WEBHOOK_SECRETS"),
        ({"COURIER_API_URL": "http://courier.example"}, "COURIER_API_URL"),
        ({"RAZORPAY_CHECKOUT_JS_URL": "http://127.0.0.1:9/v1/checkout.js"}, "RAZORPAY_CHECKOUT_JS_URL"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_refuses_to_start_and_says_which(change, named):
    done = load({name: value for name, value in (LIVE | change).items() if value is not None})
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured")
    assert named in last
    assert LIVE["SECRET_KEY"] not in done.stderr
