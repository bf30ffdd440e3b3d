"""Guards around transactions and the order of locks."""

from __future__ import annotations

import threading

import pytest
import requests
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from shop.core.db import CalledInsideTransaction, durable, forbid_in_transaction, in_chunks, lock_in_order
from shop.core.models import IdempotencyKey
from tests.threads import at_once


def keys(*names: str) -> list[IdempotencyKey]:
    return [IdempotencyKey.objects.create(caller="db", path="/", key=name) for name in names]


@pytest.mark.django_db
def test_a_call_to_the_outside_inside_a_transaction_is_refused():
    forbid_in_transaction("gateway")  # the transaction around the test does not count
    with pytest.raises(CalledInsideTransaction, match="gateway"), transaction.atomic():
        forbid_in_transaction("gateway")


@pytest.mark.django_db
def test_a_planted_mail_inside_a_transaction_fails_the_test():
    with pytest.raises(CalledInsideTransaction), transaction.atomic():
        mail.send_mail("Placed", "Thank you.", None, ["asha@osari.example"])
    assert mail.outbox == []
    mail.send_mail("Placed", "Thank you.", None, ["asha@osari.example"])
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_a_planted_request_inside_a_transaction_fails_the_test():
    with pytest.raises(CalledInsideTransaction, match="GET http:"), transaction.atomic():
        requests.get("http://127.0.0.1:9/", timeout=1)
    with pytest.raises(requests.ConnectionError):
        requests.get("http://127.0.0.1:9/", timeout=1)


@pytest.mark.postgres_race
def test_a_durable_transaction_is_the_outermost(own_database):
    with durable():
        keys("kept")
    with pytest.raises(RuntimeError), transaction.atomic(), durable():
        pass
    assert IdempotencyKey.objects.filter(key="kept").exists()


@pytest.mark.django_db
def test_rows_are_locked_in_order_of_their_keys():
    first, second, third = keys("a", "b", "c")
    wanted = IdempotencyKey.objects.filter(pk__in=[third.pk, first.pk, second.pk])
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        assert lock_in_order(wanted.order_by("-pk")) == [first, second, third]
    assert "FOR UPDATE" in queries[0]["sql"]


@pytest.mark.postgres_race
def test_opposite_wishes_do_not_end_in_a_deadlock(own_database):
    pks = [key.pk for key in keys("a", "b")]
    meet = threading.Barrier(2, timeout=20)

    def lock(order: list[int]) -> int:
        meet.wait()
        for _ in range(20):
            with transaction.atomic():
                wanted = IdempotencyKey.objects.filter(pk__in=order)
                lock_in_order(wanted.order_by("pk" if order == pks else "-pk"))
        return 20

    assert at_once([lambda: lock(pks), lambda: lock(pks[::-1])]) == [20, 20]


def test_chunks_hold_everything_once():
    assert list(in_chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]
    assert list(in_chunks([], 2)) == []
