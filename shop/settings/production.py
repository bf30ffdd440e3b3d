"""Production: every secret and every service comes from the environment; what is missing stops the start."""

from django.core.exceptions import ImproperlyConfigured

from shop.settings import people, providers
from shop.settings.base import *  # noqa: F403
from shop.settings.base import (
    ALLOWED_HOSTS,
    COURIER_API_KEY,
    COURIER_API_URL,
    COURIER_WEBHOOK_SECRETS,
    DATABASE_URL,
    SITE_URL,
    SMS_URL,
)

if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty. Set it to the host names of the shop, comma-separated.")
if not DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL is missing. The embedded PostgreSQL belongs to the demo alone.")
for _problem in providers.production_problems(vars()):
    raise ImproperlyConfigured(_problem)
if _problem := people.production_problem(vars()):
    raise ImproperlyConfigured(_problem)
if COURIER_API_URL and not (COURIER_API_KEY and COURIER_WEBHOOK_SECRETS and all(COURIER_WEBHOOK_SECRETS)):
    raise ImproperlyConfigured("COURIER_API_URL is set without COURIER_API_KEY or COURIER_WEBHOOK_SECRETS.")
if COURIER_API_URL and not COURIER_API_URL.startswith("https://"):
    raise ImproperlyConfigured("COURIER_API_URL must begin with https:// outside of `make run` and tests.")

if SMS_URL.startswith(("console", "msg91+http:")):
    raise ImproperlyConfigured("SMS_URL is one of `make run` and tests. Set a service's, or none.")

if SITE_URL.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
