"""What buyers do with an order on the pages: send it elsewhere, follow its parcels, send pieces back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from checkout.order.models import Fulfillment, Order, Return, TrackingEvent
from checkout.order.services.decide_return import decide_return
from checkout.order.services.deliver_order import deliver_order
from checkout.order.services.ship_parcel import Carrier, ship_parcel
from tests.checkout.order.books import everything
from tests.checkout.storefront.conftest import TYPED, Browser, text_of
from tests.checkout.storefront.test_order_pages import _sign_in, asha, guest_order, order  # noqa: F401
from tests.factories.people import make_user

PUNE = {name: value for name, value in TYPED.items() if name != "email"} | {
    "street": "7, MG Road", "city": "Pune", "state": "Maharashtra", "pincode": "411001",
}  # fmt: skip


def path_of(order: Order, step: str = "") -> str:  # noqa: F811
    return f"/account/orders/{order.number}/{step}"


def ship(order: Order, quantity: int | None = None) -> Fulfillment:  # noqa: F811
    items = {order.lines.get().pk: quantity} if quantity else None
    carrier = Carrier(name="BlueDart", tracking_number="BD 77", tracking_url="https://bluedart.example/BD77")
    return ship_parcel(order_id=order.pk, items=items, carrier=carrier, at=timezone.now())


def deliver(order: Order) -> None:  # noqa: F811
    ship(order)
    deliver_order(order_id=order.pk, at=timezone.now())


def test_the_address_can_change_until_it_leaves(browser, order):  # noqa: F811
    assert f'href="{path_of(order, "address/")}"' in browser.get(path_of(order)).content.decode()
    form = browser.get(path_of(order, "address/"))
    assert "3rd Cross, Koramangala" in form.content.decode()
    answer = browser.send(path_of(order, "address/"), PUNE)
    assert (answer.status_code, answer["Location"]) == (303, path_of(order))
    page = text_of(browser.get(path_of(order)))
    assert "The order goes to the new address." in page and "7, MG Road" in page
    ship(order)
    assert path_of(order, "address/") not in browser.get(path_of(order)).content.decode()
    before = everything()
    for answer in (browser.get(path_of(order, "address/")), browser.send(path_of(order, "address/"), PUNE)):
        assert answer["Location"] == path_of(order)
    assert everything() == before


@pytest.mark.parametrize(("field", "value"), [("pincode", "12"), ("pincode", "110001"), ("name", ""), ("phone", "1")])
def test_a_wrong_address_is_told_at_its_field(browser, order, field, value):  # noqa: F811
    before = everything()
    page = browser.send(path_of(order, "address/"), PUNE | {field: value})
    assert page.status_code == 200 and f'href="#id_{field}"' in page.content.decode()
    assert everything() == before


def test_parcels_and_what_the_courier_told(browser, order):  # noqa: F811
    parcel = ship(order, quantity=1)
    TrackingEvent.objects.create(
        fulfillment=parcel, event_id="1", status="in_transit", text="Left <b>Hubballi</b>", at=timezone.now()
    )
    page = browser.get(path_of(order))
    assert "Partly on its way" in text_of(browser.get("/account/orders/")) and "1 × Chai mug" in text_of(page)
    assert "BlueDart BD 77" in text_of(page) and "Left &lt;b&gt;Hubballi&lt;/b&gt;" in page.content.decode()
    assert 'href="https://bluedart.example/BD77" rel="noreferrer"' in page.content.decode()


def test_something_goes_back(browser, order):  # noqa: F811
    assert "/return/" not in browser.get(path_of(order)).content.decode()
    deliver(order)
    assert f'href="{path_of(order, "return/")}"' in browser.get(path_of(order)).content.decode()
    line = order.lines.get()
    assert f'name="line_{line.pk}"' in browser.get(path_of(order, "return/")).content.decode()
    typed = {f"line_{line.pk}": "1", "why": "It arrived broken", "more": "The rim is chipped"}
    answer = browser.send(path_of(order, "return/"), typed)
    assert (answer.status_code, answer["Location"]) == (303, path_of(order))
    coming = Return.objects.get()
    assert (coming.reason, coming.requested_by) == ("It arrived broken. The rim is chipped", "asha")
    assert str(coming) in text_of(browser.get(path_of(order)))
    decide_return(return_id=coming.pk, approve=False, answer="Too 100 % used", at=timezone.now())
    assert "Too 100 % used" in text_of(browser.get(path_of(order)))


def test_what_is_missing_is_told(browser, order):  # noqa: F811
    deliver(order)
    line = order.lines.get()
    before = everything()
    for typed in ({}, {"why": "I do not like it"}, {f"line_{line.pk}": "0", "why": "I do not like it"},
                  {f"line_{line.pk}": "3", "why": "I do not like it"}, {f"line_{line.pk}": "1"},
                  {f"line_{line.pk}": "1", "why": "made up"}):  # fmt: skip
        page = browser.send(path_of(order, "return/"), typed)
        assert page.status_code == 200 and 'role="alert"' in page.content.decode(), typed
    assert everything() == before


def test_nothing_goes_back_too_late(browser, order):  # noqa: F811
    deliver(order)
    Fulfillment.objects.update(delivered_at=timezone.now() - timedelta(days=8))
    assert "/return/" not in browser.get(path_of(order)).content.decode()
    before = everything()
    assert browser.get(path_of(order, "return/"))["Location"] == path_of(order)
    assert everything() == before


def test_orders_of_others_are_not_there(browser, order):  # noqa: F811
    deliver(order)
    other = Browser()
    _sign_in(other, make_user("ravi", email="ravi@example.com"))
    before = everything()
    for step in ("address/", "return/"):
        for path in (path_of(order, step), f"/order/{order.number}/{step}", f"/order/OS-999999/{step}"):
            assert other.get(path).status_code == other.send(path, PUNE).status_code == 404
        assert Browser().get(path_of(order, step)).status_code == 302
        assert Browser().get(f"/order/{order.number}/{step}").status_code == 404
    assert everything() == before


def test_a_guest_does_the_same(browser, guest_order):  # noqa: F811
    path = f"/order/{guest_order.number}/"
    assert browser.send(f"{path}address/", PUNE)["Location"] == path
    deliver(guest_order)
    typed = {f"line_{guest_order.lines.get().pk}": "1", "why": "It does not fit"}
    assert browser.send(f"{path}return/", typed)["Location"] == path
    assert Return.objects.get().requested_by == "guest"


def test_posts_need_the_pages_token(order):  # noqa: F811
    strict = Browser(enforce_csrf_checks=True)
    strict.force_login(order.user)
    assert strict.send(path_of(order, "address/"), PUNE).status_code == 403
    assert strict.send(path_of(order, "return/"), {}).status_code == 403


def test_an_order_with_everything_in_sixteen_queries(browser, order, django_assert_max_num_queries):  # noqa: F811
    deliver(order)
    browser.send(path_of(order, "return/"), {f"line_{order.lines.get().pk}": "1", "why": "It does not fit"})
    browser.get(path_of(order))
    with django_assert_max_num_queries(16):
        assert browser.get(path_of(order)).status_code == 200
