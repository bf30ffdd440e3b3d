"""What the shop leaves in a browser stands in docs/privacy.md, each name."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from catalog.api import viewed_cookie
from checkout.api import return_address
from checkout.storefront.caller import CART_COOKIE
from shop.core.api.context import CURRENCY_COOKIE
from shop.privacy import cookies

ROOT = Path(settings.BASE_DIR)
SETTERS = {
    "catalog/api/viewed_cookie.py": viewed_cookie.COOKIE,
    "checkout/storefront/caller.py": CART_COOKIE,
    "checkout/storefront/leaving.py": return_address.COOKIE,
    "checkout/storefront/preferences.py": CURRENCY_COOKIE,
    "shop/accounts/api/refresh_cookie.py": "refresh",
    "shop/privacy/cookies.py": cookies.COOKIE,
}
FRAMES = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
STORAGE = re.compile(r"\b(?:local|session)Storage\b")
KEY = re.compile(r"""(?:^(?:export )?const [A-Z_]+ = |stored\()"([a-z-]+)";?""", re.M)


def _told() -> set[str]:
    text = (ROOT / "docs/privacy.md").read_text()
    section = text[text.index("## In the browser") : text.index("## Counting")]
    return set(re.findall(r"`([\w-]+)`", section))


def test_every_cookie_is_told_of():
    found = {
        str(file.relative_to(ROOT))
        for wing in ("shop", "catalog", "checkout", "cms_pages")
        for file in (ROOT / wing).rglob("*.py")
        if re.search(r"\.set_(?:signed_)?cookie\(", file.read_text())
    }
    assert found == set(SETTERS)
    assert {*SETTERS.values(), *FRAMES} <= _told()


def test_everything_that_the_app_keeps_is_told_of():
    source = ROOT / "frontend/src"
    keepers = [file for file in source.rglob("*.ts*") if ".test." not in file.name]
    kept = {
        name
        for file in keepers
        if STORAGE.search(text := file.read_text()) or re.search(r"\bkeepHere\(", text)
        for name in KEY.findall(text)
    }
    assert {"cart-token", "order-attempt", "theme"} <= kept <= _told()
