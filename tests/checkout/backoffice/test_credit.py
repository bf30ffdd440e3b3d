"""Store credit in the admin: given and taken with a reason, refunds that become credit; seen on both screens."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import ModelLogEntry

from checkout.credit.models import StoreCreditEntry
from checkout.order.models import Order
from checkout.payment.models import Payment
from tests.checkout.credit.conftest import all_of_it, asha, assert_money_adds_up, balance, drain, gateway  # noqa: F401
from tests.checkout.credit.test_orders import REST, delivered, paid, returned
from tests.factories import orders as made
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def url(person) -> str:
    return reverse("customers:credit", args=[person.pk])


def order_url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_order_order:{name}", args=args)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def form(**changes) -> dict[str, str]:
    return {
        "act": "give",
        "amount": "1,250.50",
        "currency": "INR",
        "order": "",
        "reason": "Late",
        "once": "k",
    } | changes


def test_given_once_with_a_reason_and_logged(support, asha):  # noqa: F811
    order = made.make_order(user=asha)
    for _ in range(2):
        answer = support.post(url(asha), form(order=order.number))
    assert "Asha has ₹1,250.50 more to spend" in said(answer)
    entry = StoreCreditEntry.objects.get(kind="granted_by_staff", about=order.reference)
    assert (entry.amount, entry.by, entry.note, balance(asha)) == (125_050, "support_person", "Late", 175_050)
    assert "customer.credit" in set(ModelLogEntry.objects.values_list("action", flat=True))
    page = support.get(reverse("customers:inspect", args=[asha.pk])).content.decode()
    assert "₹1,750.50" in page and order.number in page and "Late" in page


def test_taken_back_but_never_below_nothing(support, asha):  # noqa: F811
    assert "taken back" in said(support.post(url(asha), form(act="take", amount="200")))
    before = all_of_it()
    assert "There is not that much" in said(support.post(url(asha), form(act="take", amount="300.01", once="other")))
    assert all_of_it() == before and balance(asha) == 300_00


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"amount": "0"}, "amount"), ({"amount": "-1"}, "amount"), ({"amount": "x"}, "amount"), ({"amount": ""}, "amount"),
     ({"amount": "1.005"}, "amount"), ({"reason": ""}, "reason"), ({"currency": "XXX"}, "currency"),
     ({"act": "burn"}, "act"), ({"order": "OS-99999"}, "order")],
)  # fmt: skip
def test_what_is_typed_wrongly_changes_nothing(support, asha, changes, field):  # noqa: F811
    before = all_of_it()
    answer = support.post(url(asha), form(**changes))
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert all_of_it() == before


def test_not_for_an_order_of_somebody_else(support, asha):  # noqa: F811
    foreign = made.make_order(user=make_user("ravi"))
    assert "order" in support.post(url(asha), form(order=foreign.number)).context["form"].errors


def test_nobody_gives_to_themselves(admin):
    answer = admin.post(url(admin.user), form())
    assert "their own account" in said(answer) and not StoreCreditEntry.objects.exists()


def test_merchandisers_neither_see_nor_give(merchandiser, asha):  # noqa: F811
    before = all_of_it()
    assert merchandiser.post(url(asha), form()).status_code in (302, 403)
    order = made.make_order(user=asha)
    assert "Give or take" not in merchandiser.get(order_url("inspect", order.pk)).content.decode()
    assert StoreCreditEntry.objects.count() == 1 and before[-1] == all_of_it()[-1]


def test_from_the_order_and_back_to_it(support, asha):  # noqa: F811
    order = made.make_order(user=asha, use_credit=True)
    page = support.get(order_url("inspect", order.pk)).content.decode()
    assert "Paid with store credit" in page and "To pay another way" in page and "₹198" in page
    address = f"{url(asha)}?order={order.pk}"
    assert address in page
    assert f'value="{order.number}"' in support.get(address).content.decode()
    answer = support.post(address, form(order=order.number, amount="10"))
    assert answer["Location"] == order_url("inspect", order.pk)


def test_a_refund_becomes_credit(support, asha, gateway):  # noqa: F811
    order = made.make_paid_order(user=asha)
    payment = Payment.objects.get()
    body = {"amount": "98", "reason": "Chipped", "to": "store_credit", "once": "k"}
    for _ in range(2):
        answer = support.post(order_url("refund", order.pk, payment.pk), body)
    assert "₹98 is store credit of the buyer now" in said(answer)
    assert (balance(asha), gateway.sent) == (598_00, [])
    assert "Store credit" in support.get(order_url("inspect", order.pk)).content.decode()
    assert_money_adds_up()


def test_a_guests_refund_has_no_such_choice(support, gateway):  # noqa: F811
    order = made.make_paid_order()
    address = order_url("refund", order.pk, Payment.objects.get().pk)
    assert "to" not in support.get(address).context["form"].fields
    assert "to" not in support.get(order_url("cancel", order.pk)).context["form"].fields


def test_a_cash_return_as_credit_needs_no_bank_transfer(support, asha):  # noqa: F811
    coming = returned(delivered(made.make_order(user=asha)), refund_to="store_credit")
    address = order_url("return_refund", coming.order_id, coming.pk)
    page = support.get(address)
    assert page.context["form"].fields["to"].initial == "store_credit"
    refused = support.post(address, {"to": "source", "proof": ""})
    assert refused.context["form"].errors["proof"]
    assert "store credit of the buyer" in said(support.post(address, {"to": "store_credit", "proof": ""}))
    drain()
    assert balance(asha) == 1149_00
    assert_money_adds_up()


def test_cancelled_to_credit(support, asha, gateway):  # noqa: F811
    order = paid(asha)
    explained = support.get(order_url("cancel", order.pk)).content.decode()
    assert "The money goes back" in explained
    support.post(order_url("cancel", order.pk), {"reason": "Sold twice", "to": "store_credit"})
    assert (Order.objects.get().status, balance(asha), gateway.sent) == ("cancelled", 500_00 + REST, [])
    assert_money_adds_up()
