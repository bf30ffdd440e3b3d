"""Production: every secret and every service comes from the environment; what is missing stops the start."""

from django.core.exceptions import ImproperlyConfigured

from shop.settings.base import *  # noqa: F403
from shop.settings.base import (
    ALLOWED_HOSTS,
    DATABASE_URL,
    RAZORPAY_API_URL,
    RAZORPAY_CHECKOUT_JS_URL,
    RAZORPAY_KEY_ID,
    RAZORPAY_KEY_SECRET,
    RAZORPAY_WEBHOOK_SECRETS,
    SITE_URL,
    SMS_URL,
)
from shop.settings.demo import DEMO_KEY_ID

if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty. Set it to the host names of the shop, comma-separated.")
if not DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL is missing. The embedded PostgreSQL belongs to the demo alone.")
if RAZORPAY_KEY_ID == DEMO_KEY_ID:
    raise ImproperlyConfigured("RAZORPAY_KEY_ID is the demo's. Set your own, or none.")
if RAZORPAY_KEY_ID and not (RAZORPAY_KEY_SECRET and RAZORPAY_WEBHOOK_SECRETS and all(RAZORPAY_WEBHOOK_SECRETS)):
    raise ImproperlyConfigured("RAZORPAY_KEY_ID is set without RAZORPAY_KEY_SECRET or RAZORPAY_WEBHOOK_SECRETS.")
for _name, _url in {
    "RAZORPAY_API_URL": RAZORPAY_API_URL,
    "RAZORPAY_CHECKOUT_JS_URL": RAZORPAY_CHECKOUT_JS_URL,
}.items():
    if not _url.startswith("https://"):
        raise ImproperlyConfigured(f"{_name} must begin with https:// outside of `make run` and tests.")

if SMS_URL.startswith(("console", "msg91+http:")):
    raise ImproperlyConfigured("SMS_URL is one of `make run` and tests. Set a service's, or none.")

if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
