from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.order.models import Order
from checkout.order.rules import order_token
from checkout.order.services.cancel_order import cancel_order
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.settle_payment import settle_payment
from checkout.order.services.ship_order import ship_order
from shop.core.money import Money
from tests.checkout.storefront.conftest import Browser, text_of
from tests.factories.people import PASSWORD, make_user


def _sign_in(browser: Browser, user) -> None:
    browser.post("/account/login/", {"username": user.username, "password": PASSWORD})


@pytest.fixture
def asha(browser, mug):
    user = make_user("asha", email="asha@example.com")
    _sign_in(browser, user)
    browser.add(mug, 2)
    return user


@pytest.fixture
def order(browser, asha) -> Order:
    browser.place(browser.to_review())
    return Order.objects.get()


@pytest.fixture
def guest_order(browser, mug) -> Order:
    browser.add(mug)
    browser.place(browser.to_review())
    return Order.objects.get()


def test_the_account_shows_the_latest_and_all_orders(browser, order):
    assert order.number in text_of(browser.get("/account/"))
    listed = text_of(browser.get("/account/orders/"))
    assert order.number in listed
    assert "Being packed" in listed
    assert "2 pieces, ₹1,298" in listed


def test_an_order_from_placed_to_delivered(browser, order):
    path = f"/account/orders/{order.number}/"
    page = browser.get(path)
    assert "Placed. You pay ₹1,298 when it comes." in text_of(page)
    assert 'class="done"' in page.content.decode()
    assert f'action="{path}cancel/"' in page.content.decode()
    ship_order(order_id=order.pk, at=timezone.now())
    page = browser.get(path)
    assert "On its way" in text_of(page)
    assert "cancel/" not in page.content.decode()
    deliver_order(order_id=order.pk, at=timezone.now())
    assert "Paid: ₹1,298." in text_of(browser.get(path))
    assert "Delivered and paid" in text_of(browser.get(path))


def test_refused_at_the_door(browser, order):
    ship_order(order_id=order.pk, at=timezone.now())
    deliver_order(order_id=order.pk, at=timezone.now(), collected=False)
    page = text_of(browser.get(f"/account/orders/{order.number}/"))
    assert "Refused at the door" in page
    assert "Cancelled. Nothing is left to pay." in page


def test_cancelling_ones_own_order(browser, order):
    answer = browser.send(f"/account/orders/{order.number}/cancel/")
    assert (answer.status_code, answer["Location"]) == (303, f"/account/orders/{order.number}/")
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert "The order is cancelled." in text_of(browser.get(answer["Location"]))


def test_what_is_on_its_way_is_not_cancelled(browser, order):
    ship_order(order_id=order.pk, at=timezone.now())
    browser.send(f"/account/orders/{order.number}/cancel/")
    order.refresh_from_db()
    assert order.status == "placed"
    assert 'role="alert"' in browser.get(f"/account/orders/{order.number}/").content.decode()


def test_orders_of_others_are_not_there(browser, order):
    other = Browser()
    _sign_in(other, make_user("ravi", email="ravi@example.com"))
    for number in (order.number, "OS-999999", "x", "OS-", "OS-" + "9" * 30, "0"):
        for path in (f"/account/orders/{number}/", f"/order/{number}/", f"/checkout/done/{number}/"):
            assert other.get(path).status_code == 404
            assert Browser().get(path).status_code == (302 if path.startswith("/account/") else 404)
        assert other.send(f"/account/orders/{number}/cancel/").status_code == 404
        assert other.send(f"/order/{number}/cancel/").status_code == 404
    order.refresh_from_db()
    assert order.status == "placed"


def test_an_order_is_not_cancelled_by_a_link(browser, order):
    assert browser.get(f"/account/orders/{order.number}/cancel/").status_code == 405
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(order.user)
    assert strict.send(f"/account/orders/{order.number}/cancel/").status_code == 403
    order.refresh_from_db()
    assert order.status == "placed"


def test_the_link_of_a_letter_opens_one_guests_order(guest_order, mug):
    elsewhere = Browser()
    path = f"/order/{guest_order.number}/"
    assert elsewhere.get(path).status_code == 404
    assert elsewhere.get(f"{path}?token=wrong").status_code == 404
    answer = elsewhere.get(f"{path}?token={order_token(guest_order)}")
    assert (answer.status_code, answer["Location"]) == (303, path)
    assert guest_order.number in text_of(elsewhere.get(path))
    assert elsewhere.send(f"{path}cancel/").status_code == 303
    guest_order.refresh_from_db()
    assert guest_order.status == "cancelled"


def test_a_token_opens_no_other_order(guest_order, mug):
    other = Browser()
    other.add(mug)
    other.place(other.to_review())
    second = Order.objects.exclude(pk=guest_order.pk).get()
    stranger = Browser()
    assert stranger.get(f"/order/{second.number}/?token={order_token(guest_order)}").status_code == 404
    stranger.get(f"/order/{guest_order.number}/?token={order_token(guest_order)}")
    assert stranger.get(f"/order/{second.number}/").status_code == 404


def test_a_guests_order_is_not_under_an_account(browser, guest_order):
    _sign_in(browser, make_user())
    assert browser.get(f"/account/orders/{guest_order.number}/").status_code == 404


def test_an_online_order_waits_and_can_be_paid(browser, asha):
    answer = browser.place(browser.to_review(payment="razorpay"))
    order = Order.objects.get()
    assert answer["Location"] == f"/checkout/pay/{order.number}/"
    for path in ("/account/orders/", f"/account/orders/{order.number}/", f"/checkout/done/{order.number}/"):
        page = browser.get(path)
        assert f'href="/checkout/pay/{order.number}/"' in page.content.decode()
    assert "₹1,298 is still to be paid." in text_of(page)
    settle_payment(order_id=order.pk, payment_id=1, amount=Money(order.total, "INR"), at=timezone.now())
    page = browser.get(f"/checkout/done/{order.number}/")
    assert "Paid: ₹1,298." in text_of(page)
    assert "/checkout/pay/" not in page.content.decode()


def test_pages_of_orders(browser, asha, mug):
    browser.place(browser.to_review())
    for _ in range(8):
        browser.add(mug)
        browser.place(browser.to_review())
    for order in Order.objects.all()[:2]:
        cancel_order(order_id=order.pk, at=timezone.now())
    for _ in range(2):
        browser.add(mug)
        browser.place(browser.to_review())
    first = browser.get("/account/orders/")
    assert first.content.decode().count('class="ticket"') == 10
    assert 'href="?page=2"' in first.content.decode()
    assert browser.get("/account/orders/?page=2").content.decode().count('class="ticket"') == 1
    assert browser.get("/account/orders/?page=x").status_code == 200


@pytest.mark.parametrize("path", ["/account/orders/", "/account/orders/{}/", "/checkout/done/{}/"])
def test_eleven_queries_show_orders(browser, order, path, django_assert_max_num_queries):
    browser.get("/cart/")
    with django_assert_max_num_queries(11):
        assert browser.get(path.format(order.number)).status_code == 200


@pytest.mark.parametrize("path", ["/account/orders/", "/account/orders/OS-1/"])
def test_strangers_sign_in_first(db, path):
    answer = Browser().get(path)
    assert answer["Location"] == f"/account/login/?next={path}"


def test_nothing_of_a_shopper_is_kept_on_the_way(browser, order):
    for path in ("/cart/", "/account/orders/", f"/account/orders/{order.number}/", f"/checkout/done/{order.number}/"):
        assert "no-store" in browser.get(path)["Cache-Control"]
        assert 'name="robots" content="noindex"' in browser.get(path).content.decode()
