"""Several shipments of one order: what leaves, what arrives, what is refused, and that refusals change nothing."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from catalog.inventory.errors import NotHeld, NotOut
from catalog.inventory.models import Reservation, StockMovement
from catalog.inventory.services.claim import claim
from catalog.inventory.services.reserve import Wanted
from catalog.inventory.services.take_back import Back, take_back
from checkout.order.errors import WrongState
from checkout.order.models import Fulfillment, FulfillmentLine, Order, OrderLine
from checkout.order.rules import api_status, next_statuses
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.deliver_parcel import deliver_parcel
from checkout.order.services.ship_order import ship_order
from checkout.order.services.ship_parcel import Carrier, ship_parcel
from checkout.payment.models import Payment, Refund
from shop.core.errors import Invalid
from shop.core.tasks.runner import run_everything_due
from tests.checkout.order.books import assert_books_add_up, events, everything
from tests.factories import orders as made
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def mug():
    return make_variant(sku="MUG", price=64900, stock=10)


@pytest.fixture
def lamp():
    return make_variant(sku="LAMP", price=100_00, stock=10)


@pytest.fixture
def order(mug, lamp) -> Order:
    return made.make_order_of({mug: 3, lamp: 1})


def ship(order: Order, mugs: int = 0, lamps: int = 0, **more) -> Fulfillment:
    lines = {line.sku: line.pk for line in order.lines.all()}
    items = {lines["MUG"]: mugs, lines["LAMP"]: lamps}
    return ship_parcel(order_id=order.pk, items={k: n for k, n in items.items() if n}, at=timezone.now(), **more)


def deliver(parcel: Fulfillment, *, refused: bool = False) -> None:
    deliver_parcel(fulfillment_id=parcel.pk, at=timezone.now(), by="sam", refused=refused)


def facts(order: Order) -> tuple[str, str, str]:
    order.refresh_from_db()
    return (order.status, order.payment_status, order.fulfillment_status)


def test_an_order_leaves_in_two_parcels(order, mug, lamp):
    first = ship(order, mugs=2, carrier=Carrier(name="BlueDart", tracking_number="BD 1"), by="maya")
    assert facts(order) == ("placed", "paid", "partial")
    assert (api_status(order), next_statuses(order)) == ("paid", ["shipped"])
    assert (item_of(mug).on_hand, item_of(mug).reserved) == (8, 1)
    assert (item_of(lamp).on_hand, item_of(lamp).reserved) == (10, 1)
    ship_order(order_id=order.pk, at=timezone.now())
    assert (facts(order)[2], api_status(order)) == ("shipped", "shipped")
    second = order.fulfillments.get(number=2)
    assert {line.order_line.sku: line.quantity for line in second.lines.all()} == {"MUG": 1, "LAMP": 1}
    assert [e["fulfillment_id"] for e in events("order.shipped")] == [first.pk, second.pk]
    assert [e.note for e in order.events.filter(kind="shipped").order_by("pk")] == ["BlueDart BD 1", ""]
    deliver(first)
    assert facts(order)[2] == "shipped" and events("order.delivered") == []
    deliver(second)
    assert facts(order) == ("completed", "paid", "delivered")
    deliver(second)
    assert events("order.delivered") == [{"order_id": order.pk}]
    assert Reservation.objects.filter(status="held").count() == 0
    assert_books_add_up()


def test_an_arrived_part_waits_for_the_rest(order):
    deliver(ship(order, mugs=3))
    assert facts(order) == ("placed", "paid", "partial")
    with pytest.raises(WrongState):
        deliver_order(order_id=order.pk, at=timezone.now())
    ship_order(order_id=order.pk, at=timezone.now())
    deliver_order(order_id=order.pk, at=timezone.now())
    assert facts(order) == ("completed", "paid", "delivered")


@pytest.mark.parametrize("wanted", [{"mugs": 4}, {"mugs": -1}, {"mugs": 0}, {"lamps": 2}])
def test_a_parcel_holds_what_is_left_and_something(order, wanted):
    before = everything()
    with pytest.raises(Invalid) as refusal:
        ship(order, **wanted)
    assert "items" in refusal.value.errors and everything() == before


def test_lines_of_another_order_do_not_go_along(order):
    foreign = made.make_paid_order().lines.get()
    before = everything()
    with pytest.raises(Invalid):
        ship_parcel(order_id=order.pk, items={foreign.pk: 1}, at=timezone.now())
    assert everything() == before


def test_after_the_first_parcel_nothing_is_cancelled(order):
    ship(order, mugs=1)
    before = everything()
    with pytest.raises(WrongState):
        cancel_order(order_id=order.pk, at=timezone.now())
    assert everything() == before


@pytest.mark.parametrize("make", [made.make_cancelled_order, made.make_delivered_order])
def test_what_is_over_does_not_leave(make):
    order = make()
    before = everything()
    with pytest.raises(WrongState):
        ship_parcel(order_id=order.pk, at=timezone.now())
    assert everything() == before


def test_an_unpaid_order_does_not_leave():
    order = made.make_order(method="razorpay")
    with pytest.raises(WrongState):
        ship_parcel(order_id=order.pk, at=timezone.now())
    assert not Fulfillment.objects.exists()


def test_cash_is_booked_with_the_last_parcel(mug, lamp):
    order = made.make_order_of({mug: 1, lamp: 1}, method="cod")
    first, second = ship(order, mugs=1), ship(order, lamps=1)
    deliver(first)
    assert facts(order) == ("placed", "pending", "shipped")
    deliver(second)
    assert facts(order) == ("completed", "paid", "delivered")
    assert Payment.objects.get().captured_amount == order.total


def test_a_refused_parcel_beside_a_delivered_one_is_paid_back(order, mug):
    first, second = ship(order, mugs=1, lamps=1), ship(order, mugs=2)
    deliver(first)
    deliver(second, refused=True)
    assert facts(order) == ("completed", "paid", "delivered")
    refund = Refund.objects.get()
    assert (refund.amount, refund.reason) == (2 * 64900, "Refused at the door")
    assert (item_of(mug).on_hand, item_of(mug).reserved) == (9, 0)
    deliver(second, refused=True)
    assert Refund.objects.count() == 1
    assert_books_add_up()


def test_cash_for_a_refused_parcel_is_booked_and_given_back(mug, lamp):
    """The ledger holds what was due and what was not collected of it; their difference lies in the till."""
    order = made.make_order_of({mug: 2, lamp: 1}, method="cod")
    first, second = ship(order, mugs=2), ship(order, lamps=1)
    deliver(second, refused=True)
    assert facts(order) == ("placed", "pending", "shipped")
    deliver(first)
    assert facts(order) == ("completed", "paid", "delivered")
    payment = Payment.objects.get()
    assert (payment.captured_amount, payment.refunded_amount) == (order.total, 100_00)
    assert (item_of(mug).on_hand, item_of(lamp).on_hand) == (8, 10)
    assert_books_add_up()


def test_cash_that_never_came_leaves_nothing_to_pay(mug, lamp):
    order = made.make_order_of({mug: 2, lamp: 1}, method="cod")
    deliver(ship(order, mugs=2), refused=True)
    assert facts(order) == ("cancelled", "void", "refused")
    assert (item_of(mug).available, item_of(lamp).available) == (10, 10)
    assert_books_add_up()


def test_an_order_of_which_nothing_arrived_is_cancelled_with_its_rest(order, mug, lamp):
    """Prepaid: all of the money goes back, once."""
    deliver(ship(order, mugs=2), refused=True)
    assert facts(order) == ("cancelled", "refund_due", "refused")
    assert (item_of(mug).available, item_of(lamp).available) == (10, 10)
    run_everything_due()
    assert events("order.refund_due")[0]["payment_id"] == Payment.objects.get().pk
    assert_books_add_up()


def test_a_delivered_parcel_is_not_refused(order):
    parcel = ship(order, mugs=3, lamps=1)
    deliver(parcel)
    before = everything()
    with pytest.raises(WrongState):
        deliver(parcel, refused=True)
    assert everything() == before


def test_the_database_refuses_more_than_was_ordered(order):
    line = order.lines.first()
    parcel = ship(order, mugs=1)
    for change in (
        lambda: OrderLine.objects.filter(pk=line.pk).update(shipped=line.quantity + 1),
        lambda: OrderLine.objects.filter(pk=line.pk).update(shipped=1, returned=2),
        lambda: FulfillmentLine.objects.create(fulfillment=parcel, order_line=line, quantity=1),
        lambda: FulfillmentLine.objects.filter(fulfillment=parcel).update(quantity=0),
        lambda: Fulfillment.objects.create(order=order, number=1, courier="manual", shipped_at=timezone.now()),
        lambda: Fulfillment.objects.filter(pk=parcel.pk).update(status="delivered"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_claiming_a_part_leaves_the_rest_held(mug):
    order = made.make_order(variant=mug, quantity=3)
    claim(reference=order.reference, at=timezone.now(), lines=[Wanted(mug.pk, 2)])
    kept = Reservation.objects.filter(reference=order.reference).order_by("status").values_list("status", "quantity")
    assert list(kept) == [("claimed", 2), ("held", 1)]
    before = everything()
    with pytest.raises(NotHeld):
        claim(reference=order.reference, at=timezone.now(), lines=[Wanted(mug.pk, 2)])
    assert everything() == before
    assert claim(reference=order.reference, at=timezone.now()) == 1


def test_only_what_is_out_comes_back(mug):
    order = made.make_shipped_order(variant=mug, quantity=2)
    lines = [Back(mug.pk, 1), Back(mug.pk, 1, is_fit=False)]
    take_back(lines=lines, reference=order.reference, at=timezone.now(), reason="test")
    assert item_of(mug).on_hand == 9
    kinds = StockMovement.objects.filter(reference=order.reference).order_by("pk").values_list("kind", "delta")
    assert list(kinds) == [("sale", -2), ("return", 1), ("return", 1), ("adjustment", -1)]
    before = everything()
    with pytest.raises(NotOut):
        take_back(lines=[Back(mug.pk, 1)], reference=order.reference, at=timezone.now(), reason="test")
    assert everything() == before


@pytest.mark.parametrize(
    ("make", "status"), [(made.make_shipped_order, "shipped"), (made.make_delivered_order, "delivered")]
)
def test_orders_from_before_get_their_parcel(make, status):
    """The data migration, on an order as it was before."""
    order = make(quantity=2)
    FulfillmentLine.objects.all().delete()
    Fulfillment.objects.all().delete()
    OrderLine.objects.update(shipped=0)
    waiting = made.make_order()
    give_parcels = importlib.import_module("checkout.order.migrations.0005_parcels_of_shipped_orders").give_parcels
    for _again in range(2):
        give_parcels(apps, None)
    parcel = Fulfillment.objects.get()
    assert (parcel.order_id, parcel.number, parcel.status, parcel.courier) == (order.pk, 1, status, "manual")
    assert parcel.shipped_at == order.events.get(kind="shipped").at
    assert order.lines.get().shipped == 2 and waiting.lines.get().shipped == 0
    assert_books_add_up()
