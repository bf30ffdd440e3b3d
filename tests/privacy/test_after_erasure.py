"""Promise A6: what is written, or kept, beside the account is gone with it, whoever comes first."""

from __future__ import annotations

import threading

from django.core import mail
from django.db import connections, transaction
from django.utils import timezone

from checkout.order.models import Order
from checkout.order.services.claim_guest_orders import claim_guest_orders
from checkout.order.services.ship_order import ship_order
from shop.accounts.services.close_account import close_account
from shop.core.models import IdempotencyKey
from shop.core.outbox.models import OutboxEvent
from shop.core.tasks.runner import run_everything_due
from shop.notifications.kinds import FAREWELL
from shop.notifications.models import Notification
from shop.notifications.services.keep_from_erasure import keep_from_erasure
from shop.notifications.services.notify import notify
from tests.factories.orders import make_order
from tests.factories.people import client_of, make_user
from tests.factories.shop import ADDRESS, make_shipping
from tests.factories.variants import make_variant

NAME = "Zeenatmarker"
BODY = {"address": ADDRESS | {"name": NAME}, "payment_method": "cod", "email": "guest@example.com"}


def _order(client, **headers) -> dict:
    make_shipping()
    first = client.post("/api/cart/items/", {"product_id": make_variant().core_id, "quantity": 1}, headers=headers)
    headers |= {"X-Cart-Token": token} if (token := first.headers.get("X-Cart-Token")) else {}
    return client.post("/api/order/", BODY, headers=headers | {"Idempotency-Key": "k"}).json()


def _drain() -> None:
    while run_everything_due():
        pass


def _kept() -> bool:
    return NAME in str(list(IdempotencyKey.objects.values()))


def test_kept_answers_go_with_the_account_and_no_others(db):
    zeenat, other = make_user("zeenat"), make_user("other")
    _order(client_of(zeenat))
    IdempotencyKey.objects.create(caller=f"user:{zeenat.pk}0", path="/", key="k")
    IdempotencyKey.objects.create(caller=f"user:{other.pk}", path="/", key="k")
    assert _kept()
    close_account(user=zeenat, at=timezone.now())
    assert not _kept()
    assert IdempotencyKey.objects.count() == 2


def test_so_do_those_of_the_guest_whom_the_account_was_before(db):
    order = _order(client_of())
    zeenat = make_user("zeenat", email="guest@example.com", is_verified=True)
    assert claim_guest_orders(user_id=zeenat.pk) == 1 and _kept()
    close_account(user=zeenat, at=timezone.now())
    assert not _kept() and Order.objects.get().pk == order["id"]


def test_what_happened_before_and_is_told_after_is_not_written(db):
    zeenat = make_user("zeenat", name=NAME)
    order = make_order(user=zeenat, name=NAME)
    assert OutboxEvent.objects.filter(name="order.placed").exists()
    close_account(user=zeenat, at=timezone.now())
    _drain()
    ship_order(order_id=order.pk, at=timezone.now())
    _drain()
    assert notify(recipient=zeenat, address="zeenat@example.com", kind="password_changed", context={}) is None
    assert not Notification.objects.exists()
    assert [letter.subject for letter in mail.outbox] == ["Your account at Osari is closed"]


def test_whoever_is_not_erased_is_told(db):
    zeenat = make_user("zeenat")
    make_order(user=zeenat)
    _drain()
    assert Notification.objects.filter(recipient=zeenat, kind="order_placed", channel="email").count() == 1


def test_a_letter_that_is_being_written_is_erased_with_the_rest(own_database):
    """The account is closed between the look at the person and the letter: it waits, and takes the letter along."""
    zeenat = make_user("zeenat")
    closing = threading.Thread(target=_close, args=[zeenat])
    with transaction.atomic():
        assert keep_from_erasure(zeenat)
        closing.start()
        closing.join(1)
        assert closing.is_alive()
        notify(recipient=zeenat, address=zeenat.email, kind="password_changed", context={"action_url": "x"})
        assert Notification.objects.count() == 1
    closing.join(30)
    zeenat.refresh_from_db()
    assert zeenat.erased_at and not Notification.objects.exclude(kind=FAREWELL).exists()
    assert not keep_from_erasure(zeenat)


def _close(user) -> None:
    try:
        close_account(user=user, at=timezone.now())
    finally:
        connections.close_all()
