"""The list of products: what it shows, finds and costs."""

from __future__ import annotations

import io

import pytest
from django.core.files.images import ImageFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.images import get_image_model

from catalog.product.models import Brand, Product
from tests.catalog.backoffice.forms import url
from tests.catalog.product.test_publish import stock
from tests.factories.catalog import translate
from tests.factories.products import make_category, make_product, make_two_sizes

pytestmark = pytest.mark.django_db


def make_image():
    file = io.BytesIO()
    Picture.new("RGB", (120, 120), "navy").save(file, "PNG")
    file.seek(0)
    return get_image_model().objects.create(title="Mug", file=ImageFile(file, name="mug.png"))


def rows(response) -> list[str]:
    return [product.title for product in response.context["object_list"]]


def test_it_shows_picture_sku_price_and_stock(merchandiser):
    product = make_two_sizes(title="Cup", images=[{"image_id": make_image().pk, "alt": "A cup"}])
    stock(product, 30)
    page = "".join(merchandiser.get(url("list")).content.decode().split())
    small = product.core.variants.order_by("position").first()
    assert f"{small.sku}and1more" in page and ">₹50<" in page and ">60<" in page
    assert "mug" in page and "<img" in page and url("edit", product.pk) in page


def test_it_filters_and_searches(merchandiser):
    kitchen = make_category("Kitchen")
    pots = make_category("Pots", parent=kitchen)
    brand = Brand.objects.create(name="Kumhar", slug="kumhar")
    make_product(title="Pot", sku="POT-77", category_ids=[pots.pk], brand_id=brand.pk)
    make_product(title="Lamp", sku="LAMP-1")
    make_product(title="Draft", draft=True)
    for query, found in {
        "?q=POT-7": ["Pot"], "?q=kumh": ["Pot"], "?q=lam": ["Lamp"], f"?brand={brand.pk}": ["Pot"],
        f"?category={kitchen.pk}": ["Pot"], "?live=false": ["Draft"], "?locale=en&live=true&q=p": ["Lamp", "Pot"],
        "?q=nothing": [],
    }.items():  # fmt: skip
        assert sorted(rows(merchandiser.get(url("list") + query))) == found, query
        assert merchandiser.get(url("list_results") + query).status_code == 200


def test_a_product_is_one_row_however_many_languages_it_has(merchandiser):
    product = make_product(title="Pot", sku="POT-77")
    hindi = translate(product.core, "मटका")
    for query, found in {"": ["Pot"], "?q=मटका": ["Pot"], "?locale=hi": ["मटका"], "?locale=hi&q=pot": ["मटका"]}.items():
        assert rows(merchandiser.get(url("list") + query)) == found, query
    page = merchandiser.get(url("list")).content.decode()
    assert url("edit", hindi.pk) in page and url("edit", product.pk) in page


def count(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_list(merchandiser):
    image = make_image()

    def fill(number):
        for _ in range(number):
            product = make_two_sizes(images=[{"image_id": image.pk, "alt": ""}])
            draft = Product.objects.get(pk=product.pk)
            draft.title = "changed"
            draft.save_revision()

    fill(2)
    merchandiser.get(url("list"))
    few = count(merchandiser, url("list"))
    fill(10)
    assert count(merchandiser, url("list")) == few <= 23


def test_the_editor_does_not_ask_per_variant(merchandiser):
    one = make_product()
    many = make_product(variants=[{"sku": f"V{i}", "options": {"size": str(i)}, "price": 100} for i in range(12)])
    merchandiser.get(url("edit", one.pk))
    assert count(merchandiser, url("edit", many.pk)) <= count(merchandiser, url("edit", one.pk)) + 2
