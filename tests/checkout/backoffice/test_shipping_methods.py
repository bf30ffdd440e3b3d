"""Ways to send, edited in the admin: amounts are typed as decimals of their currency."""

from __future__ import annotations

import pytest
from django.urls import reverse

from checkout.shipping.models import ShippingMethod
from tests.factories.shop import make_shipping
from tests.factories.staff import browser_of

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_shipping_shippingmethod:{name}", args=args)


def form(**changes) -> dict:
    return {
        "name": "Standard", "name_hi": "साधारण", "code": "flat", "position": "0", "currency": "INR",
        "price_typed": "1,049.50", "free_from_typed": "", "min_days": "3", "max_days": "6", "cod": "on", "active": "on",
    } | changes  # fmt: skip


def rows() -> list:
    return list(ShippingMethod.objects.order_by("pk").values())


def test_one_is_made_and_changed(merchandiser):
    response = merchandiser.post(url("add"), form())
    assert response.status_code == 302, response.context["form"].errors
    method = ShippingMethod.objects.get()
    assert (method.price, method.free_from, method.names, method.cod) == (104950, None, {"hi": "साधारण"}, True)
    page = merchandiser.get(url("edit", method.pk)).content.decode()
    assert 'value="1049.50"' in page and "साधारण" in page
    changed = form(price_typed="49", free_from_typed="999", name_hi="", active="")
    assert merchandiser.post(url("edit", method.pk), changed).status_code == 302
    method.refresh_from_db()
    assert (method.price, method.free_from, method.names, method.active) == (4900, 99900, {}, False)
    assert "₹49" in merchandiser.get(url("list")).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price_typed": "x"}, "price_typed"), ({"price_typed": ""}, "price_typed"), ({"price_typed": "-1"}, "price_typed"),
        ({"price_typed": "1.001"}, "price_typed"), ({"free_from_typed": "many"}, "free_from_typed"),
        ({"max_days": "2"}, "max_days"), ({"currency": "XXX"}, "currency"), ({"code": "no spaces"}, "code"),
        ({"min_days": "-1"}, "min_days"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_changes_nothing(merchandiser, changes, field):
    method = make_shipping()[1]
    before = rows()
    for address in (url("add"), url("edit", method.pk)):
        response = merchandiser.post(address, form(code="express") | changes)
        assert response.status_code == 200 and field in response.context["form"].errors
    assert rows() == before


def test_a_code_is_used_once_per_currency(merchandiser):
    make_shipping()
    before = rows()
    response = merchandiser.post(url("add"), form())
    assert response.status_code == 200 and response.context["form"].errors
    assert rows() == before


def test_none_is_deleted():
    method = make_shipping()[0]
    before = rows()
    assert browser_of("admin").post(url("delete", method.pk)).status_code == 302
    assert rows() == before
