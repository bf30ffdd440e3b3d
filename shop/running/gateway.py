"""The demo gateways: emulators in processes of their own, started for the gateways that no real keys are set of."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

from shop.running.children import Child


@dataclass(frozen=True)
class Emulator:
    process: subprocess.Popen

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        return self.process.poll() is None


def demo_gateways() -> list[Child]:
    return [_child(code, command) for code, command in settings.DEMO_GATEWAYS.items()]


def _child(code: str, command: list[str]) -> Child:
    return Child(f"demo {code}", lambda: start_emulator(code, command))


def start_emulator(code: str, command: list[str]) -> Emulator:
    """Start an emulator on the port that the settings name. It ends when this process does."""
    hook = ["--webhook-url", f"{settings.SITE_URL}/api/payment/webhook/{code}/"]
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", *command, *hook, "--until-stdin-closes"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    return Emulator(process)


def describe_gateways() -> str:
    """For the banner: which gateways are emulators, plainly."""
    demos = [f"{code.capitalize()} ({_address(code)})" for code in settings.DEMO_GATEWAYS]
    if not demos:
        return "Payments go through your keys."
    return f"Emulators {' and '.join(demos)}: no money moves."


def _address(code: str) -> str:
    return str(getattr(settings, f"{code.upper()}_API_URL"))
