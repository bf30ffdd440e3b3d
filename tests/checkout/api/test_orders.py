from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.inventory.models import Reservation, StockMovement
from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.models import ProductCore
from checkout.cart.models import CartLine
from checkout.order.models import Order, OrderEvent
from checkout.payment.models import Payment
from shop.accounts.services.ensure_roles import ensure_roles
from shop.accounts.services.save_address import save_address
from shop.core.models import IdempotencyKey
from shop.core.outbox.models import OutboxEvent
from tests.checkout.api.conftest import Guest
from tests.factories.people import make_user
from tests.factories.shop import ADDRESS
from tests.factories.variants import item_of, make_variant


@pytest.fixture
def lamp(db):
    return make_variant(sku="LAMP", price=429000, stock=3, tax=1800)


@pytest.fixture
def filled(guest, mug, lamp, shipping) -> Guest:
    guest.put_in_cart(mug, 2)
    guest.put_in_cart(lamp, 1)
    return guest


def _sign_in(client: Guest, user) -> Guest:
    client.force_authenticate(user)
    return client


def _nothing_happened(items: int = 2) -> None:
    assert not Order.objects.exists()
    assert not Reservation.objects.exists()
    assert not Payment.objects.exists()
    assert not OutboxEvent.objects.filter(name__startswith="order.").exists()
    assert CartLine.objects.count() == items


# --- the happy path --------------------------------------------------------------------------------------------------


def test_a_guest_orders_by_cash(filled, mug, lamp):
    answer = filled.order()
    assert answer.status_code == 201, answer.content
    order = answer.json()
    assert order["number"].startswith("OS-")
    assert (order["status"], order["payment"]) == ("pending", {"method": "cod", "status": "pending"})
    assert (order["subtotal"], order["shipping"], order["discount"], order["total"]) == (
        "5588.00",
        "0.00",
        "0.00",
        "5588.00",
    )
    assert [(i["sku"], i["quantity"], i["price"], i["tax"], i["total"]) for i in order["items"]] == [
        ("MUG", 2, "649.00", "198.00", "1298.00"),
        ("LAMP", 1, "4290.00", "654.41", "4290.00"),
    ]
    assert order["tax"] == "852.41"
    assert [event["event"] for event in order["timeline"]] == ["placed"]
    assert order["address"]["pincode"] == "560034"
    assert len(order["order_token"]) >= 22
    assert filled.call("get", "cart/").json()["items"] == []
    assert (item_of(mug).reserved, item_of(lamp).reserved) == (2, 1)
    assert Payment.objects.get().amount == 558800
    assert OutboxEvent.objects.filter(name="order.placed").count() == 1


def test_sixteen_queries_place_an_order_of_two_lines(filled, django_assert_max_num_queries):
    """One of them is the merchandisers' rule of cash."""
    with django_assert_max_num_queries(17 + 8) as queries:  # savepoints stand where BEGIN and COMMIT would, uncounted
        assert filled.order(key="budget").status_code == 201
    real = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert len(real) <= 16, "\n".join(real)


def test_a_customer_orders_to_a_kept_address(mug, shipping, guest):
    user = make_user()
    address = save_address(user=user, fields=ADDRESS)
    _sign_in(guest, user).put_in_cart(mug)
    body = {"address_id": address.pk, "payment_method": "cod"}
    order = guest.call("post", "order/", body).json()
    assert order["address"]["name"] == "Asha Menon"
    assert "order_token" not in order
    save_address(user=user, fields={"name": "Somebody Else"}, address_id=address.pk)
    assert guest.call("get", f"order/{order['id']}/").json()["address"]["name"] == "Asha Menon"


def test_old_orders_read_the_same_for_ever(filled, mug):
    order = filled.order().json()
    set_base_prices(prices={mug.pk: BasePrice(1)}, currency="INR", at=timezone.now())
    ProductCore.objects.update(is_live=False)
    later = filled.call("get", f"order/{order['id']}/").json()
    assert later.pop("arrival")["latest_date"] > order["placed_at"][:10]  # not told while somebody waits
    assert later == order


# --- refusals, after which nothing has happened ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"address": None}, "address_id"),
        ({"address": ADDRESS | {"pincode": "110001"}}, "address.pincode"),
        ({"address": ADDRESS | {"pincode": "012345"}}, "address.pincode"),
        ({"address": ADDRESS | {"phone": "12"}}, "address.phone"),
        ({"address": ADDRESS | {"name": ""}}, "address.name"),
        ({"address": "here"}, "address.non_field_errors"),
        ({"address_id": 1}, "address_id"),
        ({"email": None}, "email"),
        ({"email": "nobody"}, "email"),
        ({"payment_method": "gold"}, "payment_method"),
        ({"payment_method": None}, "payment_method"),
        ({"shipping_method": "rocket"}, "shipping_method"),
        ({"shipping_method": "express"}, "payment_method"),
        ({"coupon": "FREE"}, "coupon"),
        ({"note": "x" * 501}, "note"),
    ],
)
def test_bad_fields_are_named(filled, changes, field):
    answer = filled.order(**changes)
    assert answer.status_code == 400
    assert field in answer.json()["errors"], answer.json()
    _nothing_happened()


def test_an_empty_cart_is_refused(guest, shipping, mug):
    assert guest.order().json()["code"] == "cart_empty"
    guest.put_in_cart(mug)
    guest.call("delete", "cart/")
    answer = guest.order()
    assert (answer.status_code, answer.json()["code"]) == (400, "cart_empty")
    _nothing_happened(items=0)


def test_short_stock_names_the_lines_and_changes_nothing(filled, lamp):
    stranger = Guest()
    stranger.put_in_cart(lamp, 3)
    assert stranger.order().status_code == 201
    OutboxEvent.objects.all().delete()
    answer = filled.order()
    assert (answer.status_code, answer.json()["code"]) == (409, "out_of_stock")
    line = CartLine.objects.get(variant=lamp)
    assert answer.json()["shortages"] == [{"item_id": line.pk, "sku": "LAMP", "requested": 1, "available": 0}]
    assert Order.objects.count() == 1
    assert CartLine.objects.count() == 2


def test_a_price_that_was_not_shown_is_not_charged(filled, mug):
    set_base_prices(prices={mug.pk: BasePrice(69900)}, currency="INR", at=timezone.now())
    answer = filled.order()
    line = CartLine.objects.get(variant=mug)
    assert (answer.status_code, answer.json()["code"]) == (409, "price_changed")
    assert answer.json()["changes"] == [{"item_id": line.pk, "sku": "MUG", "shown": "649.00", "now": "699.00"}]
    _nothing_happened()
    assert filled.order(query="?accept_prices=true").json()["items"][0]["price"] == "699.00"


def test_a_price_that_was_shown_in_another_currency_is_not_charged(guest, mug, shipping):
    """Also where as many cents were shown as it costs in paise."""
    guest.put_in_cart(mug)
    set_base_prices(prices={mug.pk: BasePrice(64900)}, currency="USD", at=timezone.now())
    assert guest.call("get", "cart/?currency=USD").json()["subtotal"] == "649.00"
    answer = guest.order()
    assert (answer.status_code, answer.json()["code"]) == (409, "price_changed")
    line = CartLine.objects.get(variant=mug)
    assert answer.json()["changes"] == [
        {"item_id": line.pk, "sku": "MUG", "shown": "649.00", "shown_currency": "USD", "now": "649.00"}
    ]
    _nothing_happened(items=1)
    assert guest.call("get", "cart/").json()["warnings"] == []
    assert guest.order().status_code == 201


def test_showing_the_cart_again_goes_on(filled, mug):
    set_base_prices(prices={mug.pk: BasePrice(69900)}, currency="INR", at=timezone.now())
    assert filled.order().status_code == 409
    filled.call("get", "cart/")
    assert filled.order().json()["items"][0]["price"] == "699.00"


def test_what_was_taken_off_sale_is_not_sold(filled, mug):
    ProductCore.objects.filter(pk=mug.core_id).update(is_live=False)
    answer = filled.order()
    assert (answer.status_code, answer.json()["code"]) == (409, "not_for_sale")
    _nothing_happened()


def test_cash_has_a_limit(guest, shipping, db):
    dear = make_variant(price=2_500_001, stock=5)
    guest.put_in_cart(dear)
    assert "payment_method" in guest.order().json()["errors"]
    _nothing_happened(items=1)


def test_prices_and_people_come_from_the_server(filled, mug):
    user = make_user()
    body = {"total": "1.00", "items": [{"price": "1.00"}], "user": user.pk, "status": "paid", "discount": "500.00"}
    order = filled.order(**body).json()
    assert (order["total"], order["status"]) == ("5588.00", "pending")
    assert Order.objects.get().user is None


# --- once ------------------------------------------------------------------------------------------------------------


def test_the_same_key_gives_the_first_answer_and_one_order(filled):
    first, again = filled.order(key="abc"), filled.order(key="abc")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Order.objects.count() == 1
    assert first.json()["order_token"] and first.json()["order_token"] not in str(IdempotencyKey.objects.values())


def test_the_same_key_with_another_body_is_refused(filled, mug):
    filled.order(key="abc")
    filled.put_in_cart(mug)
    answer = filled.order(key="abc", note="other")
    assert answer.status_code == 422
    assert Order.objects.count() == 1


def test_a_lost_answer_does_not_make_a_second_order(filled):
    """The process died after the commit and before the answer was kept: the order itself knows its key."""
    first = filled.order(key="abc").json()
    IdempotencyKey.objects.all().delete()
    again = filled.order(key="abc")
    assert (again.status_code, again.json()["id"]) == (201, first["id"])
    assert Order.objects.count() == 1


def test_a_refusal_is_not_kept(filled, mug):
    set_base_prices(prices={mug.pk: BasePrice(69900)}, currency="INR", at=timezone.now())
    assert filled.order(key="abc").status_code == 409
    filled.call("get", "cart/")
    assert filled.order(key="abc").status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "naïve"])
def test_keys_that_are_none(filled, key):
    answer = filled.call("post", "order/", {"address": ADDRESS, "payment_method": "cod", "email": "g@example.com"},
                         **{"Idempotency-Key": key})  # fmt: skip
    assert answer.status_code == 400
    _nothing_happened()


# --- who may see and do ----------------------------------------------------------------------------------------------


def test_a_stranger_sees_what_is_not_there(filled):
    order = filled.order().json()
    for stranger in (Guest(), _sign_in(Guest(), make_user())):
        foreign = stranger.call("get", f"order/{order['id']}/")
        missing = stranger.call("get", "order/999999/")
        assert (foreign.status_code, foreign.json()) == (missing.status_code, missing.json())
        assert foreign.status_code == 404
        assert stranger.call("post", f"order/{order['id']}/cancel/", {}).status_code == 404
        assert stranger.call("get", "order/").json()["count"] == 0
    assert Order.objects.get().status == "placed"


def test_an_order_token_opens_that_order_only(filled, mug):
    first = filled.order().json()
    filled.put_in_cart(mug)
    second = filled.order().json()
    friend = Guest()
    token = {"X-Order-Token": first["order_token"]}
    assert friend.call("get", f"order/{first['id']}/", **token).status_code == 200
    assert friend.call("get", f"order/{second['id']}/", **token).status_code == 404
    assert friend.call("get", f"order/{first['id']}/", **{"X-Order-Token": ""}).status_code == 404


def test_staff_see_all_and_customers_only_theirs(filled):
    ensure_roles()
    order = filled.order().json()
    sam, asha = _sign_in(Guest(), make_user(role="support")), _sign_in(Guest(), make_user())
    assert sam.call("get", "order/?all=true").json()["count"] == 1
    assert sam.call("get", f"order/{order['id']}/").json()["allowed_statuses"] == ["shipped", "cancelled"]
    assert asha.call("get", "order/?all=true").status_code == 403
    assert Guest().call("get", "order/?all=true").status_code in (401, 403)


def test_lists_filter_by_the_one_status(filled):
    filled.order()
    assert filled.call("get", "order/?status=pending").json()["count"] == 1
    assert filled.call("get", "order/?status=shipped").json()["count"] == 0
    assert filled.call("get", "order/?status=lost").json()["errors"]["status"]


# --- the life of an order --------------------------------------------------------------------------------------------


@pytest.fixture
def staff(db) -> Guest:
    ensure_roles()
    return _sign_in(Guest(), make_user(role="support"))


def _set(staff, order, status, **rest):
    return staff.call("patch", f"order/{order['id']}/", {"status": status, **rest})


def test_shipped_and_delivered_by_cash(filled, staff, mug):
    order = filled.order().json()
    assert _set(staff, order, "shipped").json()["status"] == "shipped"
    assert (item_of(mug).on_hand, item_of(mug).reserved) == (8, 0)
    done = _set(staff, order, "delivered").json()
    assert (done["status"], done["payment_status"]) == ("delivered", "paid")
    assert [event["event"] for event in done["timeline"]] == ["placed", "shipped", "paid", "delivered"]
    assert Payment.objects.get().status == "paid"
    assert Order.objects.get().status == "completed"


def test_a_second_identical_step_does_nothing(filled, staff, mug):
    order = filled.order().json()
    for status in ("shipped", "delivered"):
        assert _set(staff, order, status).status_code == 200
        before = (list(StockMovement.objects.values()), list(OrderEvent.objects.values()), OutboxEvent.objects.count())
        assert _set(staff, order, status).status_code == 200
        assert (
            list(StockMovement.objects.values()),
            list(OrderEvent.objects.values()),
            OutboxEvent.objects.count(),
        ) == before


def test_steps_that_the_table_does_not_allow(filled, staff):
    order = filled.order().json()
    answer = _set(staff, order, "delivered")
    assert (answer.status_code, answer.json()["allowed"]) == (409, ["shipped", "cancelled"])
    for status in ("paid", "returned"):
        assert _set(staff, order, status).status_code == 409
    assert _set(staff, order, "lost").status_code == 400
    assert Order.objects.get().fulfillment_status == "unfulfilled"


def test_refused_at_the_door_brings_the_pieces_back(filled, staff, mug):
    order = filled.order().json()
    _set(staff, order, "shipped")
    done = _set(staff, order, "delivered", collected=False).json()
    assert (done["status"], done["payment_status"], done["fulfillment_status"]) == ("cancelled", "void", "refused")
    assert (item_of(mug).on_hand, item_of(mug).reserved) == (10, 0)
    assert _set(staff, order, "delivered", collected=False).status_code == 200
    assert item_of(mug).on_hand == 10


def test_the_buyer_cancels_once(filled, mug):
    order = filled.order().json()
    first = filled.call("post", f"order/{order['id']}/cancel/", {"reason": "changed my mind"})
    assert (first.status_code, first.json()["status"]) == (200, "cancelled")
    assert (item_of(mug).on_hand, item_of(mug).reserved) == (10, 0)
    again = filled.call("post", f"order/{order['id']}/cancel/", {})
    assert (again.status_code, again.json()) == (200, first.json())
    assert OrderEvent.objects.filter(kind="cancelled").count() == 1
    assert Payment.objects.get().status == "void"


def test_after_shipping_nothing_is_cancelled(filled, staff, mug):
    order = filled.order().json()
    _set(staff, order, "shipped")
    answer = filled.call("post", f"order/{order['id']}/cancel/", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert item_of(mug).on_hand == 8


def test_merchandisers_ship_but_do_not_cancel_and_customers_do_neither(filled):
    ensure_roles()
    order = filled.order().json()
    maya, asha = _sign_in(Guest(), make_user(role="merchandiser")), _sign_in(Guest(), make_user())
    assert _set(maya, order, "cancelled").status_code == 403
    assert _set(asha, order, "shipped").status_code == 404
    assert _set(filled, order, "shipped").status_code == 403
    assert Order.objects.get().fulfillment_status == "unfulfilled"
    assert _set(maya, order, "shipped").status_code == 200


def test_unpaid_orders_are_cancelled_by_the_clock(filled, mug):
    from checkout.order.tasks import cancel_unpaid_orders

    filled.order(payment_method="razorpay")
    cancel_unpaid_orders()
    assert Order.objects.get().status == "placed"
    Order.objects.update(cancel_at=timezone.now() - timedelta(seconds=1))
    cancel_unpaid_orders()
    order = Order.objects.get()
    assert (order.status, order.payment_status, order.cancelled_by_person) == ("cancelled", "void", False)
    assert item_of(mug).reserved == 0
