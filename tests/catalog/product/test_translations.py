"""wagtail.md C: a translation shares the core; nothing that happens to it reaches variants, prices or stock."""

from __future__ import annotations

import pytest
from django.db import transaction
from wagtail.models import Locale

from catalog.inventory.models import StockItem
from catalog.product.models import Product, Variant
from catalog.product.selectors import content_of, content_row, why_kept
from catalog.product.services.change_product import change_product
from catalog.product.services.copy_product import copy_product
from catalog.product.services.make_source import make_source
from catalog.product.services.translate_product import translate_product
from catalog.product.services.unpublish_product import unpublish_product
from shop.core.errors import Conflict, Invalid
from shop.core.outbox.models import OutboxEvent
from tests.catalog.product.test_publish import live_facts, stock
from tests.factories.products import make_category, make_product, make_two_sizes

pytestmark = pytest.mark.django_db


@pytest.fixture
def hindi(db):
    return Locale.objects.get_or_create(language_code="hi")[0]


def translated(product: Product, title: str = "प्याला") -> Product:
    copy = translate_product(product_id=product.core_id, locale="hi")
    copy.title = title
    copy.save()
    copy.save_revision().publish()
    return Product.objects.get(pk=copy.pk)


def test_a_translation_begins_as_a_draft_with_the_same_core_and_no_variants(hindi):
    product = make_two_sizes(attributes={"material": "clay"})
    before = live_facts(product)
    copy = translate_product(product_id=product.core_id, locale="hi")
    assert (copy.core_id, copy.is_source, copy.live) == (product.core_id, False, False)
    assert (copy.live_revision_id, copy.slug, copy.title) == (None, product.slug, product.title)
    assert not copy.variant_specs.exists() and copy.attributes == {} and not copy.category_links.exists()
    assert live_facts(product) == before and Product.objects.get(pk=product.pk).live
    with pytest.raises(Conflict):
        translate_product(product_id=product.core_id, locale="hi")
    with pytest.raises(Invalid):
        translate_product(product_id=product.core_id, locale="xx")


def test_publishing_editing_reverting_and_deleting_a_translation_touches_no_live_row(hindi):
    product = make_two_sizes(attributes={"material": "clay"})
    stock(product)
    before = live_facts(product)
    hindi_row = translated(product)
    first = hindi_row.latest_revision
    change_product(product_id=product.core_id, fields={"title": "कप"}, locale="hi")
    first.as_object().save_revision(previous_revision=first).publish()
    assert live_facts(product) == before
    assert Variant.objects.filter(active=True).count() == 2
    assert product.core.__class__.objects.get(pk=product.core_id).attributes == {"material": "clay"}
    hindi_row.delete()
    assert live_facts(product) == before


def test_a_translation_cannot_carry_variants_or_shared_facts_even_if_its_draft_does(hindi):
    product = make_product(sku="ONE", attributes={"material": "clay"})
    row = translated(product)
    revision = row.latest_revision
    revision.content["variant_specs"] = product.latest_revision.content["variant_specs"]
    revision.content["attributes"] = {"material": "gold"}
    revision.save()
    revision.publish()
    row = Product.objects.get(pk=row.pk)
    assert not row.variant_specs.exists() and row.attributes == {}
    assert Variant.objects.get().active and row.core.attributes == {"material": "clay"}


def test_what_the_source_publishes_holds_in_every_language(hindi):
    product = make_product(price=10_000)
    stock(product)
    row = translated(product)
    StockItem.objects.update(on_hand=41)
    change_product(product_id=product.core_id, fields={"attributes": {"material": "brass"}, "price": 7_000})
    assert content_row(row.core_id, "hi").core.attributes == {"material": "brass"}
    assert StockItem.objects.get().on_hand == 41
    found = content_of([product.core_id], "hi")[product.core_id]
    assert found == row and found.title == "प्याला"


def test_a_missing_translation_falls_back_and_an_unpublished_source_is_gone_everywhere(hindi):
    product = make_product()
    assert content_of([product.core_id], "hi")[product.core_id].locale.language_code == "en"
    row = translated(product)
    unpublish_product(product_id=product.core_id, locale="hi")
    assert product.core.__class__.objects.get(pk=product.core_id).is_live
    assert content_of([product.core_id], "hi")[product.core_id] == product
    row.refresh_from_db()
    row.latest_revision.publish()
    unpublish_product(product_id=product.core_id)
    assert content_of([product.core_id], "hi") == {} == content_of([product.core_id], "en")
    assert OutboxEvent.objects.filter(name="product.unpublished").count() == 2


def test_the_source_with_translations_is_kept_and_a_translation_is_not(hindi):
    product = make_product(draft=True)
    assert why_kept(product) == ""
    copy = translate_product(product_id=product.core_id, locale="hi")
    assert why_kept(product) and not why_kept(copy)
    assert why_kept(make_product())


def test_the_source_may_move_to_another_language_without_touching_live_rows(hindi):
    category = make_category()
    product = make_two_sizes(attributes={"material": "clay"}, category_ids=[category.pk])
    stock(product)
    row = translated(product)
    before = live_facts(product)
    new = make_source(product_id=product.core_id, locale="hi")
    old = Product.objects.get(pk=product.pk)
    assert new.pk == row.pk and new.is_source and not old.is_source
    assert new.variant_specs.count() == 2 and not old.variant_specs.exists()
    assert new.attributes == {"material": "clay"} and old.attributes == {}
    assert live_facts(product) == before and Variant.objects.filter(active=True).count() == 2
    old.latest_revision.publish()
    assert not Product.objects.get(pk=old.pk).variant_specs.exists()
    assert live_facts(product) == before and Variant.objects.filter(active=True).count() == 2
    change_product(product_id=product.core_id, fields={"attributes": {"material": "tin"}})
    assert new.core.__class__.objects.get(pk=new.core_id).attributes == {"material": "tin"}


def test_the_source_does_not_move_while_drafts_wait(hindi):
    product = make_product()
    translate_product(product_id=product.core_id, locale="hi")
    with pytest.raises(Conflict), transaction.atomic():
        make_source(product_id=product.core_id, locale="hi")
    assert Product.objects.get(pk=product.pk).is_source


def test_a_copy_is_a_new_product_without_skus_and_stock():
    product = make_two_sizes(attributes={"material": "clay"})
    stock(product)
    before = live_facts(product)
    copy = copy_product(product_id=product.core_id)
    assert copy.core_id != product.core_id and not copy.live and copy.slug != product.slug
    keys = set(copy.variant_specs.values_list("key", flat=True))
    assert [spec.sku for spec in copy.variant_specs.all()] == ["", ""]
    assert not keys & set(product.variant_specs.values_list("key", flat=True))
    assert live_facts(product) == before and copy.attributes == {"material": "clay"}
