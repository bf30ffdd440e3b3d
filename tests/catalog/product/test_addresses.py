"""A changed slug leaves a redirect behind; slugs are unique per language."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from catalog.product.errors import SlugTaken
from catalog.product.models import Brand, Product
from catalog.product.selectors import category_ids, source_category, why_category_kept
from catalog.product.services.change_product import change_product
from catalog.product.services.create_product import create_product
from catalog.product.services.translate_product import translate_product
from catalog.product.services.unpublish_product import unpublish_product
from shop.core.errors import Invalid
from shop.core.outbox.models import OutboxEvent
from tests.factories.products import make_category, make_product

pytestmark = pytest.mark.django_db


def redirects() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old_path", "redirect_link"))


def rename(product: Product, slug: str) -> None:
    change_product(product_id=product.core_id, fields={"slug": slug})


def test_a_renamed_product_redirects_also_over_several_steps_and_back():
    product = make_product(slug="one")
    rename(product, "two")
    rename(product, "three")
    assert redirects() == {"/product/one": "/product/three/", "/product/two": "/product/three/"}
    rename(product, "one")
    assert redirects() == {"/product/two": "/product/one/", "/product/three": "/product/one/"}


def test_a_draft_and_a_never_published_slug_leave_no_redirect():
    product = make_product(slug="one", draft=True)
    change_product(product_id=product.core_id, fields={"slug": "two"}, draft=True)
    change_product(product_id=product.core_id, fields={"slug": "three"})
    assert redirects() == {} and Product.objects.get().live


def test_a_slug_changed_while_off_sale_redirects_when_it_comes_back():
    product = make_product(slug="one")
    unpublish_product(product_id=product.core_id)
    rename(product, "two")
    assert redirects() == {}
    change_product(product_id=product.core_id, fields={}, publish=True)
    assert redirects() == {"/product/one": "/product/two/"}


def test_translations_redirect_under_their_language():
    Locale.objects.get_or_create(language_code="hi")
    product = make_product(slug="one")
    copy = translate_product(product_id=product.core_id, locale="hi")
    copy.latest_revision.publish()
    change_product(product_id=product.core_id, fields={"slug": "do"}, locale="hi")
    assert redirects() == {"/hi/product/one": "/hi/product/do/"}


def test_the_redirect_answers_a_browser(client):
    product = make_product(slug="kya")
    rename(product, "नीला")
    rename(product, "हरा")
    response = client.get("/product/नीला/")
    assert response.status_code == 301 and unquote(response.url) == "/product/हरा/"


def test_a_renamed_brand_redirects():
    brand = Brand.objects.create(name="Osari", slug="osari")
    brand.slug = "osari-home"
    brand.save_revision().publish()
    assert redirects() == {"/brand/osari": "/brand/osari-home/"}


def test_slugs_are_made_of_the_title_in_its_own_script_and_stay_unique():
    first = make_product(title="नीला प्याला")
    second = make_product(title="नीला प्याला")
    assert (first.slug, second.slug) == ("नीला-प्याला", "नीला-प्याला-2")
    with pytest.raises(Invalid) as refused:
        create_product(fields={"title": "x", "slug": first.slug, "sku": "Z", "price": 1})
    assert set(refused.value.errors) == {"slug"}
    for draft in (False, True):
        with pytest.raises(SlugTaken), transaction.atomic():
            change_product(product_id=second.core_id, fields={"slug": first.slug}, draft=draft)
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=second.pk).update(slug=first.slug)


def test_a_category_slug_is_unique_over_the_whole_shop_in_its_language():
    kitchen, garden = make_category("Kitchen"), make_category("Garden")
    make_category("Pots", parent=kitchen)
    with pytest.raises(ValidationError) as refused:
        make_category("Pots", parent=garden, slug="pots")
    assert "slug" in refused.value.message_dict


def test_categories_tell_of_changes_and_know_their_tree():
    kitchen = make_category("Kitchen")
    pots = make_category("Pots", parent=kitchen)
    assert set(category_ids(kitchen)) == {kitchen.pk, pots.pk} and category_ids(pots) == [pots.pk]
    assert source_category(pots) == pots and why_category_kept(kitchen) and not why_category_kept(pots)
    make_product(category_ids=[pots.pk])
    assert why_category_kept(pots)
    pots.save_revision().publish()
    garden = make_category("Garden")
    pots.move(garden, pos="last-child")
    kitchen.refresh_from_db()
    kitchen.delete()
    told = OutboxEvent.objects.filter(name="category.changed").values_list("aggregate", flat=True)
    assert list(told)[:2] == [f"category:{pots.pk}"] * 2 and set(told[2:]) == {f"category:{kitchen.pk}"}


def test_an_unknown_category_is_refused():
    with pytest.raises(Invalid) as refused:
        make_product(category_ids=[987_654])
    assert set(refused.value.errors) == {"category"} and not Product.objects.exists()
