"""Decision 1: a draft remembers its base; stale drafts and schedules never bring an old price or text back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from catalog.product.errors import DraftConflict
from catalog.product.models import DraftBase, Product, Variant
from catalog.product.services.change_product import change_product
from catalog.product.services.publish_due import FAILED, publish_due
from catalog.product.services.unpublish_product import unpublish_product
from shop.core.errors import Invalid, NotThere
from tests.catalog.product.test_publish import draft_of, make_due
from tests.factories.products import make_product, make_two_sizes

pytestmark = pytest.mark.django_db


def live(product: Product) -> Product:
    return Product.objects.get(pk=product.pk)


def price_of(product: Product) -> int:
    return live(product).variant_specs.get().price


def save_draft(product: Product, **fields):
    draft = draft_of(product)
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


def test_a_price_corrected_meanwhile_survives_the_publication_of_an_older_draft():
    product = make_product(price=10_000)
    change_product(product_id=product.core_id, fields={"summary": "waits"}, draft=True)
    change_product(product_id=product.core_id, fields={"price": 12_000})
    assert live(product).summary == "" and live(product).has_unpublished_changes
    live(product).latest_revision.publish()
    assert (live(product).summary, price_of(product)) == ("waits", 12_000)


def test_a_stale_draft_of_another_branch_brings_only_what_it_changed():
    product = make_product(title="Bowl", price=10_000)
    stale = save_draft(product, title="Bowl of autumn")
    other = Product.objects.get(pk=product.pk)
    other.apart_from_drafts, other.summary = True, "New glaze"
    other.save_revision().publish()
    stale.refresh_from_db()
    stale.publish()
    assert (live(product).title, live(product).summary) == ("Bowl of autumn", "New glaze")


def test_a_field_changed_on_both_sides_is_a_conflict_and_changes_nothing():
    product = make_product(title="Bowl")
    stale = save_draft(product, title="Bowl of autumn")
    other = Product.objects.get(pk=product.pk)
    other.apart_from_drafts, other.title = True, "Bowl of spring"
    other.save_revision().publish()
    with pytest.raises(DraftConflict) as refused, transaction.atomic():
        stale.publish()
    assert refused.value.status == 409 and refused.value.code == "draft_conflict"
    assert refused.value.members["conflicts"] == [
        {"field": "title", "yours": "Bowl of autumn", "theirs": "Bowl of spring"}
    ]
    assert live(product).title == "Bowl of spring"


def test_a_draft_begun_on_a_published_draft_does_not_conflict_with_it():
    product = make_product(title="A")
    first = save_draft(product, title="B")
    second = save_draft(product, title="C")
    first.publish()
    assert live(product).title == "B" and live(product).has_unpublished_changes
    second.publish()
    assert live(product).title == "C"


def test_publishing_an_old_revision_again_undoes_nothing():
    product = make_product(title="A", price=10_000)
    first = save_draft(product, title="B")
    first.publish()
    change_product(product_id=product.core_id, fields={"title": "C", "price": 13_000})
    first.refresh_from_db()
    first.publish()
    assert (live(product).title, price_of(product)) == ("C", 13_000)


def test_an_editor_whose_form_is_older_than_the_latest_draft_loses_nobodys_work():
    product = make_product(title="A")
    opened_on = product.latest_revision
    mine = draft_of(product)
    save_draft(product, summary="theirs").publish()
    mine.begun_from, mine.title = opened_on, "mine"
    mine.save_revision().publish()
    assert (live(product).title, live(product).summary) == ("mine", "theirs")


def test_two_editors_at_the_same_field_conflict_and_one_may_overrule():
    product = make_product(title="A")
    opened_on = product.latest_revision
    mine = draft_of(product)
    save_draft(product, title="theirs", summary="kept").publish()
    mine.begun_from, mine.title = opened_on, "mine"
    count = product.revisions.count()
    with pytest.raises(DraftConflict), transaction.atomic():
        mine.save_revision()
    assert product.revisions.count() == count
    mine.overrule_newer = True
    mine.save_revision().publish()
    assert (live(product).title, live(product).summary) == ("mine", "kept")


@pytest.mark.parametrize("waits", ["draft", "schedule"])
def test_a_change_by_program_reaches_live_product_and_waiting_draft_alike(waits):
    product = make_product(title="A", price=10_000)
    draft = draft_of(product)
    draft.title = "B"
    if waits == "schedule":
        draft.go_live_at = timezone.now() + timedelta(hours=1)
    revision = draft.save_revision()
    if waits == "schedule":
        revision.publish()
    change_product(product_id=product.core_id, fields={"price": 11_000})
    now = live(product)
    assert (now.title, price_of(product), now.has_unpublished_changes) == ("A", 11_000, True)
    pending = now.latest_revision
    assert pending.content["title"] == "B" and pending.content["variant_specs"][0]["price"] == 11_000
    if waits == "schedule":
        assert now.scheduled_revision == pending
        make_due(pending)
        assert publish_due(at=timezone.now()) == 1
    else:
        pending.publish()
    assert (live(product).title, price_of(product)) == ("B", 11_000)
    assert Variant.objects.count() == 1


def test_the_same_field_changed_by_program_is_no_conflict_for_the_draft():
    product = make_product(title="A")
    save_draft(product, title="B", summary="s")
    change_product(product_id=product.core_id, fields={"title": "C"})
    live(product).latest_revision.publish()
    assert (live(product).title, live(product).summary) == ("C", "s")


def test_schedule_and_newer_draft_are_both_kept_by_a_change():
    product = make_product(title="A", price=10_000)
    scheduled = save_draft(product, title="B", go_live_at=timezone.now() + timedelta(hours=1))
    scheduled.publish()
    change_product(product_id=product.core_id, fields={"title": "C"}, draft=True)
    change_product(product_id=product.core_id, fields={"price": 11_000})
    due = live(product).scheduled_revision
    assert due.content["title"] == "B" and live(product).latest_revision.content["title"] == "C"
    make_due(due)
    publish_due(at=timezone.now())
    assert (live(product).title, price_of(product)) == ("B", 11_000)
    latest = live(product).latest_revision
    latest.content["go_live_at"] = None
    latest.save()
    latest.publish()
    assert (live(product).title, price_of(product)) == ("C", 11_000)


def test_a_schedule_that_conflicts_loses_its_date_and_the_others_go_on():
    from wagtail.models import ModelLogEntry

    stuck, fine = make_product(title="A"), make_product(title="D")
    soon = timezone.now() + timedelta(hours=1)
    for product in (stuck, fine):
        save_draft(product, title="scheduled", go_live_at=soon).publish()
    other = Product.objects.get(pk=stuck.pk)
    other.apart_from_drafts, other.title = True, "meanwhile"
    revision = other.save_revision()
    Product.objects.filter(pk=stuck.pk).update(title="meanwhile")
    revision.delete()
    for product in (stuck, fine):
        make_due(live(product).scheduled_revision)
    assert publish_due(at=timezone.now()) == 1
    assert live(stuck).title == "meanwhile" and live(stuck).scheduled_revision is None
    assert live(fine).title == "scheduled"
    assert ModelLogEntry.objects.filter(action=FAILED, object_id=str(stuck.pk)).count() == 1
    assert publish_due(at=timezone.now()) == 0


def test_expired_products_leave_the_shop():
    product = make_product(expire_at=None)
    Product.objects.filter(pk=product.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert publish_due(at=timezone.now()) == 1
    assert not live(product).live and live(product).expired and not live(product).core.is_live
    assert Variant.objects.filter(active=True).count() == 1


def test_taking_off_sale_twice_is_once_and_a_change_does_not_bring_it_back():
    product = make_product(title="A")
    for _ in range(2):
        unpublish_product(product_id=product.core_id)
    assert not live(product).live and not product.core.__class__.objects.get(pk=product.core_id).is_live
    change_product(product_id=product.core_id, fields={"title": "B"})
    assert not live(product).live and live(product).title == "B"
    change_product(product_id=product.core_id, fields={"price": 9_900}, publish=True)
    assert live(product).live and price_of(product) == 9_900 and live(product).title == "B"
    with pytest.raises(NotThere):
        unpublish_product(product_id=999_999)


def test_price_at_the_top_is_refused_for_several_variants():
    product = make_two_sizes()
    before = list(live(product).variant_specs.values_list("price", flat=True))
    with pytest.raises(Invalid) as refused:
        change_product(product_id=product.core_id, fields={"price": 1})
    assert set(refused.value.errors) == {"price"}
    assert list(live(product).variant_specs.values_list("price", flat=True)) == before


def test_one_variant_is_changed_by_id_and_the_others_stay():
    product = make_two_sizes()
    small, large = product.core.variants.order_by("position")
    change_product(product_id=product.core_id, fields={"variant_updates": [{"id": large.pk, "price": 8_500,
                                                                          "compare_at_price": None}]})  # fmt: skip
    prices = dict(live(product).variant_specs.values_list("key", "price"))
    assert prices == {small.key: 5_000, large.key: 8_500}


def test_a_sku_that_comes_back_is_the_variant_it_was():
    product = make_product(sku="KEEP", price=100)
    variant = product.core.variants.get()
    change_product(product_id=product.core_id, fields={"variants": [{"sku": "NEW", "price": 100}]})
    assert not Variant.objects.get(pk=variant.pk).active
    change_product(product_id=product.core_id, fields={"variants": [{"sku": "KEEP", "price": 100}]})
    assert Variant.objects.get(sku="KEEP", active=True).pk == variant.pk


def test_autosave_never_writes_over_a_live_revision():
    product = make_product(title="A")
    published = product.latest_revision
    draft = draft_of(product)
    draft.title = "B"
    revision = draft.save_revision(overwrite_revision=published)
    assert revision.pk != published.pk
    again = draft_of(product)
    again.title = "C"
    assert again.save_revision(overwrite_revision=revision).pk == revision.pk
    assert DraftBase.objects.get(revision=revision).content["title"] == "A"
    assert live(product).title == "A"
