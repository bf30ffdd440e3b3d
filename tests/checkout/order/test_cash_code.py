"""Cash that is confirmed by a one-time code; orders of a guest who proves the address."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.order.errors import CodeOver, CodeTooSoon, UnderReview, WrongCode, WrongState
from checkout.order.models import CashCode, Order
from checkout.order.services.cancel_order import cancel_unpaid
from checkout.order.services.change_payment_method import change_payment_method
from checkout.order.services.claim_guest_orders import claim_guest_orders
from checkout.order.services.confirm_cash import confirm_cash
from checkout.order.services.hold_for_review import end_review
from checkout.order.services.send_code import send_code
from checkout.order.services.ship_order import ship_order
from checkout.order.worklists import held_for_review, to_pack
from checkout.shipping.models import CashRule
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from tests.checkout.order.books import assert_books_add_up, events, everything
from tests.factories import orders as made
from tests.factories.people import client_of, make_user
from tests.factories.shop import make_shipping
from tests.factories.variants import item_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asha():
    return make_user("asha", email="asha@example.com")


@pytest.fixture
def order(asha) -> Order:
    make_shipping()
    CashRule.objects.update_or_create(currency="INR", defaults={"active": True, "confirm_from": 500_00})
    order = made.make_order(user=asha)
    settle()
    return order


def settle() -> None:
    while run_everything_due():
        pass


def sent_code() -> str:
    letter = Notification.objects.filter(kind="cash_code", channel="email").latest("pk")
    return re.search(r"\d{6}", letter.subject)[0]


def test_it_waits_for_its_code(order):
    assert set(Notification.objects.values_list("kind", flat=True)) == {"cash_code"}
    assert not to_pack(Order.objects.all()) and not held_for_review(Order.objects.all())
    with pytest.raises(UnderReview):
        ship_order(order_id=order.pk, at=timezone.now())
    assert sent_code() not in CashCode.objects.get().digest
    for _twice in range(2):
        confirm_cash(order_id=order.pk, code=sent_code(), at=timezone.now())
    settle()
    assert len(events("order.confirmed")) == 1
    assert Notification.objects.filter(kind="order_placed", channel="email").count() == 1
    assert ship_order(order_id=order.pk, at=timezone.now()).fulfillment_status == "shipped"


def test_below_the_amount_nobody_is_asked(order):
    CashRule.objects.update(confirm_from=10_000_00)
    assert made.make_order(user=order.user).review_reason == ""


def test_five_tries_then_a_new_code(order):
    wrong = f"{(int(sent_code()) + 1) % 10**6:06d}"
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(WrongCode) as refusal:
            confirm_cash(order_id=order.pk, code=wrong, at=timezone.now())
        assert refusal.value.members["tries_left"] == left
    before = everything()
    with pytest.raises(CodeOver):
        confirm_cash(order_id=order.pk, code=sent_code(), at=timezone.now())
    assert everything() == before
    with pytest.raises(CodeTooSoon):
        send_code(order_id=order.pk, at=timezone.now())
    later = timezone.now() + timedelta(minutes=2)
    old = sent_code()
    send_code(order_id=order.pk, at=later)
    if old != sent_code():
        with pytest.raises(WrongCode):
            confirm_cash(order_id=order.pk, code=old, at=later)
    confirm_cash(order_id=order.pk, code=sent_code(), at=later)


def test_ten_minutes_and_five_codes(order):
    with pytest.raises(CodeOver):
        confirm_cash(order_id=order.pk, code=sent_code(), at=timezone.now() + timedelta(minutes=11))
    for minutes in (2, 4, 6, 8):
        send_code(order_id=order.pk, at=timezone.now() + timedelta(minutes=minutes))
    with pytest.raises(CodeTooSoon):
        send_code(order_id=order.pk, at=timezone.now() + timedelta(hours=1))


def test_after_a_day_the_clock_ends_it(order):
    cancel_unpaid(order_id=order.pk, at=timezone.now() + timedelta(hours=23))
    assert Order.objects.get(pk=order.pk).status == "placed"
    cancel_unpaid(order_id=order.pk, at=timezone.now() + timedelta(hours=25))
    assert Order.objects.get(pk=order.pk).status == "cancelled"
    assert item_of(order.lines.get().variant).reserved == 0
    with pytest.raises(WrongState):
        confirm_cash(order_id=order.pk, code=sent_code(), at=timezone.now())
    assert_books_add_up()


def test_staff_confirm_it_by_phone(order):
    end_review(order_id=order.pk, at=timezone.now(), by="sam")
    cancel_unpaid(order_id=order.pk, at=timezone.now() + timedelta(days=2))
    assert Order.objects.get(pk=order.pk).status == "placed"
    ship_order(order_id=order.pk, at=timezone.now())


def test_an_odd_one_is_held_after_its_code_too(order, settings):
    settings.REVIEW_ABOVE = {"INR": 1}
    assert confirm_cash(order_id=order.pk, code=sent_code(), at=timezone.now()).review_reason == "an unusual amount"


def test_changing_to_cash_does_not_go_around_it(order):
    online = made.make_order(method="razorpay", user=order.user)
    online = change_payment_method(order_id=online.pk, method="cod", at=timezone.now())
    with pytest.raises(UnderReview):
        ship_order(order_id=online.pk, at=timezone.now())
    settle()
    assert CashCode.objects.filter(order=online).exists()


def test_over_http(order, asha):
    path = f"/api/order/{order.pk}/confirm/"
    for stranger in (client_of(), client_of(make_user()), client_of(make_user(role="support"))):
        assert stranger.post(path, {"code": sent_code()}).status_code == 404
    wrong = client_of(asha).post(path, {"code": "x"})
    assert (wrong.status_code, wrong.json()["code"], wrong.json()["tries_left"]) == (400, "wrong_code", 4)
    assert client_of(asha).post(path, {}).json()["code"] == "code_too_soon"
    assert client_of(asha).post(path, {"code": sent_code()}).status_code == 200
    assert events("order.confirmed")


def test_on_the_page(order, asha, client):
    client.force_login(asha)
    path = f"/account/orders/{order.number}/"
    page = client.get(path).content.decode()
    assert (
        f'action="{path}confirm/"' in page and "Waits for your code" in client.get("/account/orders/").content.decode()
    )
    client.post(f"{path}confirm/", {"code": "1"})
    assert "That is not the code" in client.get(path).content.decode()
    client.post(f"{path}confirm/", {"code": sent_code()})
    assert f'action="{path}confirm/"' not in client.get(path).content.decode()


class TestClaim:
    def test_only_of_an_address_that_is_proved(self):
        order, other = made.make_order(email="Ravi@example.com"), made.make_order(email="x@example.com")
        ravi = make_user("ravi", email="ravi@example.com")
        assert claim_guest_orders(user_id=ravi.pk) == 0
        ravi.is_verified = True
        ravi.save()
        assert [claim_guest_orders(user_id=ravi.pk) for _twice in range(2)] == [1, 0]
        assert Order.objects.get(pk=order.pk).user == ravi and Order.objects.get(pk=other.pk).user is None

    def test_when_the_address_is_verified(self):
        from shop.accounts.events import EmailVerified
        from shop.core.outbox import publish

        order = made.make_order(email="ravi@example.com")
        ravi = make_user("ravi", email="ravi@example.com", is_verified=True)
        publish(EmailVerified(user_id=ravi.pk), aggregate=f"user:{ravi.pk}")
        settle()
        assert Order.objects.get(pk=order.pk).user == ravi

    def test_of_one_that_was_bought_since_when_it_is_on_its_way(self):
        """Not before: until then it belongs to the browser that places and pays it."""
        ravi = make_user("ravi", email="ravi@example.com", is_verified=True)
        order, other = made.make_order(email="Ravi@example.com"), made.make_order(email="kabir@example.com")
        make_user("kabir", email="kabir@example.com")
        settle()
        assert Order.objects.get(pk=order.pk).user is None
        for each in (order, other):
            ship_order(order_id=each.pk, at=timezone.now())
        settle()
        assert Order.objects.get(pk=order.pk).user == ravi and Order.objects.get(pk=other.pk).user is None
