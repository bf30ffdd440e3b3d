"""Plants a breach of each import rule in a copy of the tree and sees the linter catch it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import CONTRACTS, PACKAGES, ROOT, contract, rooms

HOUSE = "The house stands on its kernel"
PLACES = "Every part of the project has its place"
CATALOG = "The catalog: doors above rooms"
CHECKOUT = "The checkout: doors above rooms"
ROOM = "A room: from what runs it down to what it knows"
PAYMENT = "A payment knows neither orders nor products"
HTTP = "A room knows no HTTP"
KERNEL = "The kernel's API habits are used by doors alone"
NO_EMULATOR = "The shop imports no emulator"
NO_SHOP = "An emulator imports nothing of the shop"

BREACHES = [
    (HOUSE, "shop/core/money.py", "import shop.accounts.models"),
    (HOUSE, "shop/accounts/models.py", "import shop.notifications.models"),
    (HOUSE, "shop/notifications/models.py", "import catalog.product.models"),
    (HOUSE, "shop/notifications/models.py", "import shop.webhooks.models"),
    (HOUSE, "catalog/product/models/live.py", "import checkout.cart.models"),
    (HOUSE, "checkout/cart/models.py", "import cms_pages.models"),
    (HOUSE, "cms_pages/models.py", "import shop.urls"),
    (HOUSE, "shop/core/db.py", "def later():\n    from checkout.order import rules"),
    (PLACES, "shop/core/tasks/backend.py", "import shop.celery"),
    (PLACES, "shop/core/context.py", "import shop.settings.base"),
    (PLACES, "shop/attic/__init__.py", ""),
    (CATALOG, "catalog/product/services/project.py", "import catalog.pricing.models"),
    (CATALOG, "catalog/pricing/models.py", "import catalog.inventory.models"),
    (CATALOG, "catalog/listing/models.py", "import catalog.api.planted"),
    (CATALOG, "catalog/api/planted.py", "import catalog.storefront"),
    (CATALOG, "catalog/cellar/__init__.py", ""),
    (CHECKOUT, "checkout/cart/models.py", "import checkout.order.models"),
    (CHECKOUT, "checkout/shipping/models.py", "import checkout.cart.models"),
    (CHECKOUT, "checkout/order/models.py", "import checkout.api.planted"),
    (CHECKOUT, "checkout/gallery/__init__.py", ""),
    (ROOM, "checkout/order/models.py", "import checkout.order.selectors"),
    (ROOM, "checkout/order/rules.py", "import checkout.order.models"),
    (ROOM, "checkout/order/selectors.py", "import checkout.order.services.ship_order"),
    (ROOM, "checkout/order/services/ship_order.py", "import checkout.order.tasks"),
    (ROOM, "checkout/order/tasks.py", "import checkout.order.subscribers"),
    (ROOM, "catalog/inventory/events.py", "import catalog.inventory.models"),
    (ROOM, "shop/accounts/models.py", "import shop.accounts.api.urls"),
    (PAYMENT, "checkout/payment/services/start_payment.py", "import checkout.order.models"),
    (PAYMENT, "checkout/payment/models.py", "import catalog.product.models"),
    (HTTP, "catalog/pricing/rules.py", "import rest_framework"),
    (HTTP, "checkout/cart/services/put_line.py", "import shop.core.api.problems"),
    (KERNEL, "shop/core/errors.py", "import shop.core.api.problems"),
    (NO_EMULATOR, "checkout/payment/ports.py", "import emulators.razorpay.world"),
    (NO_SHOP, "emulators/razorpay/world.py", "import shop.core.money"),
]


@pytest.fixture(scope="module")
def copied_tree(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__", "*.html", "*.css", "*.jpg", "*.mo", "*.po")
        shutil.copytree(ROOT / package, folder / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def broken_contracts(tree: Path) -> set[str]:
    linter = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"]
    done = subprocess.run(linter, cwd=tree, capture_output=True, text=True)
    found = {each["name"] for each in CONTRACTS["contracts"] if f"{each['name']} BROKEN" in done.stdout}
    assert bool(found) == bool(done.returncode), done.stdout + done.stderr
    return found


def test_the_tree_as_it_stands_keeps_every_contract(copied_tree):
    assert broken_contracts(copied_tree) == set()


@pytest.mark.parametrize(("name", "file", "line"), BREACHES, ids=[f"{b[1]}: {b[2]}" for b in BREACHES])
def test_a_planted_breach_is_caught(copied_tree, name, file, line):
    path = copied_tree / file
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{before or ''}\n{line}\n")
    try:
        assert name in broken_contracts(copied_tree)
    finally:
        _restore(path, before)


def _restore(path: Path, before: str | None) -> None:
    if before is not None:
        path.write_text(before)
        return
    path.unlink()
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


def test_every_contract_has_a_breach():
    assert {name for name, _file, _line in BREACHES} == {each["name"] for each in CONTRACTS["contracts"]}


def test_every_room_is_named_where_rooms_are_named():
    assert set(rooms()) <= set(contract(ROOM)["containers"])
    assert set(rooms()) <= set(contract(HTTP)["source_modules"])


def test_every_package_of_the_repository_is_linted():
    packages = {folder.name for folder in ROOT.iterdir() if (folder / "__init__.py").exists()}
    assert packages - {"tests", "bench", "tools", "demo"} == set(CONTRACTS["root_packages"])
