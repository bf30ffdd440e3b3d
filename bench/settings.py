"""The shop as in production, on the bench's own database; with the bare views that it is compared to."""

import os
from pathlib import Path

_base_dir = Path(__file__).resolve().parents[1]
os.environ["DATA_DIR"] = os.environ.get("BENCH_DIR") or str(_base_dir / ".cache" / "bench")
os.environ["DATABASE_URL"] = ""
os.environ |= {"DEBUG": "0", "LOG_LEVEL": "ERROR", "EMAIL_URL": "dummymail://", "RATE_LIMIT_FACTOR": "1000000"}

from shop.settings.dev import *  # noqa: E402, F403
from shop.settings.dev import DATABASES  # noqa: E402

DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", "bench_1000")
ROOT_URLCONF = "bench.urls"
DEMO = False
BARE_MIDDLEWARE: list[str] = []
