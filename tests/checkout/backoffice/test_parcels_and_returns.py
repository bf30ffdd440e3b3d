"""Parcels and returns in the admin: what happens, what is refused, and who sees which step."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from checkout.order.models import Fulfillment, Return
from checkout.order.services.decide_return import decide_return
from checkout.order.services.request_return import request_return
from checkout.order.services.ship_parcel import ship_parcel
from checkout.payment.models import Refund
from tests.checkout.backoffice.test_order_actions import log_of, said, url
from tests.checkout.order.books import assert_books_add_up, everything
from tests.factories import orders as made
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db
NEW = {"name": "Asha Menon", "phone": "98450 12345", "street": "7, MG Road", "city": "Pune", "state": "Maharashtra",
       "pincode": "411001", "country": "IN", "landmark": "", "gstin": ""}  # fmt: skip


@pytest.fixture
def mug():
    return make_variant(sku="MUG", stock=10)


@pytest.fixture
def order(mug):
    return made.make_order_of({mug: 3, make_variant(sku="LAMP", stock=5): 1})


def test_a_merchandiser_ships_in_two_parcels(merchandiser, order, mug):
    page = merchandiser.get(url("ship", order.pk)).content.decode()
    mugs, lamps = order.lines.get(sku="MUG"), order.lines.get(sku="LAMP")
    assert f'name="line_{mugs.pk}" value="3"' in page and "3 left to ship" in page
    typed = {f"line_{mugs.pk}": "2", f"line_{lamps.pk}": "0", "courier_name": "BlueDart", "tracking_number": "BD 1"}
    response = merchandiser.post(url("ship", order.pk), typed)
    assert "waits here for another parcel" in said(response)
    order.refresh_from_db()
    assert (order.fulfillment_status, item_of(mug).on_hand, item_of(mug).reserved) == ("partial", 8, 1)
    screen = merchandiser.get(url("inspect", order.pk)).content.decode()
    assert f"{order.number}-1" in screen and "BlueDart BD 1" in screen and "Pack the rest" in screen
    assert url("cancel", order.pk) not in screen
    merchandiser.post(url("ship", order.pk), {})
    order.refresh_from_db()
    assert order.fulfillment_status == "shipped"
    first, second = order.fulfillments.order_by("number")
    merchandiser.post(url("parcel", order.pk, first.pk), {"outcome": "delivered"})
    response = merchandiser.post(url("parcel", order.pk, second.pk), {"outcome": "refused"})
    assert "back in stock" in said(response)
    order.refresh_from_db()
    assert order.fulfillment_status == "delivered" and Refund.objects.get().reason == "Refused at the door"
    assert [action for action, _who in log_of(order)] == ["order.ship", "order.ship", "order.parcel", "order.parcel"]
    assert "Parcel 2 refused" in merchandiser.get(url("history", order.pk)).content.decode()
    assert_books_add_up()


@pytest.mark.parametrize("count", ["4", "-1", "x"])
def test_a_parcel_holds_what_is_left(merchandiser, order, count):
    line = order.lines.get(sku="MUG")
    before = everything()
    page = merchandiser.post(url("ship", order.pk), {f"line_{line.pk}": count})
    assert page.status_code == 200 and page.context["form"].errors[f"line_{line.pk}"]
    nothing = {f"line_{line.pk}": "0" for line in order.lines.all()}
    assert merchandiser.post(url("ship", order.pk), nothing).context["form"].non_field_errors()
    assert everything() == before


def test_a_parcel_that_arrived_is_not_asked_about(support, order):
    parcel = ship_parcel(order_id=order.pk, at=timezone.now())
    support.post(url("parcel", order.pk, parcel.pk), {"outcome": "delivered"})
    before = everything()
    response = support.post(url("parcel", order.pk, parcel.pk), {"outcome": "refused"})
    assert "nothing was changed" in said(response) and everything() == before
    other = made.make_shipped_order()
    assert support.post(url("parcel", other.pk, parcel.pk), {"outcome": "delivered"}).status_code == 404
    assert Fulfillment.objects.get(order=other).status == "shipped"


def test_support_sends_it_elsewhere(support, merchandiser, order):
    assert support.post(url("address", order.pk), NEW | {"pincode": "12"}).context["form"].errors["pincode"]
    response = support.post(url("address", order.pk), NEW)
    order.refresh_from_db()
    assert order.address["city"] == "Pune" and "new address" in said(response)
    assert log_of(order) == [("order.address", "support_person")]
    assert url("address", order.pk) not in merchandiser.get(url("inspect", order.pk)).content.decode()
    ship_parcel(order_id=order.pk, at=timezone.now())
    before = everything()
    assert "nothing was changed" in said(support.post(url("address", order.pk), NEW | {"street": "Elsewhere 1"}))
    assert everything() == before


def test_support_takes_something_back(support, merchandiser, mug):
    coming = made.make_return(variant=mug, units=2, method="cod")
    order = coming.order
    screen = support.get(url("inspect", order.pk)).content.decode()
    assert url("return_approve", order.pk, coming.pk) in screen
    assert url("return_approve", order.pk, coming.pk) not in merchandiser.get(url("inspect", order.pk)).content.decode()
    support.post(url("return_approve", order.pk, coming.pk))
    page = support.post(url("return_receive", order.pk, coming.pk), {})
    line = order.lines.get()
    assert page.status_code == 200 and page.context["form"].errors[f"line_{line.pk}"]
    support.post(url("return_receive", order.pk, coming.pk), {f"line_{line.pk}": "write_off"})
    assert item_of(mug).on_hand == 8
    page = support.post(url("return_refund", order.pk, coming.pk), {})
    assert page.context["form"].errors["proof"] and not Refund.objects.exists()
    response = support.post(url("return_refund", order.pk, coming.pk), {"proof": "UTR 1"})
    assert "goes back for" in said(response)
    coming.refresh_from_db()
    assert coming.refund.reason == f"R-{coming.pk} · UTR 1"
    assert "Written off" in support.get(url("inspect", order.pk)).content.decode()
    actions = [action for action, _who in log_of(order)]
    assert actions == ["order.return_approve", "order.return_receive", "order.return_refund"]
    before = everything()
    assert "nothing was changed" in said(support.post(url("return_refund", order.pk, coming.pk), {"proof": "x"}))
    assert everything() == before
    assert_books_add_up()


def test_support_says_no_with_a_reason(support):
    coming = made.make_return()
    page = support.post(url("return_reject", coming.order_id, coming.pk), {"reason": " "})
    assert page.context["form"].errors["reason"]
    support.post(url("return_reject", coming.order_id, coming.pk), {"reason": "Worn for weeks"})
    coming.refresh_from_db()
    assert (coming.status, coming.answer) == ("rejected", "Worn for weeks")
    other = made.make_return()
    assert support.get(url("return_approve", other.order_id, coming.pk)).status_code == 404


def test_the_list_of_returns(support):
    asked, approved = made.make_return(), made.make_return(status="approved")
    page = reverse("wagtailsnippets_order_return:list")
    shown = support.get(page).content.decode()
    assert str(asked) in shown and url("inspect", asked.order_id) in shown
    filtered = support.get(page, {"status": "approved"}).context["object_list"]
    assert list(filtered) == [approved]
    for text, found in ((str(asked), [asked]), (asked.order.number, [asked]), (approved.order.email, [approved]),
                        ("R-99999999", []), ("nobody@", [])):  # fmt: skip
        assert list(support.get(page, {"q": text}).context["object_list"]) == found, text
    with CaptureQueriesContext(connection) as two:
        support.get(page)
    made.make_return()
    with CaptureQueriesContext(connection) as three:
        support.get(page)
    assert len(two) == len(three) and Return.objects.count() == 3


def test_the_screen_in_a_fixed_number_of_queries(support):
    coming = made.make_return(units=2)
    address = url("inspect", coming.order_id)
    support.get(address)
    with CaptureQueriesContext(connection) as one:
        support.get(address)
    decide_return(return_id=coming.pk, approve=False, answer="no", at=timezone.now())
    line = coming.order.lines.get()
    for _ in range(2):
        request_return(order_id=coming.order_id, items={line.pk: 1}, reason="x", at=timezone.now())
    with CaptureQueriesContext(connection) as three:
        support.get(address)
    assert len(one) == len(three) <= 40
