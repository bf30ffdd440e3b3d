"""Pay again from the account and from the letter; buy again with one click."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.inventory.models import Reservation
from catalog.inventory.services.release import release
from catalog.inventory.services.reserve import Wanted, reserve
from catalog.product.models import Variant
from checkout.cart.models import Cart, CartLine
from checkout.order.models import Order
from checkout.order.services.hold_stock import hold_stock
from shop.core.outbox import publish
from shop.core.tasks.runner import run_everything_due
from shop.notifications.models import Notification
from shop.notifications.private_links import link_of
from tests.checkout.storefront.conftest import text_of
from tests.checkout.storefront.test_order_pages import _sign_in, asha, guest_order, order  # noqa: F401
from tests.factories import orders as made
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def in_cart(cart: Cart) -> dict[str, int]:
    return dict(cart.lines.values_list("variant__sku", "quantity"))


def variant(core) -> Variant:
    return Variant.objects.get(core=core)


def keep_back(core, quantity: int) -> None:
    reserve(lines=[Wanted(variant(core).pk, quantity)], reference="test:1", at=timezone.now())


class TestBuyAgain:
    def test_one_click_fills_the_cart_and_a_second_changes_nothing(self, browser, order):  # noqa: F811
        cart = Cart.objects.get(user=order.user)
        assert in_cart(cart) == {}
        assert "Buy it again" in text_of(browser.get("/account/orders/"))
        for _click in range(2):
            answer = browser.send(f"/account/orders/{order.number}/again/")
            assert (answer.status_code, answer["Location"]) == (303, "/cart/")
            assert in_cart(cart) == {"MUG": 2}
        assert f"Order {order.number} is in your cart again." in text_of(browser.get("/cart/"))

    def test_what_is_not_to_be_had_is_said(self, browser, asha, mug, lamp):  # noqa: F811
        browser.add(lamp, 1)
        browser.place(browser.to_review())
        order = Order.objects.get()  # noqa: F811
        Variant.objects.filter(core=lamp).update(active=False)
        keep_back(mug, 7)  # 8 were left: 1 can be had
        browser.send(f"/account/orders/{order.number}/again/")
        assert in_cart(Cart.objects.get(user=asha)) == {"MUG": 1}
        assert "1 × Chai mug, 1 × Pendant lamp" in text_of(browser.get("/cart/"))

    def test_a_guest_by_the_link_in_another_browser(self, client, guest_order):  # noqa: F811
        from checkout.order.rules import order_token

        path = f"/order/{guest_order.number}/"
        assert client.post(f"{path}again/").status_code == 404
        client.get(path, {"token": order_token(guest_order)})
        answer = client.post(f"{path}again/")
        assert answer.cookies["cart_token"].value
        assert in_cart(Cart.objects.latest("pk")) == {"MUG": 1}

    def test_of_somebody_else(self, browser, order):  # noqa: F811
        browser.logout()
        _sign_in(browser, make_user("ravi"))
        assert browser.send(f"/account/orders/{order.number}/again/").status_code == 404
        assert not CartLine.objects.exists()


class TestPayAgain:
    def failed_letter(self, order: Order) -> Notification:  # noqa: F811
        from checkout.payment.events import PaymentFailed

        publish(PaymentFailed(payment_id=1, reference=order.reference, error="declined"), aggregate="payment:1")
        run_everything_due()
        return Notification.objects.get(kind="payment_failed", channel="email")

    def test_from_the_account_also_when_the_pieces_were_let_go(self, browser):
        user = make_user("asha", email="asha@example.com")
        order = made.make_order(method="razorpay", user=user, at=timezone.now() - timedelta(hours=2))  # noqa: F811
        release(reference=order.reference, at=timezone.now())
        _sign_in(browser, user)
        pay = f'href="/checkout/pay/{order.number}/"'
        for page in ("/account/orders/", f"/account/orders/{order.number}/"):
            assert pay in browser.get(page).content.decode()
        hold_stock(order_id=order.pk, at=timezone.now())
        assert Reservation.objects.filter(reference=order.reference, status="held").count() == 1

    def test_from_the_letter_of_a_guest(self, client):
        order = made.make_order(method="razorpay")  # noqa: F811
        letter = self.failed_letter(order)
        path = re.sub(r"^https?://[^/]+", "", link_of(letter))
        page = client.get(path, follow=True)
        assert f'href="/checkout/pay/{order.number}/"' in page.content.decode()
