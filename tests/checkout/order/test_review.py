"""Odd orders wait for a person; gift notes."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.order.errors import UnderReview, WrongState
from checkout.order.models import Order, OrderEvent
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.hold_for_review import end_review, hold_for_review
from checkout.order.services.note_failure import note_failure
from checkout.order.services.ship_order import ship_order
from checkout.order.worklists import held_for_review, to_pack
from shop.core.tasks.runner import run_everything_due
from tests.checkout.order.books import events, everything
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.staff import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def odd(settings) -> Order:
    settings.REVIEW_ABOVE = {"INR": 1}
    order = made.make_order()
    while run_everything_due():
        pass
    return Order.objects.get(pk=order.pk)


def test_an_unusual_amount_does_not_ship_until_it_is_let_go(odd):
    assert odd.review_reason == "an unusual amount" and events("order.held")[0]["reason"] == odd.review_reason
    assert not to_pack(Order.objects.all()) and held_for_review(Order.objects.all()).get() == odd
    before = everything()
    with pytest.raises(UnderReview):
        ship_order(order_id=odd.pk, at=timezone.now())
    assert everything() == before
    for _twice in range(2):
        end_review(order_id=odd.pk, at=timezone.now(), by="sam")
    assert len(events("order.released")) == 1
    hold_for_review(order_id=odd.pk, at=timezone.now())  # a person has decided
    ship_order(order_id=odd.pk, at=timezone.now())


def test_an_ordinary_one_is_not_held():
    order = made.make_order()
    hold_for_review(order_id=order.pk, at=timezone.now())
    assert Order.objects.get(pk=order.pk).review_reason == "" and not events("order.held")


def test_billed_to_another_state():
    order = made.make_order()
    Order.objects.filter(pk=order.pk).update(billing_address=order.address | {"state": "Kerala", "pincode": "682001"})
    assert "another state" in hold_for_review(order_id=order.pk, at=timezone.now()).review_reason


@pytest.mark.parametrize(("failures", "held"), [(4, False), (5, True)])
def test_many_failed_payments_of_one_buyer(failures, held):
    tried = made.make_order(method="razorpay", email="x@example.com")
    for _ in range(failures):
        note_failure(order_id=tried.pk, at=timezone.now())
    again = made.make_order(email="X@example.com", phone="+919000000001", street="Elsewhere 1")
    assert bool(hold_for_review(order_id=again.pk, at=timezone.now()).review_reason) is held


def test_a_cancelled_one_cannot_be_let_go(odd):
    cancel_order(order_id=odd.pk, at=timezone.now(), by="sam")
    with pytest.raises(WrongState):
        end_review(order_id=odd.pk, at=timezone.now())


def test_over_http(odd):
    path = f"/api/order/{odd.pk}/release/"
    for role, status in (("merchandiser", 403), ("vendor", 404), ("support", 200)):
        assert client_of(make_user(role=role)).post(path).status_code == status
    assert client_of().post(path).status_code == 404
    assert Order.objects.get(pk=odd.pk).review_reason == ""


def test_in_the_admin(odd):
    staff = browser_of("support")
    assert odd.number in staff.get("/admin/snippets/order/order/?waiting=review").content.decode()
    assert "Held for review" in staff.get("/admin/").content.decode()
    screen = staff.get(f"/admin/snippets/order/order/inspect/{odd.pk}/").content.decode()
    assert "an unusual amount" in screen and "Mark as shipped" not in screen
    staff.post(f"/admin/snippets/order/order/release/{odd.pk}/")
    assert Order.objects.get(pk=odd.pk).review_reason == ""
    assert OrderEvent.objects.filter(order=odd, kind="released", by__gt="").exists()
