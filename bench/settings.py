"""The shop as in production, on the bench's own database; with the bare views that it is compared to."""

import os
from pathlib import Path

_base_dir = Path(__file__).resolve().parents[1]
os.environ["DATA_DIR"] = os.environ.get("BENCH_DIR") or str(_base_dir / ".cache" / "bench")
os.environ["DATABASE_URL"] = ""
os.environ |= {"DEBUG": "0", "LOG_LEVEL": "ERROR", "EMAIL_URL": "dummymail://", "RATE_LIMIT_FACTOR": "1000000"}

# The same in every process of the bench; no gateway is asked for anything.
os.environ |= {"RAZORPAY_KEY_ID": "rzp_test_Bench000000001", "RAZORPAY_KEY_SECRET": "bench_key_secret",
               "RAZORPAY_WEBHOOK_SECRETS": "bench_hook_secret"}  # fmt: skip

from shop.settings.dev import *  # noqa: F403
from shop.settings.dev import DATABASES, MIDDLEWARE

_database = os.environ.get("BENCH_DATABASE", "bench_1000")
DATABASES["default"]["NAME"] = _database
EMBEDDED_POSTGRES = False  # the bench starts it, for all of its databases
DATA_DIR = Path(os.environ["DATA_DIR"]) / _database  # what processes of one shop tell each other by files
ROOT_URLCONF = "bench.urls"
DEMO = False
BARE_MIDDLEWARE: list[str] = []
# As in production, where the proxy compresses what the shop does not keep compressed.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith("GZipMiddleware")]
