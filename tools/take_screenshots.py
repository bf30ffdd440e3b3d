"""Takes the pictures of `docs/screenshots/` from a running demo shop: python tools/take_screenshots.py http://127.0.0.1:8000

Walks as a shopper through a purchase and as a merchandiser through the admin, at 390 and 1280 px. Needs Chromium and
DEMO_PASSWORD, the password that `make run` prints.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
WIDTHS = {390: 844, 1280: 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
ADDRESS = {"email": "kabir@example.com", "name": "Kabir Anand", "phone": "98450 12345", "pincode": "560001",
           "city": "Bengaluru", "street": "7, Church Street", "state": "Karnataka"}  # fmt: skip


def main(url: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for width, height in WIDTHS.items():
            for walk in (shop, backoffice):
                context = browser.new_context(viewport={"width": width, "height": height}, locale="en-IN")
                context.set_default_timeout(30_000)
                walk(context.new_page(), url, width)
                context.close()
        browser.close()


def shop(page: Page, url: str, width: int) -> None:
    for name, path in (("home", "/"), ("category", "/table/"), ("product", "/product/stoneware-mug/")):
        page.goto(url + path, wait_until="networkidle")
        take(page, name, width)
    page.locator("#buy-form button[data-add]").click()
    page.locator("#cart-drawer [role=status]").wait_for()
    page.goto(f"{url}/cart/")
    take(page, "cart", width)
    page.goto(f"{url}/checkout/")
    for field, value in ADDRESS.items():
        control = page.locator(f"main form [name={field}]").last
        if control.evaluate("field => field.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    take(page, "checkout", width)
    page.get_by_role("button", name="Go on to delivery").click()
    page.get_by_role("button", name="Go on to payment").click()
    page.locator("input[name=payment_method][value=cod]").check()
    page.get_by_role("button", name="Review the order").click()
    page.get_by_role("button", name=re.compile("Order now")).click()
    page.wait_for_url("**/checkout/done/**")
    take(page, "confirmation", width)


def backoffice(page: Page, url: str, width: int) -> None:
    page.goto(f"{url}/account/login/?next=/admin/")
    page.locator("input[name=login], input[name=username]").first.fill("maya")
    page.locator("input[name=password]").fill(os.environ["DEMO_PASSWORD"])
    page.locator("main form button").first.click()
    page.wait_for_url("**/admin/")
    take(page, "admin-home", width)
    page.goto(f"{url}/admin/snippets/product/product/")
    page.locator("tbody a[href*='/edit/']").first.click()
    page.wait_for_load_state("networkidle")
    take(page, "product-editor", width)
    page.goto(f"{url}/admin/snippets/order/order/")
    take(page, "order-list", width)
    page.locator("tbody a[href*='/inspect/']").first.click()
    page.wait_for_load_state("networkidle")
    take(page, "order-screen", width)


def take(page: Page, name: str, width: int) -> None:
    """One screen and what follows it, up to three screens: enough to judge, small enough to keep."""
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # pictures load when they come near
    page.wait_for_timeout(400)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(200)
    tall = min(page.evaluate("document.documentElement.scrollHeight"), 3 * WIDTHS[width])
    clip = {"x": 0, "y": 0, "width": width, "height": tall}
    page.screenshot(path=FOLDER / f"{name}-{width}.jpg", type="jpeg", quality=72, full_page=True, clip=clip)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
