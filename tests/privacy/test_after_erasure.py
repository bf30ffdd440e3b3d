"""Promise A6: what is written, or kept, beside the account is gone with it, whoever comes first."""

from __future__ import annotations

from django.utils import timezone

from checkout.order.models import Order
from checkout.order.services.claim_guest_orders import claim_guest_orders
from shop.accounts.services.close_account import close_account
from shop.core.models import IdempotencyKey
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
