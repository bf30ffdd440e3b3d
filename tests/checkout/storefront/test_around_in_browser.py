"""What can be done around an order, in a browser: axe finds nothing, nothing scrolls sideways, and it works."""

from __future__ import annotations

import pytest
from django.utils import timezone

from checkout.order.models import Order, Return
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.ship_order import ship_order
from checkout.shipping.models import CashRule
from shop.core.tasks.runner import run_everything_due
from tests.checkout.order.test_cash_code import sent_code
from tests.checkout.order.test_exchange import sibling
from tests.checkout.payment.test_in_browser import shop  # noqa: F401
from tests.checkout.payment.test_stripe_in_browser import check_axe
from tests.factories import orders as made
from tests.factories.people import PASSWORD, make_user
from tests.factories.shop import make_shipping
from tests.factories.variants import make_variant

pytestmark = [pytest.mark.browser, pytest.mark.postgres_race]
WIDTHS = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})


def signed_in(chromium, shop: str, user):  # noqa: F811
    tab = chromium.new_context().new_page()
    tab.goto(f"{shop}/account/login/")
    tab.fill("[name=login], [name=username]", user.email)
    tab.fill("[name=password]", PASSWORD)
    tab.get_by_role("button", name="Sign in", exact=True).click()
    tab.wait_for_url(f"{shop}/account/")
    return tab


def look(tab, name: str) -> None:
    for size in WIDTHS:
        tab.set_viewport_size(size)
        check_axe(tab, f"{name} at {size['width']}")


def test_exchange_buy_again_and_the_code(chromium, own_database, shop):  # noqa: F811
    make_shipping()
    asha = make_user("asha")
    medium = make_variant(sku="M", stock=5)
    sibling(medium, "L")
    order = made.make_order_of({medium: 2}, user=asha)
    ship_order(order_id=order.pk, at=timezone.now())
    deliver_order(order_id=order.pk, at=timezone.now())
    CashRule.objects.update_or_create(currency="INR", defaults={"active": True, "confirm_from": 0})
    cash = made.make_order(user=asha)
    while run_everything_due():
        pass
    tab = signed_in(chromium, shop, asha)

    tab.goto(f"{shop}/account/orders/{order.number}/return/")
    look(tab, "return")
    line = order.lines.get()
    tab.select_option(f"[name=line_{line.pk}]", "1")
    tab.select_option(f"[name=swap_{line.pk}]", label="L")
    tab.check("[name=why] >> nth=2")
    tab.get_by_role("button", name="Ask for the return").click()
    assert Return.objects.get().lines.get().exchange_for.sku == "L"
    look(tab, "order with a return")

    tab.goto(f"{shop}/account/orders/{cash.number}/")
    look(tab, "code")
    tab.get_by_label("The code we sent you").fill(sent_code())
    tab.get_by_role("button", name="Confirm the order").click()
    assert Order.objects.get(pk=cash.pk).review_reason == ""

    tab.goto(f"{shop}/account/orders/")
    look(tab, "orders")
    tab.get_by_role("button", name=f"Buy it again {order.number}").click()
    assert tab.url == f"{shop}/cart/" and "is in your cart again" in tab.inner_text("body")
    tab.context.close()
