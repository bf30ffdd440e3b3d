import json

import pytest

from catalog.listing.interface import ListQuery, catalogue
from catalog.listing.rules.words import words_in
from shop.core.context import ShopContext
from tests.factories.catalog import make_brand, make_category, make_product, translate, translate_category

pytestmark = pytest.mark.django_db


def find(text, locale="en", **filters):
    page = catalogue().list(ListQuery(ShopContext.now(locale=locale), text=text, **filters))
    return [card["id"] for card in json.loads(page.results)]


def test_by_name_brand_category_sku_and_text():
    lighting = make_category("Lighting", slug="lighting")
    core = make_product(
        "Brass diya", categories=[lighting], brand=make_brand("Moradabad Metal"), sku="OS-DIYA-01",
        summary="Burns for four hours", body=[{"type": "text", "value": "<p>Cast in sand &amp; polished</p>"}],
    )  # fmt: skip
    make_product("Cotton towel")
    for text in ("diya", "DIYAS", "brass diya", "moradabad", "lighting", "OS-DIYA-01", "burning", "polished", "díya"):
        assert find(text) == [core.pk], text
    assert find("brass towel") == [], "all words must be found"
    assert find("diya -brass") == [], "a minus takes away"


def test_the_name_goes_before_the_text():
    in_text = make_product("Wall hook", summary="Holds a mug")
    in_name = make_product("Mug")
    assert find("mug") == [in_name.pk, in_text.pk]


def test_hindi_with_its_endings_and_across_languages():
    tableware = make_category("Tableware", slug="tableware")
    translate_category(tableware, "बर्तन", "bartan")
    core = make_product("Clay cup", categories=[tableware])
    translate(core, "मिट्टी का प्याला", summary="हाथ से बना")
    make_product("Towel")
    for text in ("प्याला", "प्याले", "मिट्टी", "बर्तन", "हाथ", "cup", "clay cups"):
        assert find(text, locale="hi") == [core.pk], text
    assert find("प्याला", locale="en") == [core.pk], "a Hindi name finds it in the English shop too"


def test_a_misspelled_word_is_spelled_again(django_assert_num_queries):
    core = make_product("Stoneware teapot")
    make_product("Towel")
    for text in ("stonware", "tepot", "stonewear teapott", "TEEPOT"):
        with django_assert_num_queries(2):
            page = catalogue().list(ListQuery(ShopContext.now(), text=text))
        assert [card["id"] for card in json.loads(page.results)] == [core.pk], text
        assert page.corrected in ("stoneware", "teapot", "stoneware teapot")
    assert catalogue().list(ListQuery(ShopContext.now(), text="zzzzqq")).count == 0
    assert catalogue().list(ListQuery(ShopContext.now(), text="teapot")).corrected == ""


def test_a_misspelled_search_keeps_its_filters():
    make_product("Teapot", price=10000)
    dear = make_product("Teapot grand", price=90000)
    assert find("teapott", min_price=50000) == [dear.pk]


def test_many_matches_are_shown_by_popularity(monkeypatch):
    monkeypatch.setattr("catalog.listing.statements.RANKED_UP_TO", 2)
    from catalog.listing.models import Placement

    first, second, third = (make_product(f"Mug {n}") for n in range(3))
    Placement.objects.filter(core=second).update(popularity=9)
    assert find("mug") == [second.pk, third.pk, first.pk]


def test_words_of_the_catalogue():
    assert words_in("Clay cup, 2 pcs of का प्याला x OS-12") == {"clay", "cup", "pcs", "प्याला"}


def test_suggestions_know_both_languages():
    core = make_product("Clay cup")
    translate(core, "मिट्टी का प्याला")
    found = json.loads(catalogue().suggest("मिट्", ShopContext.now(locale="hi")))
    assert [product["name"] for product in found["products"]] == ["मिट्टी का प्याला"]
    assert found["queries"] == ["मिट्टी"]
    assert json.loads(catalogue().suggest("clay c", ShopContext.now()))["queries"] == ["clay cup"]
