import pytest
from django.conf import settings

from tests.factories.catalog import make_brand, make_category, make_product, translate

pytestmark = pytest.mark.django_db


def test_the_sitemap_lists_products_categories_and_makers(client):
    make_category("Table", slug="table")
    core = make_product("Mug", slug="mug", brand=make_brand(slug="khurja"))
    translate(core, "मग", slug="mag")
    make_product("Bowl", slug="bowl")
    index = client.get("/sitemap.xml").content.decode()
    assert "sitemap-products.xml" in index
    products = client.get("/sitemap-products.xml").content.decode()
    for path in ("/product/mug/", "/hi/product/mag/", "/product/bowl/"):
        assert f"<loc>{settings.SITE_URL}{path}</loc>" in products
    assert "/hi/product/bowl/" not in products, "no translation, no entry"
    assert f'hreflang="hi" href="{settings.SITE_URL}/hi/product/mag/"' in products
    assert f"<loc>{settings.SITE_URL}/table/</loc>" in client.get("/sitemap-categories.xml").content.decode()
    assert "/hi/brand/khurja/" in client.get("/sitemap-makers.xml").content.decode()
