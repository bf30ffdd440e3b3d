"""Facets and counts against a model that goes through all products one by one."""

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.listing.facets import MAX_BUCKETS, buckets, ladder
from catalog.listing.interface import ListQuery, catalogue
from catalog.product.models import Product
from shop.core.context import ShopContext
from tests.factories.catalog import make_attribute, make_brand, make_category, make_product

COLORS, SIZES = ["indigo", "red", "white"], ["S", "M"]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Thirty-six products of every kind; made once, taken back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        yield _make_world()
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def _make_world():
    make_attribute("color", {color: f"{color.title()} #aabbcc" for color in COLORS}, type_="color", position=1)
    make_attribute("size", {size: size for size in SIZES}, is_option=True, position=2)
    top = make_category("Top")
    shelves = [make_category(f"Shelf {n}", parent=top) for n in range(2)] + [make_category("Apart")]
    brands = [make_brand(f"Brand {n}", slug=f"brand-{n}") for n in range(2)]
    made = []
    for n in range(36):
        facts = {
            "categories": {shelves[n % 3].pk} | ({top.pk} if n % 3 < 2 else set()),
            "brand": f"brand-{n % 2}" if n % 5 else None,
            "price": None if n == 7 else (n * n + 1) * 1000,
            "stock": n % 4,
            "on_sale": n % 6 == 0,
            "color": {COLORS[n % 3], COLORS[(n + 1) % 3]} if n % 7 else set(),
            "size": set(SIZES[: 1 + n % 2]),
            "name": f"{'Lamp' if n % 2 else 'Bowl'} {n}",
        }
        core = make_product(
            facts["name"], categories=[shelves[n % 3]], brand=brands[n % 2] if n % 5 else None, price=facts["price"],
            compare_at=facts["price"] + 100 if facts["on_sale"] else None, stock=facts["stock"],
            attributes={"color": sorted(facts["color"])}, options=[{"size": size} for size in sorted(facts["size"])],
        )  # fmt: skip
        made.append({**facts, "id": core.pk, "stock": facts["stock"] if facts["price"] is not None else 0})
    return made


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "brands": st.lists(st.sampled_from(["brand-0", "brand-1"]), min_size=1, max_size=2).map(tuple),
        "min_price": st.integers(0, 1_300_000),
        "max_price": st.integers(0, 1_300_000),
        "in_stock": st.booleans(),
        "on_sale": st.booleans(),
        "attributes": st.dictionaries(st.sampled_from(["color", "size"]),
                                      st.sampled_from([*COLORS, *SIZES]).map(lambda value: (value,)), max_size=2),
        "text": st.sampled_from(["lamp", "bowl"]),
    },
)  # fmt: skip


def fits(product, filters, without=""):
    price = product["price"]
    checks = {
        "brand": "brands" not in filters or product["brand"] in filters["brands"],
        "price": ("min_price" not in filters or (price is not None and price >= filters["min_price"]))
        and ("max_price" not in filters or (price is not None and price <= filters["max_price"])),
        "in_stock": "in_stock" not in filters or filters["in_stock"] == (product["stock"] > 0),
        "on_sale": "on_sale" not in filters or filters["on_sale"] == bool(product["on_sale"]),
        "text": "text" not in filters or filters["text"] in product["name"].lower(),
        "category": filters.get("category") is None or filters["category"] in product["categories"],
    }
    for code, values in filters.get("attributes", {}).items():
        checks[code] = bool(product[code] & set(values))
    return all(held for name, held in checks.items() if name != without)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(filters=FILTERS, shelf=st.sampled_from([None, 0, 1, 2, "top"]))
def test_every_facet_is_counted_under_the_other_filters(world, filters, shelf):
    ids = sorted({id_ for product in world for id_ in product["categories"]})
    category = None if shelf is None else (ids[0] if shelf == "top" else ids[shelf + 1])
    filters = {**filters, **({"category": category} if category else {})}
    query = ListQuery(ShopContext.now(), **filters, ordering="newest", page_size=100, facets=True)
    page = catalogue().list(query)
    expected = [product for product in world if fits(product, filters)]
    assert page.count == len(expected)
    assert {card["id"] for card in json.loads(page.results)} == {product["id"] for product in expected}

    facets = json.loads(page.facets)
    assert Counter({row["slug"]: row["count"] for row in facets["brand"]}) == Counter(
        p["brand"] for p in world if p["brand"] and fits(p, filters, "brand")
    )
    assert {row["id"]: row["count"] for row in facets["category"]} == Counter(
        id_ for p in world if fits(p, filters, "category") for id_ in p["categories"]
    )
    for code in ("color", "size"):
        listed = next((row["values"] for row in facets["attributes"] if row["code"] == code), [])
        assert Counter({row["value"]: row["count"] for row in listed}) == Counter(
            value for p in world if fits(p, filters, code) for value in p[code]
        )
    in_price = [p for p in world if p["price"] is not None and fits(p, filters, "price")]
    assert sum(row["count"] for row in facets["price"]) == len(in_price)


def test_a_price_bucket_is_what_its_ends_filter(world):
    context = ShopContext.now()
    query = ListQuery(context, ordering="price", facets=True)
    found = json.loads(catalogue().list(query).facets)["price"]
    assert 2 <= len(found) <= MAX_BUCKETS
    for bucket in found:
        low, high = (round(float(bucket[end]) * 100) if bucket[end] else None for end in ("min", "max"))
        assert catalogue().list(replace(query, min_price=low, max_price=high, facets=False)).count == bucket["count"]


def test_labels_speak_the_language(world):
    facets = json.loads(catalogue().list(ListQuery(ShopContext.now(), facets=True)).facets)
    color = facets["attributes"][0]
    assert (color["code"], color["name"], color["type"]) == ("color", "Color", "color")
    assert color["values"][0] == {"value": "indigo", "label": "Indigo", "count": color["values"][0]["count"],
                                  "hex": "#aabbcc"}  # fmt: skip


def test_the_model_of_the_test_is_the_world(world):
    assert Product.objects.count() == len(world) == 36


def test_buckets_are_few_and_begin_at_round_prices():
    steps = [[n, 10 + n] for n in range(2, 14)]
    found = buckets(steps, "INR")
    assert len(found) == MAX_BUCKETS
    assert sum(bucket["count"] for bucket in found) == sum(count for _step, count in steps)
    assert found[0]["min"] == "2.00"
    for before, after in pairwise(found):
        assert float(after["min"]) == pytest.approx(float(before["max"]) + 0.01)
    assert buckets([[0, 3]], "JPY") == [{"min": "0", "max": "0", "count": 3}]
    assert ladder("JPY")[:4] == [1, 2, 5, 10]


@pytest.mark.django_db
def test_yes_and_no_are_said_in_words():
    make_attribute("washable", {}, type_="boolean")
    make_product("Cup", attributes={"washable": True})
    make_product("Vase", attributes={"washable": False})
    for locale, words in (("en", {"true": "Yes", "false": "No"}), ("hi", {"true": "हाँ", "false": "नहीं"})):
        context = ShopContext.now(locale=locale)
        (facet,) = json.loads(catalogue().facets(ListQuery(context)))["attributes"]
        assert {value["value"]: value["label"] for value in facet["values"]} == words


@pytest.mark.django_db
def test_the_makers_story_is_told_as_plain_text_too(client):
    brand = make_brand("Neer", story="<p>One wheel &amp; one kiln.</p><ul><li>Since <b>1998</b></li></ul>")
    core = make_product("Cup", brand=brand)
    maker = client.get(f"/api/product/{core.pk}/").json()["maker"]
    assert maker["story_text"] == "One wheel & one kiln.\nSince 1998"
