"""The demo shop's files as they stand, and what their tests ask of them."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

DEMO = Path(__file__).resolve().parents[2] / "demo"
CATALOGUE, HOME, PEOPLE, ORDERS = (
    json.loads((DEMO / f"{name}.json").read_text(encoding="utf-8"))
    for name in ("catalogue", "home", "people", "orders")
)
MANIFEST = {row["file"]: row for row in json.loads((DEMO / "pictures/manifest.json").read_text("utf-8"))}
PRODUCTS = CATALOGUE["products"]
VARIANTS = {v["sku"]: v for p in PRODUCTS for v in p["variants"]}
CUSTOMERS = {c["key"]: c for c in PEOPLE["customers"] + PEOPLE["guests"]}
DEVANAGARI = re.compile(r"[\u0900-\u097f]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ALLOWED_TAGS = {"p", "h2", "ul", "ol", "li", "a"}
NEVER_HELD = ("cancelled", "payment_failed", "payment_pending")
each_product = pytest.mark.parametrize("product", PRODUCTS, ids=lambda p: p["slug"])


def pages() -> list[dict]:
    return [HOME["home"], *HOME["landing_pages"], *HOME["content_pages"]]


def walk(node):
    """Every dictionary inside the node, itself first."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from walk(child)


def slugs_of(rows) -> set[str]:
    return {row["slug"] for row in rows}


def repeated(values) -> list:
    return [value for value, n in Counter(values).items() if n > 1]


def left_after_orders() -> dict[str, int]:
    """Opening stock less what past orders took or hold."""
    left = {sku: v["opening_stock"] for sku, v in VARIANTS.items()}
    for order in ORDERS["orders"]:
        if order["reaches"] not in NEVER_HELD:
            for line in order["lines"]:
                left[line["sku"]] -= line["quantity"]
    return left
