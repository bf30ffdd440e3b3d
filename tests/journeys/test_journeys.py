"""Told once, walked through every door: the API, the pages without JavaScript, the pages with it."""

from __future__ import annotations

import pytest
import requests

from tests.journeys.doors import Browser, Program
from tests.journeys.shop import PASSWORD


def test_a_guest_buys_by_cash_on_delivery(door, shop):
    assert any("lota" in name.lower() for name in door.find("lota"))
    on_hand, reserved = shop.stock("OS-INC")
    door.put_in_cart("incense-holder", 2)
    total = door.cart_total()
    placed = door.order_by_cash(email="guest@example.com")
    assert placed.total == total
    assert shop.stock("OS-INC") == (on_hand, reserved + 2)
    assert door.status_of(placed) == "pending"
    mail = shop.wait_for(
        "SELECT status FROM notifications_notification WHERE kind = 'order_placed' AND address = %s AND subject LIKE %s",
        "guest@example.com", f"%{placed.number}%",
    )  # fmt: skip
    assert mail, "no mail about the order"


def test_a_customer_buys_through_razorpay(paying_door, shop):
    door = paying_door
    door.sign_in("asha", PASSWORD)
    before = shop.stock("OS-SOAP-4")
    door.put_in_cart("handmade-soap", 1)
    placed = door.order_by_razorpay(first_fails=True)
    assert door.status_of(placed) == "paid"
    assert shop.stock("OS-SOAP-4") == (before[0], before[1] + 1)
    captured = shop.ask("SELECT sum(captured_amount) FROM payment_payment WHERE reference = 'order:' ||"
                        " (SELECT id FROM order_order WHERE number = %s)", placed.number)  # fmt: skip
    assert f"{captured[0][0] / 100:.2f}" == placed.total


def test_a_program_pays_with_stripe(shop):
    """The address of the payment page is all that a client needs; who pays there comes back to the shop."""
    door = Program(shop.url, shop.gateway)
    door.put_in_cart("handmade-soap", 1)
    placed = door._order("stripe", "card@example.com")
    order = {"order_id": door.orders[placed.number]}
    started = door.call("POST", "payment/create-stripe-session/", order, expect=201)
    assert door.call("POST", "payment/create-stripe-session/", order, expect=201) == started
    told = {**order, "payment_method": "stripe", "payment_id": started["session_id"]}
    door.call("POST", "payment/create/", told, expect=400)
    declined = requests.post(started["url"], {"outcome": "card", "number": "4000000000000002"}, timeout=10)
    assert "declined" in declined.text
    paid = requests.post(started["url"], {"outcome": "card", "number": "4242424242424242"}, timeout=10)
    assert paid.url.startswith(shop.url)
    assert door.call("POST", "payment/create/", told, expect=201)["amount"] == placed.total
    assert door.status_of(placed) == "paid"


def test_stripes_webhook_alone_pays(shop):
    door = Program(shop.url, shop.gateway)
    door.put_in_cart("handmade-soap", 1)
    placed = door._order("stripe", "closed@example.com")
    started = door.call("POST", "payment/create-stripe-session/", {"order_id": door.orders[placed.number]}, expect=201)
    requests.post(started["url"], {"outcome": "success"}, timeout=10, allow_redirects=False)
    assert shop.wait_for("SELECT 1 FROM order_order WHERE number = %s AND payment_status = 'paid'", placed.number), (
        "the webhook did not pay the order"
    )


@pytest.mark.browser
def test_without_javascript_the_pay_page_says_so_and_keeps_the_order(shop, plain_page):
    door = Browser(shop.url, plain_page, scripted=False)
    door.put_in_cart("handmade-soap", 1)
    door._to_review("razorpay", "plain@example.com")
    plain_page.get_by_role("button", name="Pay ").click()
    plain_page.wait_for_url("**/checkout/pay/**")
    assert "needs JavaScript" in plain_page.inner_text("main")
    assert shop.ask("SELECT status, payment_status FROM order_order WHERE email = 'plain@example.com'") == [
        ("placed", "pending")
    ]


def test_cancelling_gives_the_pieces_back(door, shop):
    before = shop.stock("OS-NOTE-3")
    door.put_in_cart("cloth-notebooks", 3)
    placed = door.order_by_cash(email="change@example.com")
    assert shop.stock("OS-NOTE-3") == (before[0], before[1] + 3)
    door.cancel(placed)
    assert door.status_of(placed) == "cancelled"
    assert shop.stock("OS-NOTE-3") == before


def test_staff_ship_and_deliver_and_the_buyer_sees_it(door, shop):
    door.put_in_cart("tumbler-set")
    placed = door.order_by_cash(email="tumbler@example.com")
    staff = Program(shop.url, shop.gateway)
    staff.sign_in("maya", PASSWORD)
    order_id = shop.ask("SELECT id FROM order_order WHERE number = %s", placed.number)[0][0]
    staff.call("PATCH", f"order/{order_id}/", {"status": "shipped"})
    assert door.status_of(placed) == "shipped"
    staff.call("PATCH", f"order/{order_id}/", {"status": "delivered"})
    assert door.status_of(placed) == "delivered"
    paid = shop.ask("SELECT payment_status FROM order_order WHERE number = %s", placed.number)
    assert paid == [("paid",)]
