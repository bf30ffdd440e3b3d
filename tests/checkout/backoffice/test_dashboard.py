"""The start page: figures that lead to their lists, and what waits, the oldest first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checkout.backoffice.dashboard import figures_for, needs_of
from checkout.order.models import Order, OrderEvent
from checkout.payment.models import Payment, Refund
from tests.factories import orders as made
from tests.factories.staff import browser_of
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db
HOME = "/admin/"


def figures(client) -> dict[str, tuple[str, str, str]]:
    now = timezone.now()
    return {figure.name: (figure.value, figure.note, figure.url) for figure in figures_for(client.user, now)}


def needs(client) -> list[str]:
    return [need.text for need in needs_of(client.user, timezone.now())]


def test_an_empty_shop_says_so(merchandiser):
    page = merchandiser.get(HOME).content.decode()
    for text in ("0 orders today", "all packed", "no money is stuck", "Nothing waits"):
        assert text in page, text


@pytest.mark.usefixtures("noon")
def test_figures_lead_to_their_lists(admin):
    now = timezone.now()
    mug = make_variant(stock=3, price=12483000, at=now - timedelta(days=30))
    paid = made.make_paid_order(at=now)
    made.make_order(variant=mug, quantity=1, method="razorpay", at=now)
    made.make_cancelled_order(at=now)
    made.make_shipped_order(at=now - timedelta(days=7, minutes=5))
    shown = figures(admin)
    today = next(name for name in shown if "today" in name)
    assert today == "2 orders today" and shown[today][0].startswith("₹1,25,") and "1 more than last" in shown[today][1]
    assert shown["Orders to pack"][0] == "1" and shown["Running low"][0] == "1"
    for _value, _note, url in shown.values():
        assert admin.get(url).status_code == 200
    listed = admin.get(shown["Orders to pack"][2]).context["object_list"]
    assert [order.pk for order in listed] == [paid.pk]
    assert len(admin.get(shown[today][2]).context["object_list"]) == 3  # the cancelled one is listed, not counted


def test_stuck_money_is_shown(support):
    failed, under_way, authorized, fresh = (made.make_paid_order() for _ in range(4))
    for order in (failed, under_way):
        Order.objects.filter(pk=order.pk).update(payment_status="refund_due", status="cancelled")
    for order, status in ((failed, "failed"), (under_way, "pending")):
        payment = Payment.objects.get(reference=order.reference)
        Refund.objects.create(payment=payment, amount=100, idempotency_key=f"k{order.pk}", status=status)
    Payment.objects.filter(reference=authorized.reference).update(
        status="authorized", created_at=timezone.now() - timedelta(hours=2)
    )
    Payment.objects.filter(reference=fresh.reference).update(status="authorized")
    value, _note, url = figures(support)["Payments to look at"]
    assert value == "2"
    assert {order.pk for order in support.get(url).context["object_list"]} == {failed.pk, authorized.pk}
    assert f"Look at the payment of {failed.number}" in needs(support)


def test_what_waits_comes_oldest_first(merchandiser):
    now = timezone.now()
    new, old = made.make_order(at=now), made.make_order(at=now - timedelta(days=3))
    lost = made.make_shipped_order(at=now - timedelta(days=20))
    made.make_shipped_order()
    OrderEvent.objects.filter(order=lost, kind="shipped").update(at=now - timedelta(days=15))
    texts = needs(merchandiser)
    assert [text.split(" ")[0] for text in texts] == ["Ask", "Pack", "Pack"]
    assert lost.number in texts[0] and old.number in texts[1] and new.number in texts[2]
    page = merchandiser.get(HOME).content.decode()
    assert page.index(old.number) < page.index(new.number)


def test_returns_wait_for_support_and_parcels_that_nobody_took_for_both(support, merchandiser):
    asked, received, approved = (made.make_return(status=status) for status in ("requested", "received", "approved"))
    lost = made.make_shipped_order()
    lost.fulfillments.update(booking_error="422: no such PIN")
    seen = needs(support)
    assert [f"Answer the return {asked}" in seen, f"Refund the return {received}" in seen] == [True, True]
    assert not any(str(approved) in text for text in seen)
    booking = f"Book {lost.number}-1: the courier did not take it"
    assert booking in seen and needs(merchandiser) == [booking]


@pytest.mark.parametrize(
    ("role", "names"),
    [("merchandiser", {"Orders to pack", "Running low", "Payments to look at"}),
     ("support", {"Orders to pack", "Payments to look at"})],
)  # fmt: skip
def test_everybody_sees_their_own_figures(role, names):
    client = browser_of(role)
    assert {name for name in figures(client) if "today" not in name} == names
    assert client.get(HOME).status_code == 200


def test_it_costs_a_fixed_number_of_queries(merchandiser):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            merchandiser.get(HOME)
        return len(queries)

    made.make_order()
    count()
    few = count()
    for _ in range(12):
        made.make_order()
    assert count() == few
