"""What the API reads in one statement says the same as the models that pages and letters are made of."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.api.order_serializers import order_json, staff_order_json
from checkout.order.models import Order, TrackingEvent
from checkout.order.parcels import parcels_of, returns_with_details
from checkout.order.returnable import count_returnable, returnable
from checkout.order.seen import seen_order
from checkout.order.seen_parcels import tracked_order
from checkout.order.seen_returns import seen_return
from checkout.order.selectors import with_details
from checkout.order.services.decide_return import decide_return
from checkout.order.services.request_return import request_return
from tests.factories import orders as made
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db
MADE = [
    made.make_order,
    made.make_paid_order,
    made.make_shipped_order,
    made.make_delivered_order,
    made.make_cancelled_order,
]


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
def test_an_order_reads_the_same_either_way(make):
    pk, at = make(note="Ring “twice”", quantity=2).pk, timezone.now()
    one = Order.objects.filter(pk=pk)
    model, seen = with_details(one).get(), seen_order(one)
    assert order_json(seen, with_token=True) == order_json(model, with_token=True)
    assert staff_order_json(seen) == staff_order_json(model)
    assert count_returnable(seen.lines, seen.arrived, at) == returnable(model, at)


def test_parcels_and_returns_read_the_same_either_way():
    order = made.make_delivered_order(paid=True, quantity=3)
    TrackingEvent.objects.create(
        fulfillment=order.fulfillments.get(), event_id="e", text="Sorted", at=timezone.now().replace(microsecond=500)
    )
    line = order.lines.get()
    asked = request_return(
        order_id=order.pk,
        items={line.pk: 2},
        exchanges={line.pk: line.variant_id},
        reason="Too wide",
        at=timezone.now(),
    )
    decide_return(return_id=asked.pk, approve=True, at=timezone.now())
    (seen,), model = tracked_order(Order.objects.filter(pk=order.pk)).parcels, parcels_of(order)[0]
    assert [(event.at, event.text) for event in seen.tracking] == [(e.at, e.text) for e in model.tracking.all()]
    assert [(units.pk, units.quantity) for units in seen.lines] == [(line.pk, 3)]
    assert (seen.shipped_at, seen.delivered_at) == (model.shipped_at, model.delivered_at)
    told = seen_return(order.returns.filter(pk=asked.pk))
    known = returns_with_details(order.returns.filter(pk=asked.pk)).get()
    assert (told.currency, told.requested_at, told.amount) == (known.order.currency, known.requested_at, known.amount)
    assert told.replacement == (known.replacement.pk, known.replacement.number)
    assert [(units.quantity, units.exchange_for) for units in told.lines] == [(2, (line.variant_id, line.sku))]


def test_an_order_is_read_in_one_statement(django_assert_num_queries):
    order = made.make_order_of({make_variant(): 1, make_variant(): 2})
    with django_assert_num_queries(1):
        assert len(seen_order(Order.objects.filter(pk=order.pk)).lines) == 2
