"""Systems that keep a copy of the orders hear of every change of one, whatever was changed and whoever did it. Real
commits: a transaction has one time of its own, and what is not committed yet must not be lost."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from checkout.order.models import Order
from checkout.order.services.decide_return import decide_return
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.receive_return import receive_return
from checkout.order.services.request_return import request_return
from checkout.order.services.ship_order import ship_order
from tests.factories import orders as made
from tests.factories.people import client_of, make_user

ORDERS = "/api/order/"
EVER = "2026-01-01T00:00:00Z"


class Copy:
    """What another system does: asks for what changed since it asked last, page by page."""

    def __init__(self, client, **more) -> None:
        self.client, self.more, self.since = client, more, EVER

    def sync(self, size: int = 100) -> list[int]:
        page = self.ask(ORDERS, {"updated_since": self.since, "page_size": size, **self.more})
        until, came = page["until"], [*page["results"]]
        while page["next"]:
            page = self.ask(page["next"])
            assert page["until"] == until
            came += page["results"]
        assert (page["count"], page["deleted"], page["previous"]) == (len(came), [], None)
        self.since = until
        return [order["id"] for order in came]

    def ask(self, *asked) -> dict:
        answer = self.client.get(*asked)
        assert answer.status_code == 200, answer.content
        return answer.json()


def by_hand(statement: str) -> None:
    """Somebody at a console, past every service."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_every_change_of_an_order_is_told(own_database):
    copy, at = Copy(client_of(make_user("maya", role="admin")), all="true"), timezone.now()
    other = made.make_order()
    order = made.make_order(method="razorpay", quantity=2)
    assert copy.sync() == [other.pk, order.pk]
    assert copy.sync() == [], "nothing happened"
    line = order.lines.get()

    def ask_back():
        back = request_return(order_id=order.pk, items={line.pk: 2}, reason="Chipped", at=at)
        assert copy.sync() == [order.pk], "a return"
        decide_return(return_id=back.pk, approve=True, at=at)
        assert copy.sync() == [order.pk], "its approval"
        receive_return(return_id=back.pk, at=at)

    happenings = {
        "paid": lambda: made._paid(order),
        "shipped": lambda: ship_order(order_id=order.pk, at=at),
        "followed": lambda: by_hand(
            "INSERT INTO order_trackingevent (fulfillment_id, event_id, status, text, place, at)"
            " SELECT id, 'e1', '', 'Sorted', '', now() FROM order_fulfillment"
        ),
        "delivered": lambda: deliver_order(order_id=order.pk, at=at),
        "come back": ask_back,
        "a line": lambda: by_hand(f"UPDATE order_orderline SET name = 'Mug' WHERE id = {line.pk}"),
        "a parcel's line": lambda: by_hand("UPDATE order_fulfillmentline SET quantity = quantity"),
        "a return's line": lambda: by_hand("UPDATE order_returnline SET fate = 'restock'"),
        "the order": lambda: by_hand(f"UPDATE order_order SET note = 'Ring' WHERE id = {order.pk}"),
        "a note of it": lambda: by_hand(f"DELETE FROM order_orderevent WHERE order_id = {order.pk} AND kind = 'paid'"),
    }
    for what, happen in happenings.items():
        happen()
        assert copy.sync() == [order.pk], what
    assert copy.sync() == []


def test_what_is_committed_late_is_told_the_next_time(own_database):
    slow, quick = made.make_order(), made.make_order()
    copy, written, asked = (
        Copy(client_of(make_user("maya", role="admin")), all="true"),
        threading.Event(),
        threading.Event(),
    )
    copy.sync()

    def change_slowly():
        try:
            with transaction.atomic():
                Order.objects.filter(pk=slow.pk).update(note="Late")
                written.set()
                assert asked.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=change_slowly)
    thread.start()
    assert written.wait(20)
    Order.objects.filter(pk=quick.pk).update(note="Now")
    assert copy.sync() == [quick.pk], "the other one is not there yet"
    asked.set()
    thread.join()
    assert slow.pk in copy.sync()


def test_what_changes_while_it_is_read_comes_again(own_database):
    buyer = make_user("asha")
    mine = [made.make_order(user=buyer).pk for _ in range(5)]
    made.make_order(user=make_user("ravi"))
    copy = Copy(client_of(buyer))
    first = copy.ask(ORDERS, {"updated_since": EVER, "page_size": 2, "fields": "id"})
    assert (first["results"], first["count"]) == ([{"id": pk} for pk in mine[:2]], 5)
    Order.objects.filter(pk__in=[mine[0], mine[3]]).update(note="Ring")
    Order.objects.update(updated_at=EVER)  # nobody sets it: the triggers do, for all of them alike
    second = copy.ask(first["next"])
    third = copy.ask(second["next"])
    fourth = copy.ask(third["next"])
    seen = [order["id"] for page in (second, third, fourth) for order in page["results"]]
    assert sorted(seen) == sorted(mine)
    assert fourth["next"] is None


def test_it_costs_three_queries_and_is_not_for_others(db, django_assert_num_queries):
    buyer = make_user("asha")
    order, client = made.make_order(user=buyer), client_of(buyer)
    made.make_order()
    client.get(ORDERS)
    with django_assert_num_queries(1 + 2):  # who calls is one
        assert [row["id"] for row in client.get(ORDERS, {"updated_since": EVER}).json()["results"]] == [order.pk]
    assert client.get(ORDERS, {"updated_since": EVER, "all": "true"}).status_code == 403


@pytest.mark.parametrize(
    ("name", "value"),
    [("updated_since", "yesterday"), ("updated_since", "2026-01-31T09:30:00"), ("cursor", "cD0x"), ("page_size", "101"),
     ("page", "2"), ("status", "paid")],
)  # fmt: skip
def test_a_bad_value_is_named(db, name, value):
    answer = client_of(make_user("asha")).get(ORDERS, {"updated_since": EVER, name: value})
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [name]
