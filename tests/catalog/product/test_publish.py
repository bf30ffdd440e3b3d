"""wagtail.md B: publishing, reverting, scheduling, copying never harm what orders and stock point at."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from catalog.inventory.models import StockItem, StockMovement
from catalog.inventory.services.ensure_items import ensure_items
from catalog.inventory.services.receive import receive
from catalog.pricing.models import PriceLine
from catalog.product import projection
from catalog.product.errors import NotPublishable, SkuTaken
from catalog.product.models import Product, Variant, VariantSpec
from catalog.product.services.change_product import change_product
from catalog.product.services.publish_due import publish_due
from shop.core.outbox.models import OutboxEvent
from tests.factories.products import make_product, make_two_sizes

pytestmark = pytest.mark.django_db


def stock(product: Product, quantity: int = 60) -> None:
    ids = list(product.core.variants.values_list("pk", flat=True))
    ensure_items(variant_ids=ids)
    for item in StockItem.objects.filter(variant__in=ids):
        receive(stock_item_id=item.pk, quantity=quantity, at=timezone.now(), reason="opening stock")


def live_facts(product: Product) -> dict:
    """Everything that no draft may touch."""
    variants = Variant.objects.filter(core=product.core_id).order_by("pk")
    return {
        "variants": list(variants.values_list("pk", "key")),
        "stock": list(StockItem.objects.order_by("pk").values_list("pk", "variant", "on_hand", "reserved")),
        "prices": list(
            PriceLine.objects.order_by("pk").values_list("pk", "variant", "amount", "valid_from", "valid_to")
        ),
        "ledger": StockMovement.objects.count(),
    }


def draft_of(product: Product) -> Product:
    return Product.objects.get(pk=product.pk).get_latest_revision_as_object()


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


def test_stock_sold_after_the_draft_was_saved_stays_sold():
    product = make_two_sizes()
    stock(product)
    draft = draft_of(product)
    draft.variant_specs.add(VariantSpec(sku="CUP-XL", options={"size": "XL"}, price=12_000, sort_order=2))
    revision = draft.save_revision()
    StockItem.objects.update(on_hand=20)
    before = live_facts(product)
    revision.publish()
    after = live_facts(product)
    assert after["stock"][:2] == before["stock"] and set(after["variants"]) > set(before["variants"])


def test_publishing_again_keeps_variant_ids():
    product = make_two_sizes()
    stock(product)
    before = live_facts(product)
    for _ in range(2):
        Product.objects.get(pk=product.pk).latest_revision.publish()
    assert live_facts(product) == before
    Product.objects.get(pk=product.pk).unpublish()
    Product.objects.get(pk=product.pk).latest_revision.publish()
    assert live_facts(product) == before and Product.objects.get(pk=product.pk).core.is_live


def test_variants_that_orders_point_at_survive_a_publish_and_a_removal():
    product = make_two_sizes()
    stock(product)  # StockItem protects the variant, as order lines do
    before = live_facts(product)
    draft = draft_of(product)
    draft.variant_specs = [draft.variant_specs.all()[0]]
    draft.save_revision().publish()
    assert live_facts(product) == before
    retired = product.core.variants.get(active=False)
    assert retired.retired_at and retired.stock_items.exists()
    with pytest.raises(ProtectedError), transaction.atomic():
        retired.delete()


def test_reverting_retires_and_going_forward_brings_the_same_row_back():
    product = make_two_sizes()
    first = product.latest_revision
    draft = draft_of(product)
    draft.variant_specs.add(VariantSpec(sku="CUP-XL", options={"size": "XL"}, price=12_000, sort_order=2))
    second = draft.save_revision()
    second.publish()
    added = Variant.objects.get(sku="CUP-XL")
    first.as_object().save_revision(previous_revision=first).publish()
    added.refresh_from_db()
    assert not added.active and added.retired_at
    second.refresh_from_db()
    second.as_object().save_revision(previous_revision=second).publish()
    again = Variant.objects.get(sku="CUP-XL")
    assert (again.pk, again.key, again.active, again.retired_at) == (added.pk, added.key, True, None)


def test_a_revision_whose_sku_went_to_another_product_is_refused_whole():
    product = make_product(sku="LAMP", price=5_000)
    change_product(product_id=product.core_id, fields={"sku": "LAMP-2"})
    make_product(sku="LAMP", price=7_000)
    old = product.revisions.order_by("pk").first()
    with pytest.raises(SkuTaken), transaction.atomic():
        old.as_object().save_revision(previous_revision=old).publish()
    assert product.core.variants.get().sku == "LAMP-2"
    assert Variant.objects.filter(sku="LAMP", active=True).count() == 1


def test_a_taken_sku_rolls_the_whole_publish_back():
    make_product(sku="LAMP", price=5_000)
    other = make_product(sku="LAMP", price=7_000, draft=True)
    before = OutboxEvent.objects.count()
    with pytest.raises(SkuTaken), transaction.atomic():
        other.latest_revision.publish()
    other = Product.objects.get(pk=other.pk)
    assert not other.live and not other.core.is_live and not other.core.variants.exists()
    assert OutboxEvent.objects.count() == before


def test_variants_may_swap_their_skus():
    product = make_two_sizes()
    small, large = product.core.variants.order_by("position")
    draft = draft_of(product)
    one, two = draft.variant_specs.all()
    one.sku, two.sku = two.sku, one.sku
    draft.variant_specs = [one, two]
    draft.save_revision().publish()
    assert Variant.objects.get(pk=small.pk).sku == large.sku and Variant.objects.get(pk=large.pk).sku == small.sku


def test_a_schedule_changes_nothing_until_its_time_and_then_only_what_it_says():
    product = make_two_sizes()
    stock(product)
    draft = draft_of(product)
    draft.title, draft.go_live_at = "Cup for the feast", timezone.now() + timedelta(hours=1)
    revision = draft.save_revision()
    revision.publish()
    assert Product.objects.get(pk=product.pk).title == product.title
    StockItem.objects.update(on_hand=30)
    before = live_facts(product)
    assert publish_due(at=timezone.now()) == 0
    Product._meta.get_field("title")
    revision.refresh_from_db()
    make_due(revision)
    assert publish_due(at=timezone.now()) == 1
    assert Product.objects.get(pk=product.pk).title == "Cup for the feast" and live_facts(product) == before


def make_due(revision) -> None:
    past = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save(update_fields=["content", "approved_go_live_at"])


@pytest.mark.parametrize(
    "spec",
    [{"price": 10_000, "compare_at_price": 10_000}, {"price": None, "compare_at_price": 500}],
)
def test_compare_at_must_be_above_the_price(spec):
    with pytest.raises(NotPublishable) as refused:
        make_product(variants=[{"sku": "X", **spec}])
    assert "compare-at" in refused.value.errors["variants"][0]
    assert not Product.objects.exists() and not Variant.objects.exists()


def test_a_product_without_variant_is_not_published():
    with pytest.raises(NotPublishable):
        make_product(variants=[])
    assert not Product.objects.exists()


def test_projectors_run_in_order_inside_the_transaction(monkeypatch):
    seen = []
    monkeypatch.setattr(projection, "_projectors", [])
    projection.projector(order=20)(lambda projected: seen.append(("stock", len(projected.specs))))
    projection.projector(order=10)(lambda projected: seen.append(("price", projected.core.is_live)))
    make_two_sizes()
    assert seen == [("price", True), ("stock", 2)]


def test_a_failing_projector_takes_everything_back(monkeypatch):
    def fail(projected):
        raise RuntimeError("no")

    monkeypatch.setattr(projection, "_projectors", [(10, fail)])
    product = make_product(draft=True)
    with pytest.raises(RuntimeError), transaction.atomic():
        product.latest_revision.publish()
    assert not Product.objects.get(pk=product.pk).live and not Variant.objects.exists()


def test_a_deleted_draft_leaves_the_core():
    product = make_product(draft=True)
    core = product.core
    product.delete()
    core.refresh_from_db()
    assert core.key == product.translation_key
    assert uuid.UUID(str(core.key))
