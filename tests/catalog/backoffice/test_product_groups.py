"""Who sees and edits what. Child rows are read-only for those who may not edit them, never lost (wagtail #14615)."""

from __future__ import annotations

import pytest

from catalog.product.models import Attribute, Product
from tests.catalog.backoffice.forms import editing, product_form, url
from tests.factories.products import make_category, make_product, make_two_sizes

pytestmark = pytest.mark.django_db
SCREENS = ("edit", "history", "unpublish", "delete", "copy", "translate", "make_source")


@pytest.mark.parametrize("name", SCREENS)
def test_support_and_viewers_are_turned_away(support, viewer, client, name):
    product = make_product()
    before = Product.objects.values().get()
    for who in (support, viewer, client):
        for method in (who.get, who.post):
            assert method(url(name, product.pk)).status_code in (302, 403)
    assert Product.objects.values().get() == before
    assert support.get(url("list")).status_code == 302


def test_a_viewer_may_look(viewer):
    product = make_product()
    assert viewer.get(url("list")).status_code == 200
    assert viewer.get(url("inspect", product.pk)).status_code == 200
    assert viewer.post(url("add"), product_form()).status_code == 302
    assert Product.objects.count() == 1


@pytest.mark.parametrize("is_draft", [True, False])
@pytest.mark.parametrize("action", [{}, {"action-publish": "1"}])
def test_who_may_only_write_texts_sees_rows_but_cannot_change_or_lose_them(texts_only, is_draft, action):
    category = make_category()
    product = make_two_sizes(category_ids=[category.pk]) if not is_draft else make_product(
        draft=True, category_ids=[category.pk]
    )  # fmt: skip
    before = list(product.variant_specs.order_by("pk").values())
    page = texts_only.get(url("edit", product.pk)).content.decode()
    assert before[0]["sku"] in page and "not change them" in page and "variant_specs-TOTAL_FORMS" not in page
    data = editing(product, title="New words", variants=[], categories=[], **action)
    response = texts_only.post(url("edit", product.pk), data)
    assert response.status_code == 302, response.context["form"].errors
    now = Product.objects.get(pk=product.pk)
    assert now.get_latest_revision_as_object().title == "New words"
    assert list(now.variant_specs.order_by("pk").values()) == before
    assert [link.category_id for link in now.category_links.all()] == [category.pk]
    content = now.latest_revision.content
    assert [spec["sku"] for spec in content["variant_specs"]] == [row["sku"] for row in before]
    if action:
        assert now.live and now.core.variants.filter(active=True).count() == len(before)


def test_a_translation_shows_its_texts_only_and_saves_them(merchandiser, admin_client):
    from wagtail.models import Locale

    Locale.objects.get_or_create(language_code="hi")
    product = make_two_sizes()
    response = merchandiser.post(url("translate", product.pk), {"locale": "hi"})
    copy = Product.objects.get(is_source=False)
    assert response.url == url("edit", copy.pk)
    page = merchandiser.get(url("edit", copy.pk)).content.decode()
    assert "variant_specs" not in page and 'name="attributes-codes"' not in page and 'name="title"' in page
    data = editing(copy, title="प्याला", **{"action-publish": "1"})
    response = merchandiser.post(url("edit", copy.pk), data)
    assert response.status_code == 302, response.context["form"].errors
    copy.refresh_from_db()
    assert copy.live and copy.title == "प्याला" and product.core.variants.filter(active=True).count() == 2
    assert merchandiser.post(url("make_source", copy.pk)).url == url("edit", copy.pk)
    assert Product.objects.get(pk=copy.pk).variant_specs.count() == 2


def test_copying_in_the_admin(merchandiser):
    product = make_two_sizes()
    response = merchandiser.post(url("copy", product.pk))
    copy = Product.objects.get(title__contains="(copy)")
    assert response.url == url("edit", copy.pk) and merchandiser.get(response.url).status_code == 200


@pytest.mark.parametrize("model", ["brand", "attribute", "taxclass"])
def test_the_other_screens_open(merchandiser, support, model):
    for name in ("list", "add"):
        assert merchandiser.get(url(name, model=model)).status_code == 200
        assert support.get(url(name, model=model)).status_code == 302


def test_an_attribute_with_values_is_made(merchandiser):
    from wagtail.test.utils.form_data import inline_formset, nested_form_data

    rows = [{"value": "indigo", "label": "Indigo", "swatch": "#223377"}]
    data = nested_form_data({"name": "Color", "code": "color", "type": "color", "unit": "", "position": "0",
                             "is_option": "on", "values": inline_formset(rows)})  # fmt: skip
    response = merchandiser.post(url("add", model="attribute"), data)
    assert response.status_code == 302, response.context["form"].errors
    assert Attribute.objects.get().values.get().swatch == "#223377"
    data["code"] = "color"
    assert merchandiser.post(url("add", model="attribute"), data).status_code == 200
    assert Attribute.objects.count() == 1
