"""Two publications at once, on real connections: one after the other, nothing twice, nothing lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone
from wagtail.models import Locale

from catalog.product.models import Product, ProductCore, Variant
from catalog.product.services.change_product import change_product
from catalog.product.services.create_product import create_product
from catalog.product.services.publish_due import publish_due
from catalog.product.services.translate_product import translate_product
from shop.core.errors import Refusal
from tests.catalog.product.test_publish import make_due
from tests.factories.products import make_product, make_two_sizes

pytestmark = pytest.mark.postgres_race


def together(*actions) -> list:
    """Run each in a thread of its own, all starting at once; returns results or the refusals."""
    gate = threading.Barrier(len(actions))

    def run(action):
        close_old_connections()
        gate.wait()
        try:
            return action()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_the_same_revision_published_by_many_makes_each_variant_once(own_database):
    product = make_two_sizes(draft=True)
    revision = product.latest_revision_id

    def publish():
        row = Product.objects.get(pk=product.pk)
        return row.revisions.get(pk=revision).publish()

    together(*[publish] * 4)
    assert Variant.objects.count() == 2 and ProductCore.objects.get().version == 4
    assert Product.objects.get(pk=product.pk).live


def test_changes_to_different_fields_at_once_are_all_kept(own_database):
    product = make_product(title="A", price=10_000)
    fields = [{"title": "B"}, {"price": 12_000}, {"summary": "S"}, {"attributes": {"material": "clay"}}]
    results = together(*[lambda f=f: change_product(product_id=product.core_id, fields=f) for f in fields])
    assert not [result for result in results if isinstance(result, Exception)]
    row = Product.objects.get(pk=product.pk)
    assert (row.title, row.summary, row.attributes) == ("B", "S", {"material": "clay"})
    assert row.variant_specs.get().price == 12_000 and row.core.version == 5


def test_one_sku_at_once_goes_to_one_product(own_database):
    def create():
        return create_product(fields={"title": "Lamp", "sku": "LAMP", "price": 100})

    results = together(*[create] * 4)
    refused = [result for result in results if isinstance(result, Refusal)]
    assert len(refused) == 3 and Variant.objects.filter(sku="LAMP", active=True).count() == 1
    assert Product.objects.filter(live=True).count() == 1 == Product.objects.count()


def test_two_clocks_publish_a_scheduled_draft_once(own_database):
    product = make_product(title="A")
    draft = Product.objects.get(pk=product.pk)
    draft.title = "B"
    revision = draft.save_revision()
    make_due(revision)
    done = together(*[lambda: publish_due(at=timezone.now())] * 3)
    assert sum(done) == 1 and Product.objects.get(pk=product.pk).title == "B"
    assert ProductCore.objects.get().version == 2


def test_drafts_of_different_branches_published_at_once_are_all_kept(own_database):
    product = make_product(title="A")
    changes = {"title": "B", "summary": "S", "seo_title": "T", "seo_description": "D", "attributes": {"a": "b"}}
    revisions = []
    for name, value in changes.items():
        draft = Product.objects.get(pk=product.pk)
        draft.apart_from_drafts = True
        setattr(draft, name, value)
        revisions.append(draft.save_revision().pk)

    def publish(pk):
        return Product.objects.get(pk=product.pk).revisions.get(pk=pk).publish()

    results = together(*[lambda pk=pk: publish(pk) for pk in revisions])
    assert not [result for result in results if isinstance(result, Exception)]
    row = Product.objects.get(pk=product.pk)
    assert {name: getattr(row, name) for name in changes} == changes


def test_a_translation_published_at_once_with_its_source_takes_nothing_back(own_database):
    Locale.objects.get_or_create(language_code="hi")
    product = make_product()
    copy = translate_product(product_id=product.core_id, locale="hi")
    for turn in range(6):
        together(
            lambda turn=turn: change_product(product_id=product.core_id, fields={"attributes": {"turn": turn}}),
            lambda: Product.objects.get(pk=copy.pk).latest_revision.publish(),
            lambda: Product.objects.get(pk=copy.pk).latest_revision.publish(),
        )
        assert ProductCore.objects.get().attributes == {"turn": turn}
    assert ProductCore.objects.get().version == 1 + 6 * 3
