"""The demo gateway: a Razorpay emulator in a process of its own, started when no real keys are set."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings


@dataclass(frozen=True)
class Emulator:
    process: subprocess.Popen

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        return self.process.poll() is None


def start_emulator() -> Emulator:
    """Start the emulator on the port that the settings name. It ends when this process does."""
    command = [sys.executable, "-m", "emulators.razorpay", "--until-stdin-closes"]
    command += ["--port", str(urlsplit(settings.RAZORPAY_API_URL).port)]
    command += ["--key-id", settings.RAZORPAY_KEY_ID, "--key-secret", settings.RAZORPAY_KEY_SECRET]
    command += ["--webhook-url", f"{settings.SITE_URL}/api/payment/webhook/razorpay/"]
    command += ["--webhook-secret", settings.RAZORPAY_WEBHOOK_SECRETS[0]]
    process = subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    return Emulator(process)
