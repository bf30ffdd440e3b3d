"""The settings that each payment provider names in its own folder (docs/add-a-payment-provider.md).

They are loaded by their path: importing their packages would need the settings that are being made here.
"""

from __future__ import annotations

import importlib.util
import os
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

Module = SimpleNamespace  # with KEY, read, production_problems, and demo things where there is an emulator
PROVIDERS = Path(__file__).resolve().parents[2] / "checkout" / "payment" / "providers"


def modules() -> dict[str, Module]:
    """`settings.py` of every provider's folder, by the folder's name."""
    folders = [*sorted(PROVIDERS.iterdir()), *(_folder_of(package) for package in extra_packages())]
    return {folder.name: _load(folder) for folder in folders if (folder / "settings.py").exists()}


def extra_packages() -> list[str]:
    return [name for name in os.environ.get("EXTRA_PAYMENT_PROVIDERS", "").split(",") if name]


def read(env: Any) -> dict[str, Any]:
    values: dict[str, Any] = {"EXTRA_PAYMENT_PROVIDERS": extra_packages()}
    for module in modules().values():
        values |= module.read(env)
    return values | {"DEMO_GATEWAYS": {}}


def production_problems(values: Mapping[str, Any]) -> Iterator[str]:
    for module in modules().values():
        yield from module.production_problems(values)


def demos(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """How to start the emulators that stand in where the operator has set no key: module and arguments, by provider."""
    commands = {}
    for code, module in modules().items():
        if hasattr(module, "EMULATOR") and values[f"{code.upper()}_IS_DEMO"]:
            port = str(urlsplit(values[f"{code.upper()}_API_URL"]).port)
            arguments = module.emulator_arguments(SimpleNamespace(**values))
            commands[code] = [module.EMULATOR, "--port", port, *arguments]
    return commands


def _folder_of(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ImportError(f"EXTRA_PAYMENT_PROVIDERS names {package}, which is no package")
    return Path(next(iter(found.submodule_search_locations)))


def _load(folder: Path) -> Module:
    return SimpleNamespace(**runpy.run_path(str(folder / "settings.py")))
