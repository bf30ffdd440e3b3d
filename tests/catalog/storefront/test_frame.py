"""What stands around every page: where its links lead, and what that costs."""

from __future__ import annotations

import pytest
from django.utils import translation

from cms_pages.blocks.links import addresses_of
from cms_pages.context_processors import _links_of
from cms_pages.selectors.frame import SeenFrame
from tests.factories.catalog import make_brand, make_category, make_product, translate_category

pytestmark = pytest.mark.django_db


def test_links_lead_to_pages_products_makers_and_addresses(django_assert_max_num_queries):
    mugs, gifts = make_category("Mugs"), make_category("Gifts")
    translated = translate_category(mugs, "मग", "mag")
    brand, core = make_brand("Studio Neer"), make_product("Cup")
    source = core.contents.get(is_source=True)
    links = [
        {"text": "Mugs", "page": mugs.pk}, {"text": "Gifts", "page": gifts.pk}, {"text": "Cup", "product": source.pk},
        {"text": "Neer", "brand": brand.pk}, {"text": "New", "address": "/search/?ordering=newest"},
        {"text": "Write", "address": "mailto:help@example.com"}, {"text": "Gone", "page": 10**9}, {"text": "Nothing"},
    ]  # fmt: skip
    with django_assert_max_num_queries(2):
        assert addresses_of(links) == [
            mugs.url, gifts.url, f"/product/{source.slug}/", f"/brand/{brand.slug}/", "/search/?ordering=newest",
            "mailto:help@example.com", "", "",
        ]  # fmt: skip
    with translation.override("hi"):
        assert addresses_of(links)[0] == translated.url != mugs.url
        assert addresses_of(links)[2:5] == [
            f"/hi/product/{source.slug}/", f"/hi/brand/{brand.slug}/", "/hi/search/?ordering=newest"]  # fmt: skip


def test_a_frame_is_read_with_ids_of_its_list_items_and_without():
    mugs = make_category("Mugs")
    link = {"text": "Mugs", "page": mugs.pk}
    column = {"title": "Shop", "links": [link, {"type": "item", "value": link, "id": "1"}]}
    frame = SeenFrame("en", "", [], [{"type": "link", "value": link}], [{"type": "column", "value": column}], legal=[])
    shown = {"title": "Mugs", "url": mugs.url}
    assert _links_of(frame) == {
        "nav": [shown], "footer": {"legal": [], "columns": [{"title": "Shop", "links": [shown, shown]}]}}  # fmt: skip
