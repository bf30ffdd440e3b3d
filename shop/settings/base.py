"""Settings that every way of running the shop shares. All values come from the environment (docs/operator.md)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from shop.settings import people, providers
from shop.settings.api import CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS, REST_FRAMEWORK  # noqa: F401

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env", overwrite=False)


def secret(name: str) -> str:
    """A setting that has no default. Raises ImproperlyConfigured, naming it."""
    value = env.str(name, default="").replace("\\n", "\n")
    if len(value) < 32 or value.lower().startswith(("change", "secret", "insecure", "django-insecure")):
        raise ImproperlyConfigured(
            f"{name} is missing, too short (under 32 characters) or a default. Set it in the environment."
        )
    return value


DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
DEMO = False
DEMO_COURIER = False  # of the demo, taking parcels
RATE_LIMIT_FACTOR = env.float("RATE_LIMIT_FACTOR", default=1.0)

# --- what the project is made of -------------------------------------------------------------------------------------
ROOMS = [
    "shop.core",
    "shop.core.outbox",
    "shop.core.tasks",
    "shop.accounts",
    "shop.notifications",
    "shop.service_tokens",
    "shop.webhooks",
    "shop.privacy",
    "catalog.product",
    "catalog.pricing",
    "catalog.inventory",
    "catalog.listing",
    "catalog.importing",
    "catalog.reviews",
    "catalog.wishlist",
    "catalog.viewed",
    "catalog",
    "checkout.cart",
    "checkout.shipping",
    "checkout.credit",
    "checkout.payment",
    "checkout.order",
    "checkout.complaint",
    "checkout",
    "cms_pages",
    "shop",
]
INSTALLED_APPS = [
    *ROOMS,
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "shop.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "wagtail.api.v2",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "corsheaders",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "shop.apps.BareAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "catalog.storefront.page_cache.PageCache",
    "django.middleware.security.SecurityMiddleware",
    "shop.core.tracing.ReadTraceparent",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "shop.core.api.bodies.RefuseUnknownLength",
    "shop.core.api.conditional.TagReads",
    "shop.core.api.rate_limits.TellLimits",
    "shop.core.api.public_reads.PublicReads",
    "shop.core.api.sparse.SparseFields",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shop.core.api.language.Languages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "shop.accounts.storefront.middleware.KnowSession",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "shop.core.content_security.ContentSecurity",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
ASGI_APPLICATION = "shop.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms_pages.context_processors.site",
            ],
        },
    }
]

# --- database, cache, sessions ---------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default="")
EMBEDDED_POSTGRES = not DATABASE_URL
DATABASES = {
    "default": env.db("DATABASE_URL")
    if DATABASE_URL
    else {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "USER": "postgres",
        "HOST": str(DATA_DIR / "postgres" / "socket"),
    }
}
DATABASES["default"].update({"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True})

REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
# The longest task < what a redelivery waits for. A task's row is leased for ten minutes (runner.LEASE), longer than both.
CELERY_TASK_SOFT_TIME_LIMIT = 270
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A broker that is away may not hold up a request: the task stands in the table, the sweep finds it.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "max_retries": 0,
    "visibility_timeout": 420,
    "queue_order_strategy": "priority",  # a worker of several queues empties them in the order of shop.celery.QUEUES
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Without Kafka the shop hands events to their subscribers itself.
KAFKA_BOOTSTRAP_SERVERS = env.str("KAFKA_BOOTSTRAP_SERVERS", default="")
KAFKA_TOPIC_PREFIX = env.str("KAFKA_TOPIC_PREFIX", default="shop.")
KAFKA_OPTIONS = env.dict("KAFKA_OPTIONS", default={})  # "security.protocol=SASL_SSL,sasl.mechanism=PLAIN,…"
OUTBOX_KEPT_DAYS = env.int("OUTBOX_KEPT_DAYS", default=30)  # events that everybody has had
# Which consumer group runs which subscribers: the longest prefix of `module.function` decides.
EVENT_GROUPS = {
    "notifications": [
        "shop.notifications",
        "checkout.order.letter_subscribers",
        "catalog.listing.stock_subscribers",
        "catalog.reviews.letter_subscribers",
        "checkout.complaint.letter_subscribers",
    ],
    "inventory": ["catalog.inventory"],
    "payment": ["checkout.payment"],
    "order": ["checkout"],
    "catalog": ["catalog", "cms_pages"],
    "webhooks": ["shop.webhooks"],
}
WEBHOOKS_MAY_STAY_INSIDE = False  # plain http and private addresses as receivers: in the demo alone
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        # A Redis that is away is an empty cache: the shop gets slower, and counts nothing, but it sells.
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20000}}
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
# Never the cache alone: Redis may be emptied at any moment and nobody may lose a sign-in by it. Without Redis no cache
# at all: each process has its own then, and would not see what another one signed out.
SESSION_ENGINE = f"django.contrib.sessions.backends.{'cached_db' if REDIS_URL else 'db'}"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())

# --- languages, currencies, time -------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("hi", "हिन्दी")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
USE_TZ = True
TIME_ZONE = "Asia/Kolkata"
DEFAULT_CURRENCY = env.str("DEFAULT_CURRENCY", default="INR")
CURRENCIES = env.list("CURRENCIES", default=["INR", "USD"])

# --- files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
SERVE_MEDIA = env.bool("SERVE_MEDIA", default=False)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# --- people ----------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["shop.accounts.backends.ByNameOrEmail"]
PASSWORD_RESET_TIMEOUT = 24 * 3600
PASSWORD_HASHERS = ["shop.accounts.hashers.Argon2id", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "shop.accounts.guessable.GuessablePasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "accounts:account"
WAGTAILADMIN_LOGIN_URL = "/account/login/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
HEADLESS_ONLY = False
HEADLESS_TOKEN_STRATEGY = "shop.accounts.token_strategy.RotatingTokens"  # noqa: S105
HEADLESS_JWT_PRIVATE_KEY = secret("JWT_PRIVATE_KEY")
HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN = 5 * 60
HEADLESS_JWT_REFRESH_TOKEN_EXPIRES_IN = 14 * 24 * 3600
HEADLESS_JWT_STATEFUL_VALIDATION_ENABLED = True
HEADLESS_JWT_ROTATE_REFRESH_TOKEN = True
vars().update(people.read(env))

# --- API -------------------------------------------------------------------------------------------------------------
SPECTACULAR_SETTINGS = {
    "TITLE": "EcommApp API",
    "DESCRIPTION": "The shop's HTTP API. Money is a decimal string with a currency beside it; errors are RFC 9457 problems.",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "PREPROCESSING_HOOKS": ["shop.core.api.schema.only_shop_paths"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "shop.core.api.schema.tell_lists_to_xml",
        "shop.core.api.problem_schema.share_problems",
        "shop.core.api.examples.show_examples",
    ],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "LinkKindEnum": ["page", "category", "product", "brand", "address", "external"],
        "PlaceKindEnum": ["product", "category", "page", "brand", "search", "redirect", "none"],
        "PreviewKindEnum": ["product", "category", "page"],
        "ContentKindEnum": ["product", "category", "page", "brand"],
        "OrderStatusEnum": ["pending", "paid", "shipped", "delivered", "returned", "cancelled"],
        "OrderPaymentStatusEnum": ["pending", "paid", "refund_due", "refunded", "void"],
        "RefundToEnum": ["source", "store_credit"],
        "PaymentStatusEnum": ["pending", "authorized", "paid", "failed", "refunded", "void"],
    },
}
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/.*$"

# --- Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = env.str("SHOP_NAME", default="Osari")
WAGTAILADMIN_BASE_URL = WAGTAILAPI_BASE_URL = SITE_URL
WAGTAILAPI_LIMIT_MAX = 100
# Drafts in a client of one's own: it is opened with `?token=…` (docs/api/content.md). Empty: no such preview.
HEADLESS_PREVIEW_URL = env.str("HEADLESS_PREVIEW_URL", default="/app/preview/")
PREVIEW_TOKEN_SECONDS = env.int("PREVIEW_TOKEN_SECONDS", default=15 * 60)
# Wagtail's admin would otherwise ask two foreign hosts: one for avatars, one for its newest version.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_PASSWORD_RESET_ENABLED = False  # a second door, without our limits: people reset it under /account/
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "txt", "xlsx", "zip"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "shop.core.tasks.backend.TableBackend"}}
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- mail ------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Osari <orders@osari.example>")
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = 30
# `console://`, or `msg91://<auth key>@control.msg91.com` (docs/notifications.md); empty: no SMS.
SMS_URL = env.str("SMS_URL", default="")
# Web push (RFC 8292): `openssl ecparam -name prime256v1 -genkey -noout` as PEM; empty: no push.
# A browser names the address that it is written to at; only these services (and hosts below them) are written to.
PUSH_HOSTS = env.list(
    "PUSH_HOSTS",
    default=["fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"],
)
VAPID_PRIVATE_KEY = env.str("VAPID_PRIVATE_KEY", default="").replace("\\n", "\n")

# --- payment ---------------------------------------------------------------------------------------------------------
# RAZORPAY_…, STRIPE_… and those of further providers: each names its own in its folder.
vars().update(providers.read(env))

# --- delivery and returns --------------------------------------------------------------------------------------------
# Orders that are odd wait for a person: above so much (minor units), or after so many failed payments in a day.
REVIEW_ABOVE = env.dict("REVIEW_ABOVE", cast={"value": int}, default={"INR": 100_000_00})
REVIEW_FAILED_PAYMENTS = env.int("REVIEW_FAILED_PAYMENTS", default=5)
RETURN_WINDOW_DAYS = env.int("RETURN_WINDOW_DAYS", default=7)  # after the parcel was delivered
COURIER_API_URL = env.str("COURIER_API_URL", default="").rstrip("/")  # without it parcels are booked by hand
COURIER_API_KEY = env.str("COURIER_API_KEY", default="")
COURIER_WEBHOOK_SECRETS = env.list("COURIER_WEBHOOK_SECRETS", default=[])  # the newest first
COURIER_NAME = env.str("COURIER_NAME", default="Courier")

# --- security --------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/", "/django-admin/", "/api/docs/"),
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
# What is counted of those who agree stays with us; with these two it goes to Google Analytics too, from the server.
GA4_MEASUREMENT_ID = env.str("GA4_MEASUREMENT_ID", default="")
GA4_API_SECRET = env.str("GA4_API_SECRET", default="")
GA4_URL = env.str("GA4_URL", default="https://www.google-analytics.com/mp/collect")
# Days that rows stay, where the code's own are not wanted: `guest_carts=30,notices=200` (docs/privacy.md).
RETENTION_DAYS = env.dict("RETENTION_DAYS", cast={"value": int}, default={})
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"level": "WARNING"}, "wagtail": {"level": "WARNING"}},
}
