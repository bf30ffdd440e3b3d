"""`make run`: the demo shop on one machine. Secrets are made once and kept in DATA_DIR; nothing is needed from outside."""

import os
from pathlib import Path

import environ

from shop.settings import demo, providers

_base_dir = Path(__file__).resolve().parents[2]
environ.Env.read_env(_base_dir / ".env", overwrite=False)
_data_dir = Path(os.environ.get("DATA_DIR") or _base_dir / ".data").resolve()
demo.provide(_data_dir)
demo.provide_gateways()
demo.provide_courier()
os.environ.setdefault("EMAIL_URL", f"filemail:///{_data_dir / 'mails'}")  # three slashes, then the path's own
os.environ.setdefault("SMS_URL", "console://")
os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")

from shop.settings.base import *  # noqa: E402, F403
from shop.settings.base import COURIER_API_KEY, LOGGING, MIDDLEWARE, env  # noqa: E402

DEMO = True
DEMO_GATEWAYS = providers.demos(vars())
DEMO_COURIER = COURIER_API_KEY == demo.COURIER_KEY
# In production the proxy in front compresses (docs/operator.md); here nothing stands in front.
MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *MIDDLEWARE]
# Customers of the seed are told of their orders too: a screenful of SMS would hide the addresses.
LOGGING["loggers"]["shop.notifications.channels.sms"] = {"level": "WARNING"}
DEMO_PASSWORD, DEMO_PASSWORD_BEFORE = env.str("DEMO_PASSWORD"), demo.password_given(_data_dir)
DEMO_SECRETS = _data_dir / demo.FILE
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
RATE_LIMIT_FACTOR = env.float("RATE_LIMIT_FACTOR", default=100.0)
SERVE_MEDIA = True
REQUIRE_STAFF_SECOND_FACTOR = env.bool("REQUIRE_STAFF_SECOND_FACTOR", default=False)
WEBHOOKS_MAY_STAY_INSIDE = True
