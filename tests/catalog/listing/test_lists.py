import json

import pytest

from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.postgres import cards_for
from shop.core.context import ShopContext
from shop.core.errors import NotThere
from tests.factories.catalog import make_brand, make_category, make_product, translate

pytestmark = pytest.mark.django_db


def ask(currency="INR", locale="en", **filters):
    page = catalogue().list(ListQuery(ShopContext.now(currency=currency, locale=locale), **filters))
    return page.count, json.loads(page.results)


def names(**filters):
    return [card["name"] for card in ask(**filters)[1]]


def test_a_card_is_the_product_of_the_api_with_its_stock_of_now():
    table = make_category("Table")
    mugs = make_category("Mugs", parent=table)
    brand = make_brand("Khurja Pottery", place="Khurja")
    core = make_product(categories=[mugs], brand=brand, price=129900, compare_at=159900, stock=3, summary="Two lines")
    count, [card] = ask()
    assert count == 1
    assert card == {
        "id": core.pk, "name": "Chai mug", "slug": f"piece-{core.pk}", "sku": f"OS-{core.pk}-0",
        "description": "Two lines", "price": "1299.00", "compare_at_price": "1599.00", "currency": "INR",
        "price_includes_tax": True, "tax_rate": "18.00", "category": mugs.pk, "categories": [mugs.pk],
        "brand": "Khurja Pottery", "rating": None, "review_count": 0, "image": None, "url": f"/product/piece-{core.pk}/",
        "lang": "", "maker_place": "Khurja Pottery, Khurja", "swatches": [], "is_new": False, "price_from": False,
        "price_text": "₹1,299", "compare_at_text": "₹1,599", "percent_off": 19, "stock": 3, "in_stock": True,
        "low_stock": 3,
    }  # fmt: skip


def test_a_list_costs_one_query_and_a_shelf_by_its_own_order_two(django_assert_num_queries):
    table = make_category("Table")
    for _ in range(3):
        make_product(categories=[table])
    with django_assert_num_queries(1):
        ask()
    with django_assert_num_queries(1):
        ask(text="mug", facets=True, category=table.pk)
    with django_assert_num_queries(2):
        ask(category=table.pk, facets=True)
    with django_assert_num_queries(1):
        cards_for([1, 2, 3], ShopContext.now())


def test_a_category_holds_what_stands_on_the_shelves_below_it():
    table = make_category("Table", slug="table")
    mugs = make_category("Mugs", parent=table)
    lamps = make_category("Lamps")
    make_product("Mug", categories=[mugs])
    make_product("Lamp", categories=[lamps])
    assert names(category=table.pk) == ["Mug"] == names(category="table") == names(category=mugs.pk)
    assert names(category="nowhere") == [] == names(category=10**9)


def test_orderings():
    for name, price, age in [("b", 300, 3), ("A", 100, 1), ("c", None, 2)]:
        make_product(name, price=price, days_old=age)
    assert names(ordering="price") == ["A", "b", "c"]
    assert names(ordering="-price") == ["b", "A", "c"], "what has no price comes last both ways"
    assert names(ordering="name") == ["A", "b", "c"]
    assert names(ordering="-name") == ["c", "b", "A"]
    assert names() == names(ordering="newest") == ["A", "c", "b"]
    assert len(names(ordering="popular")) == len(names(ordering="rating")) == len(names(ordering="relevance")) == 3


def test_the_order_of_a_category_is_the_merchandisers():
    cheap = make_category("Cheap", default_sort="price")
    for name, price in [("dear", 300), ("cheap", 100)]:
        make_product(name, price=price, categories=[cheap])
    assert names(category=cheap.pk) == ["cheap", "dear"]


def test_pages():
    for number in range(5):
        make_product(f"p{number}", days_old=number)
    assert names(page=2, page_size=2) == ["p2", "p3"]
    assert ask(page=3, page_size=2)[0] == 5
    with pytest.raises(NotThere):
        ask(page=4, page_size=2)


def test_a_currency_without_price_lists_without_selling():
    core = make_product(stock=5, prices={"USD": 899})
    make_product("Rupees only", stock=5, price=10000)
    dollars = {card["name"]: card for card in ask(currency="USD")[1]}
    assert (dollars["Chai mug"]["price"], dollars["Chai mug"]["stock"]) == ("8.99", 5)
    assert dollars["Rupees only"]["price"] is None
    assert (dollars["Rupees only"]["stock"], dollars["Rupees only"]["in_stock"]) == (0, False)
    assert [card["id"] for card in ask(currency="USD", in_stock=True)[1]] == [core.pk]


def test_a_language_without_translation_shows_the_source_and_says_so():
    core = make_product("Mug")
    assert ask(locale="hi")[1][0]["lang"] == "en"
    translate(core, "मग", slug="mag")
    card = ask(locale="hi")[1][0]
    assert (card["name"], card["url"], card["lang"]) == ("मग", "/hi/product/mag/", "")
    assert ask()[1][0]["name"] == "Mug"


def test_variants_speak_through_the_cheapest():
    make_product(options=[{"size": "S"}, {"size": "M"}], stock=2)
    card = ask()[1][0]
    assert (card["sku"], card["price_from"], card["stock"]) == (None, False, 4)


def test_a_product_off_sale_leaves_every_shelf():
    table = make_category("Table")
    core = make_product(categories=[table])
    core.contents.update(live=False)
    from catalog.listing.services.refresh import refresh

    refresh([core.pk])
    assert ask() == (0, []) == ask(category=table.pk)
    assert catalogue().detail(core.pk, ShopContext.now()) is None


def test_detail_is_one_query_with_variants_and_their_stock(django_assert_num_queries):
    core = make_product(options=[{"size": "S"}, {"size": "M"}], stock=2, price=5000)
    with django_assert_num_queries(1):
        detail = json.loads(catalogue().detail(core.pk, ShopContext.now()))
    assert [v["options"] for v in detail["variants"]] == [{"size": "S"}, {"size": "M"}]
    assert [(v["price"], v["stock"], v["in_stock"]) for v in detail["variants"]] == [("50.00", 2, True)] * 2
    assert {"images", "attributes", "seo", "related", "body", "stock"} <= set(detail)
