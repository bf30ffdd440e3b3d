"""The demo courier: an emulator that takes parcels and moves them by itself, where the operator has named none."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import urlsplit

from django.conf import settings

from shop.running.children import Child
from shop.running.gateway import Emulator

STEP_SECONDS = 30  # picked up, with the rider, delivered: a minute and a half


def demo_courier() -> list[Child]:
    return [Child("demo courier", start_courier)] if settings.DEMO_COURIER else []


def start_courier() -> Emulator:
    """It ends when this process does. What it forgets by that stays on the road until somebody says where it is."""
    arguments = [
        "--port", str(urlsplit(settings.COURIER_API_URL).port), "--key", settings.COURIER_API_KEY,
        "--webhook-url", f"{settings.SITE_URL}/api/courier/webhook/http/",
        "--webhook-secret", settings.COURIER_WEBHOOK_SECRETS[0], "--step-seconds", str(STEP_SECONDS),
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "emulators.courier", *arguments, "--until-stdin-closes"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    return Emulator(process)
