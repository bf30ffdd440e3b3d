"""The demo gateways: emulators in processes of their own, started for the gateways that no real keys are set of."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from shop.running.children import Child
from shop.settings import providers


@dataclass(frozen=True)
class Emulator:
    process: subprocess.Popen

    @property
    def pid(self) -> int:
        return self.process.pid

    def alive(self) -> bool:
        return self.process.poll() is None


def demo_gateways() -> list[Child]:
    found = providers.demos(settings).items()
    return [
        Child(f"demo {code}", lambda code=code, module=module: start_emulator(code, module)) for code, module in found
    ]


def start_emulator(code: str, module: providers.Module) -> Emulator:
    """Start an emulator on the port that the settings name. It ends when this process does."""
    url = getattr(settings, f"{code.upper()}_API_URL")
    command = [sys.executable, "-m", module.EMULATOR, "--until-stdin-closes", "--port", str(urlsplit(url).port)]
    command += ["--webhook-url", f"{settings.SITE_URL}/api/payment/webhook/{code}/"]
    command += module.emulator_arguments(settings)
    process = subprocess.Popen(  # noqa: S603
        command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    return Emulator(process)


def describe_gateways() -> str:
    """For the banner: which gateways are emulators, plainly."""
    demos = [code.capitalize() for code in providers.demos(settings)]
    if not demos:
        return "Payments go through your keys."
    return f"{' and '.join(demos)} here {'are emulators' if len(demos) > 1 else 'is an emulator'}: no money moves."
