from __future__ import annotations

from django.utils import timezone

from catalog.inventory.models import StockMovement
from checkout.cart.models import Cart
from checkout.credit.models import StoreCreditEntry
from checkout.order.models import Order, OrderEvent, Return
from checkout.order.services.cancel_order import cancel_order
from checkout.payment.models import Refund
from shop.accounts.services.close_account import close_account
from tests.checkout.api.conftest import Guest
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant


def _ordered(user, variant) -> Order:
    client = Guest()
    client.force_authenticate(user)
    client.put_in_cart(variant)
    answer = client.order(note="Ring twice")
    client.put_in_cart(variant)
    return Order.objects.get(pk=answer.json()["id"])


def test_the_export_has_everything_of_a_person_and_nothing_of_others(db):
    make_shipping()
    asha, ravi, mug = make_user("asha"), make_user("ravi"), make_variant(sku="MUG")
    order, foreign = _ordered(asha, mug), _ordered(ravi, mug)
    export = client_of(asha).get("/api/self/export/").json()
    assert [row["number"] for row in export["orders"]] == [order.number]
    assert export["orders"][0]["address"]["street"] == ADDRESS["street"]
    assert export["cart"][0]["sku"] == "MUG"
    assert foreign.number not in str(export)


def test_erasure_keeps_what_the_books_need_and_nothing_else(db):
    make_shipping()
    asha = make_user("asha")
    order = _ordered(asha, make_variant())
    close_account(user=asha, at=timezone.now())
    order.refresh_from_db()
    assert (order.note, order.address["name"], order.total > 0) == ("", ADDRESS["name"], True)
    assert not Cart.objects.filter(user=asha).exists()


def test_returns_are_given_out_and_their_reasons_forgotten(db):
    asha = make_user("asha")
    coming = made.make_return(user=asha, status="received")
    made.make_return(user=make_user("ravi"))
    export = client_of(asha).get("/api/self/export/").json()
    assert [row["returns"] for row in export["orders"]] == [
        [{"number": str(coming), "status": "received", "reason": "Chipped", "answer": ""}]
    ]
    close_account(user=asha, at=timezone.now())
    coming.refresh_from_db()
    assert coming.reason == "" and not OrderEvent.objects.filter(order=coming.order, note="Chipped").exists()
    assert not StockMovement.objects.filter(reason__contains="Chipped").exists()
    assert OrderEvent.objects.filter(note="Chipped").count() == 1  # another person's


def test_the_name_of_who_acted_is_forgotten(db):
    """In the timeline, of a return and of a refund; also a name that was given up before, and staff on foreign orders."""
    asha, sam = make_user("asha"), make_user("sam", role="support")
    order = made.make_paid_order(user=asha)
    OrderEvent.objects.create(order=order, kind="address_changed", at=timezone.now(), by="asha_before")
    cancel_order(order_id=order.pk, at=timezone.now(), by="asha", to="store_credit")
    assert Refund.objects.get().requested_by == "asha"
    coming = made.make_return(user=asha, status="received")
    Return.objects.filter(pk=coming.pk).update(requested_by="asha")
    foreign = made.make_order(user=make_user("ravi"))
    cancel_order(order_id=foreign.pk, at=timezone.now(), by="sam")
    kept = list(OrderEvent.objects.exclude(by__startswith="asha").order_by("pk").values_list("pk", "by"))
    close_account(user=asha, at=timezone.now(), confirmed=True)
    names = set(OrderEvent.objects.values_list("by", flat=True))
    assert f"closed-{asha.pk}" in names and not any(name.startswith("asha") for name in names)
    assert Refund.objects.get().requested_by == Return.objects.get().requested_by == f"closed-{asha.pk}"
    assert not StoreCreditEntry.objects.filter(by="asha").exists()  # these rows cannot be changed
    assert (
        list(OrderEvent.objects.filter(pk__in=[pk for pk, _by in kept]).order_by("pk").values_list("pk", "by")) == kept
    )
    close_account(user=sam, at=timezone.now())
    assert f"closed-{sam.pk}" in set(foreign.events.values_list("by", flat=True))
