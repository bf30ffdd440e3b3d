"""The demo shop's files agree with each other, before any loader reads them."""

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from tests.demo.files import (
    ALLOWED_TAGS,
    CATALOGUE,
    DEMO,
    DEVANAGARI,
    HOME,
    MANIFEST,
    ORDERS,
    PEOPLE,
    PRODUCTS,
    SLUG,
    VARIANTS,
    each_product,
    left_after_orders,
    pages,
    repeated,
    slugs_of,
    walk,
)


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
