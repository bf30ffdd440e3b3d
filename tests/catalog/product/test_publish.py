"""wagtail.md B: publishing, reverting, scheduling, copying never harm what orders and stock point at."""

from __future__ import annotations

import pytest

from catalog.product.models import Product, Variant
from shop.core.outbox.models import OutboxEvent
from tests.factories.products import make_product, make_two_sizes

pytestmark = pytest.mark.django_db


def test_publishing_makes_live_rows():
    product = make_two_sizes(attributes={"material": "stoneware"})
    core = product.core
    assert product.live and core.is_live and core.published_at and core.version == 1
    assert core.attributes == {"material": "stoneware"}
    assert [v.options for v in core.variants.order_by("position")] == [{"size": "S"}, {"size": "L"}]
    event = OutboxEvent.objects.get(name="product.published")
    assert event.payload == {"product_id": core.pk, "locale": "en"}


def test_a_draft_makes_no_live_row():
    product = make_product(draft=True)
    assert not product.live and not product.core.is_live
    assert not Variant.objects.exists() and not OutboxEvent.objects.filter(name="product.published").exists()


def test_publishing_again_keeps_variant_ids():
    product = make_two_sizes()
    before = list(product.core.variants.order_by("pk").values_list("pk", "key", "sku"))
    for _ in range(2):
        Product.objects.get(pk=product.pk).latest_revision.publish()
    assert list(product.core.variants.order_by("pk").values_list("pk", "key", "sku")) == before
