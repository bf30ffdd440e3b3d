"""Exchanges under concurrency, on real connections."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from checkout.order.services.cancel_order import cancel_order
from shop.core.tasks.runner import run_everything_due
from tests.checkout.order.books import assert_books_add_up
from tests.checkout.order.test_exchange import approve, ask, bought, receive_it, sibling, stock_of
from tests.factories.variants import make_variant
from tests.threads import at_once

pytestmark = pytest.mark.postgres_race


def test_the_last_one_is_promised_once(own_database):
    medium = make_variant(sku="M", stock=5)
    large = sibling(medium, "L")
    wishes = [ask(bought(medium), large) for _ in range(2)]
    results = at_once([partial(approve, wish) for wish in wishes])
    assert sorted(type(result).__name__ for result in results) == ["Return", "Shortage"]
    assert stock_of(large) == (1, 1)
    assert_books_add_up()


def test_received_and_cancelled_at_once(own_database):
    medium = make_variant(sku="M", stock=5)
    large = sibling(medium, "L")
    coming = approve(ask(bought(medium), large))
    cancel = partial(cancel_order, order_id=coming.replacement_id, at=timezone.now())
    assert not [r for r in at_once([partial(receive_it, coming), cancel]) if isinstance(r, Exception)]
    while run_everything_due():
        pass
    coming.refresh_from_db()
    assert (coming.status, coming.amount) == ("received", 64900)
    assert_books_add_up()
