"""Takes the pictures of `docs/screenshots/` from a running demo shop: python tools/take_screenshots.py http://127.0.0.1:8000

Walks as a shopper through a purchase and as a merchandiser through the admin, at 390 and 1280 px. Needs Chromium and
DEMO_PASSWORD, the password that `make run` prints. Leaves two guests' orders behind: `make reset` for a clean shop.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
WIDTHS = {390: 844, 1280: 900}
LARGEST = 150_000  # bytes
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
ADDRESS = {"email": "kabir@example.com", "name": "Kabir Anand", "phone": "98450 12345", "pincode": "560001",
           "city": "Bengaluru", "street": "7, Church Street", "state": "Karnataka"}  # fmt: skip
# Wagtail scrolls its main part, not the page.
HEIGHT = "Math.max(...[...document.querySelectorAll('html, #main, .content-wrapper')].map(part => part.scrollHeight))"
MISSING = """[...document.images].filter(image => !image.complete && image.checkVisibility()
    && image.getBoundingClientRect().top < innerHeight).length"""


def main(url: str) -> None:
    if "DEMO_PASSWORD" not in os.environ:
        sys.exit("Name the password that `make run` prints: DEMO_PASSWORD=… make screenshots")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for width, height in WIDTHS.items():
            for walk in (shop, backoffice):
                context = browser.new_context(
                    viewport={"width": width, "height": height}, locale="en-IN", reduced_motion="reduce"
                )
                context.set_default_timeout(30_000)
                walk(context.new_page(), url, width)
                context.close()
        browser.close()


def shop(page: Page, url: str, width: int) -> None:
    for name, path in (("home", "/"), ("category", "/table/"), ("product", "/product/stoneware-mug/")):
        page.goto(url + path)
        take(page, name, width)
    page.locator("#buy-form button[data-add]").click()
    page.locator("#cart-drawer [role=status]").wait_for()
    page.goto(f"{url}/product/brass-lota/")
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
    take(page, "admin-home", width, screens=1)
    page.goto(f"{url}/admin/snippets/product/product/?q=OS-MUG-TER-350&locale=en")
    page.locator("#listing-results tbody a[href*='/edit/']").first.click()
    page.wait_for_url("**/edit/**")
    take(page, "product-editor", width, screens=2)
    page.get_by_role("tab", name="Variants and prices").click()
    take(page, "product-prices", width, screens=2)
    page.goto(f"{url}/admin/snippets/order/order/")
    take(page, "order-list", width, screens=1)
    page.locator("#listing-results tbody a[href*='/inspect/']").first.click()
    page.wait_for_url("**/inspect/**")
    take(page, "order-screen", width)


def take(page: Page, name: str, width: int, *, screens: int = 3) -> None:
    """What a window of up to so many screens shows: enough to judge, small enough to keep."""
    page.wait_for_load_state("load")
    tall = min(page.evaluate(HEIGHT), screens * WIDTHS[width])
    page.set_viewport_size({"width": width, "height": max(tall, WIDTHS[width])})
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)  # pictures that came into sight begin to load
    for _ in range(40):
        if not page.evaluate(MISSING):
            break
        page.wait_for_timeout(100)
    keep(page.screenshot(), FOLDER / f"{name}-{width}.webp")
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})


def keep(shot: bytes, path: Path) -> None:
    """As WebP, as good as fits."""
    picture = Image.open(io.BytesIO(shot)).convert("RGB")
    for quality in (78, 68, 58, 48, 38):
        picture.save(path, quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            return


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:8000")
