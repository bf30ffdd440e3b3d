"""The packing slip: what stands on it, for whom, and that what a buyer types is no markup."""

from __future__ import annotations

import time

import pytest
from django.utils import timezone

from checkout.backoffice.slip import set_slip, slip_facts
from checkout.order.services.ship_parcel import Carrier, ship_parcel
from tests.factories import orders as made
from tests.factories.staff import browser_of
from tests.factories.variants import make_variant

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return made.make_order(variant=make_variant(sku="MUG", price=64900), quantity=3)


def test_a_parcel_and_what_is_left(order):
    line = order.lines.get()
    carrier = Carrier(name="Blue Dart", tracking_number="BD 1")
    parcel = ship_parcel(order_id=order.pk, items={line.pk: 2}, carrier=carrier, at=timezone.now())
    order.refresh_from_db()
    facts = slip_facts(order, parcel)
    assert (facts["number"], facts["sent"], facts["tracking"]) == (f"{order.number}-1", "Blue Dart", "BD 1")
    assert [(one["quantity"], one["sku"]) for one in facts["lines"]] == [(2, "MUG")] and facts["rest"]
    assert [one["quantity"] for one in slip_facts(order, None)["lines"]] == [1]


def test_cash_is_named_and_no_other_price(order):
    assert "₹" in slip_facts(order, None)["collect"]
    assert "₹" not in str(slip_facts(made.make_paid_order(), None))


@pytest.mark.parametrize("gift", ["", '#panic("x") $ \\ [', "शुभ दीपावली, रवि! " * 20, "\n\n"])
def test_it_is_set_whatever_is_typed(order, gift):
    order.gift_note = gift
    assert set_slip(slip_facts(order, None)).startswith(b"%PDF")


def test_it_is_quick_enough_for_a_request(order):
    facts = slip_facts(order, None)
    set_slip(facts)  # reads the fonts
    before = time.process_time()
    set_slip(facts | {"number": "another"})
    assert time.process_time() - before < 0.05


def test_for_those_who_pack(order):
    path = f"/admin/snippets/order/order/slip/{order.pk}/0/"
    answer = browser_of("merchandiser").get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert (
        f'href="{path}"'
        in browser_of("support").get(f"/admin/snippets/order/order/inspect/{order.pk}/").content.decode()
    )
    assert browser_of("admin").get(f"/admin/snippets/order/order/slip/{order.pk}/999/").status_code == 404
