"""A courier over HTTP: booked outside of transactions, heard by signed webhooks, each once, in any order."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from checkout.order.models import Fulfillment, Order, TrackingEvent
from checkout.order.services.book_parcel import book_parcel
from checkout.order.services.ship_parcel import Carrier, ship_parcel
from checkout.payment.models import Payment
from checkout.shipping.errors import CourierNotOffered, CourierUnavailable
from checkout.shipping.models import CourierMessage
from shop.core.db import CalledInsideTransaction, durable
from shop.core.tasks.runner import run_everything_due
from tests.checkout.order.books import assert_books_add_up, events, everything
from tests.courier import SECRET, courier, courier_process  # noqa: F401
from tests.factories import orders as made
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db
HOOK = "/api/courier/webhook/http/"


def hear(body: bytes, headers: dict[str, str]) -> int:
    answer = Client().post(HOOK, body, content_type="application/json", headers=headers)
    run_everything_due()
    return answer.status_code


def signed(**said) -> tuple[bytes, dict[str, str]]:
    body = json.dumps({"id": "e1", "at": datetime.now(UTC).isoformat()} | said).encode()
    return body, {"X-Courier-Signature": hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}


@pytest.fixture
def shipped(courier) -> Fulfillment:  # noqa: F811
    parcel = booked(made.make_order(variant=make_variant(stock=5)))
    run_everything_due()
    return parcel


def booked(order: Order) -> Fulfillment:
    parcel = ship_parcel(order_id=order.pk, at=timezone.now() - timedelta(hours=1), carrier=Carrier("http"))
    book_parcel(fulfillment_id=parcel.pk)
    return Fulfillment.objects.get(pk=parcel.pk)


def test_a_parcel_is_booked_by_a_task(courier):  # noqa: F811
    order = made.make_order(quantity=2)
    parcel = ship_parcel(order_id=order.pk, at=timezone.now(), carrier=Carrier("http"))
    assert parcel.tracking_number == "" and courier.shipments() == []
    run_everything_due()
    parcel.refresh_from_db()
    sent = courier.shipments()[0]
    assert parcel.tracking_number == sent["tracking_number"] and parcel.tracking_url.endswith(parcel.tracking_number)
    assert sent["booking"]["collect"] == {"amount": f"{order.total / 100:.2f}", "currency": "INR"}
    assert sent["booking"]["to"]["pincode"] == "560034" and sent["booking"]["pieces"][0]["quantity"] == 2
    assert parcel.courier_name == "Emu Express"


def test_a_prepaid_parcel_collects_nothing(courier):  # noqa: F811
    booked(made.make_paid_order())
    assert courier.shipments()[0]["booking"]["collect"] is None


def test_a_typed_number_does_not_stand_for_a_booking(courier):  # noqa: F811
    typed = Carrier("http", tracking_number="typed", tracking_url="https://typed.example/")
    parcel = ship_parcel(order_id=made.make_order().pk, at=timezone.now(), carrier=typed)
    assert (parcel.tracking_number, parcel.tracking_url) == ("", "")
    assert book_parcel(fulfillment_id=parcel.pk).tracking_number == courier.shipments()[0]["tracking_number"]


def test_a_lost_answer_books_once(courier):  # noqa: F811
    order = made.make_order()
    parcel = ship_parcel(order_id=order.pk, at=timezone.now(), carrier=Carrier("http"))
    courier.faults("lost", 503, 429)
    for _ in range(3):
        with pytest.raises(CourierUnavailable):
            book_parcel(fulfillment_id=parcel.pk)
    assert book_parcel(fulfillment_id=parcel.pk).tracking_number == courier.shipments()[0]["tracking_number"]
    book_parcel(fulfillment_id=parcel.pk)
    assert len(courier.shipments()) == 1


def test_what_the_courier_refuses_is_told_to_staff(courier):  # noqa: F811
    parcel = ship_parcel(order_id=made.make_order().pk, at=timezone.now(), carrier=Carrier("http"))
    courier.faults(422)
    assert "422" in book_parcel(fulfillment_id=parcel.pk).booking_error
    assert book_parcel(fulfillment_id=parcel.pk).tracking_number == ""


def test_no_courier_is_asked_in_a_transaction(courier):  # noqa: F811
    parcel = ship_parcel(order_id=made.make_order().pk, at=timezone.now(), carrier=Carrier("http"))
    with durable(), pytest.raises(CalledInsideTransaction):
        book_parcel(fulfillment_id=parcel.pk)
    assert courier.shipments() == []


def test_an_unknown_courier_is_refused():
    order = made.make_order()
    before = everything()
    with pytest.raises(CourierNotOffered):
        ship_parcel(order_id=order.pk, at=timezone.now(), carrier=Carrier("http"))
    assert everything() == before


def test_from_the_depot_to_the_door(courier, shipped):  # noqa: F811
    for status in ("in_transit", "out_for_delivery"):
        assert hear(*courier.move(shipped.tracking_number, status, place="Hubballi")) == 200
        shipped.refresh_from_db()
        assert shipped.status == status
    order = shipped.order
    assert events("fulfillment.out_for_delivery") == [{"order_id": order.pk, "fulfillment_id": shipped.pk}]
    assert hear(*courier.move(shipped.tracking_number, "delivered", collected=True)) == 200
    order.refresh_from_db()
    assert (order.status, order.payment_status, order.fulfillment_status) == ("completed", "paid", "delivered")
    assert Payment.objects.get().status == "paid"
    assert order.events.get(kind="delivered").by == "http"
    assert [event.text for event in shipped.tracking.order_by("at")] == ["Picked up", "Out for delivery", "Delivered"]


@pytest.mark.parametrize("said", [{"status": "refused"}, {"status": "delivered", "collected": False}])
def test_refused_at_the_door(courier, shipped, said):  # noqa: F811
    hear(*courier.move(shipped.tracking_number, said.pop("status"), **said))
    shipped.order.refresh_from_db()
    assert (shipped.order.status, shipped.order.payment_status) == ("cancelled", "void")
    assert item_of(shipped.lines.get().order_line.variant).on_hand == 5
    assert_books_add_up()


def test_cash_is_not_taken_for_collected(courier, shipped):  # noqa: F811
    """P3: without the courier's word on the money the parcel stays on the road, for staff to ask."""
    hear(*courier.move(shipped.tracking_number, "delivered"))
    shipped.refresh_from_db()
    assert (shipped.status, shipped.order.payment_status, shipped.tracking.count()) == ("shipped", "pending", 1)


STEPS = ("in_transit", "out_for_delivery", "delivered")


@pytest.mark.parametrize("order_of_news", list(itertools.permutations(range(3))))
def test_any_order_ends_alike(courier, order_of_news):  # noqa: F811
    parcel = booked(made.make_order())
    news = [courier.move(parcel.tracking_number, status, collected=True) for status in STEPS]
    for index in order_of_news:
        hear(*news[index])
        hear(*news[index])
    parcel.refresh_from_db()
    assert (parcel.status, parcel.tracking.count(), len(events("order.delivered"))) == ("delivered", 3, 1)
    before = everything()
    for message in news:
        hear(*message)
    assert everything() == before


def test_what_is_over_is_over(courier, shipped):  # noqa: F811
    hear(*courier.move(shipped.tracking_number, "delivered", collected=True))
    hear(*courier.move(shipped.tracking_number, "refused"))
    shipped.refresh_from_db()
    assert shipped.status == "delivered"
    assert Order.objects.get().fulfillment_status == "delivered"
    assert_books_add_up()


def test_news_without_a_status_is_kept(courier, shipped):  # noqa: F811
    hear(*courier.move(shipped.tracking_number, "attempt_failed", text="Nobody at home"))
    shipped.refresh_from_db()
    event = TrackingEvent.objects.get()
    assert (shipped.status, event.status, event.text) == ("shipped", "", "Nobody at home")


def test_a_courier_from_the_future_is_told_the_time(courier, shipped):  # noqa: F811
    hear(*courier.move(shipped.tracking_number, "delivered", collected=True, at="2199-01-01T00:00:00+00:00"))
    shipped.refresh_from_db()
    assert shipped.delivered_at <= timezone.now()


@pytest.mark.parametrize("headers", [{}, {"X-Courier-Signature": ""}, {"X-Courier-Signature": "0" * 64},
                                     {"X-Courier-Signature": "é"}])  # fmt: skip
def test_forged_messages_change_nothing(courier, shipped, headers):  # noqa: F811
    body, _signature = courier.move(shipped.tracking_number, "delivered", collected=True)
    before = everything()
    assert hear(body, headers) == 400
    assert everything() == before and not CourierMessage.objects.exists()


def test_one_changed_byte_is_a_forgery(courier, shipped):  # noqa: F811
    body, headers = courier.move(shipped.tracking_number, "delivered", collected=True)
    assert hear(body + b" ", headers) == 400
    assert hear(json.dumps(json.loads(body)).encode(), headers) == 400  # the same members, written another way
    assert hear(body, headers) == 200


def test_an_old_secret_is_still_known_and_an_empty_one_is_none(courier, shipped, settings):  # noqa: F811
    message = courier.move(shipped.tracking_number, "in_transit")
    body = message[0]
    settings.COURIER_WEBHOOK_SECRETS = [""]
    forged = {"X-Courier-Signature": hmac.new(b"", body, hashlib.sha256).hexdigest()}
    assert hear(body, forged) == 400
    settings.COURIER_WEBHOOK_SECRETS = []
    assert hear(*message) == 400
    settings.COURIER_WEBHOOK_SECRETS = ["newer", SECRET]
    assert hear(*message) == 200


BAD = [{"id": 5}, {"id": ""}, {"id": "x" * 101}, {"at": "yesterday"}, {"at": "2026-11-01T10:00:00"}, {"at": 7},
       {"reference": None}, {"reference": 3}, {"id": "a\x00b"}]  # fmt: skip


@pytest.mark.parametrize("said", BAD, ids=str)
def test_signed_nonsense_is_refused(courier, shipped, said):  # noqa: F811
    before = everything()
    assert hear(*signed(**{"reference": str(shipped.key)} | said)) == 400
    assert everything() == before


def test_news_of_other_parcels_moves_none(courier, shipped):  # noqa: F811
    """Also of one that another courier carries."""
    by_hand = made.make_shipped_order().fulfillments.get()
    for number, reference in enumerate(("", "x", "0" * 32, str(by_hand.key), "x" * 500)):
        assert hear(*signed(id=f"n{number}", reference=reference, status="delivered", collected=True)) == 200
    assert not TrackingEvent.objects.exists()
    assert set(Fulfillment.objects.values_list("status", flat=True)) == {"shipped"}
    assert CourierMessage.objects.count() == 5


@pytest.mark.parametrize("path", ["/api/courier/webhook/manual/", "/api/courier/webhook/nobody/"])
def test_who_has_no_connection_tells_nothing(courier, shipped, path):  # noqa: F811
    body, headers = courier.move(shipped.tracking_number, "delivered", collected=True)
    answer = Client().post(path, body, content_type="application/json", headers=headers)
    assert answer.status_code in (400, 404) and not CourierMessage.objects.exists()


def test_the_database_keeps_each_message_once(courier, shipped):  # noqa: F811
    hear(*courier.move(shipped.tracking_number, "in_transit"))
    event, message = TrackingEvent.objects.get(), CourierMessage.objects.get()
    for copy in (event, message):
        copy.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)
