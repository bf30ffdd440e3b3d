"""Tests: a throwaway PostgreSQL (tests/conftest.py starts it), real rules, cheap password hashes."""

import os
from pathlib import Path

from shop.settings import demo

_cache = Path(__file__).resolve().parents[2] / ".cache" / "tests"
os.environ["DATA_DIR"] = str(_cache)
os.environ.setdefault("EMAIL_URL", "memorymail://")
demo.provide(_cache)

from shop.settings.base import *  # noqa: E402, F403
from shop.settings.base import DATABASES, STATIC_ROOT, env  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)

ALLOWED_HOSTS = ["*"]
DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False}
if "TEST_DATABASE_URL" in os.environ:
    DATABASES["default"] = env.db("TEST_DATABASE_URL")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WAGTAILDOCS_SERVE_METHOD = "redirect"  # there is no file to send where all lie in memory
RATE_LIMIT_FACTOR = 1000.0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
RAZORPAY_KEY_ID = "rzp_test_Emulator000001"
RAZORPAY_KEY_SECRET = "emu_key_secret_01"
RAZORPAY_WEBHOOK_SECRETS = ["emu_hook_secret_01", "emu_hook_secret_02"]
REQUIRE_STAFF_SECOND_FACTOR = False  # tests of it switch it on
VAPID_PRIVATE_KEY = ""  # tests of push set one
