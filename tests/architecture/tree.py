"""The source tree as the architecture tests read it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("shop", "catalog", "checkout", "cms_pages", "emulators")
DOORS = {"api", "storefront", "backoffice"}
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def contract(name: str) -> dict:
    (found,) = [each for each in CONTRACTS["contracts"] if each["name"] == name]
    return found


def sources(*packages: str) -> Iterator[Path]:
    """Python files of packages, without migrations."""
    for package in packages:
        yield from (path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)


def rooms() -> list[str]:
    """Every folder of a wing that is no door: `catalog.product`, `checkout.order`, …"""
    folders = [
        folder
        for wing in ("catalog", "checkout")
        for folder in (ROOT / wing).iterdir()
        if (folder / "__init__.py").exists()
    ]
    return sorted(f"{folder.parent.name}.{folder.name}" for folder in folders if folder.name not in DOORS)


def imported(source: str) -> set[str]:
    """Names of the modules that a source imports, functions' own imports too: `django.http`, `rest_framework.views`."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names
