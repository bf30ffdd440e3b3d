"""Moving an order along in the admin: what happens, what is refused, and that a refusal changes nothing."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import ModelLogEntry

from catalog.inventory.models import Reservation, StockItem, StockMovement
from checkout.order.models import Order, OrderEvent
from checkout.payment.models import Payment, Refund
from shop.core.outbox.models import OutboxEvent
from tests.factories import orders as made
from tests.factories.variants import item_of, make_variant

pytestmark = pytest.mark.django_db


def url(name: str, *args) -> str:
    return reverse(f"wagtailsnippets_order_order:{name}", args=args)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def everything() -> tuple:
    """What must not change when something is refused."""
    models = (Order, OrderEvent, StockItem, StockMovement, Reservation, Payment, Refund, OutboxEvent)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return (*rows, list(ModelLogEntry.objects.filter(action__startswith="order.").values()))


def log_of(order: Order) -> list[tuple[str, str]]:
    entries = ModelLogEntry.objects.for_instance(order).order_by("timestamp", "pk")
    return [(entry.action, entry.user.username) for entry in entries]


def test_a_merchandiser_ships_an_order(merchandiser):
    mug = make_variant(stock=5)
    order = made.make_order(variant=mug, quantity=2)
    page = merchandiser.get(url("ship", order.pk))
    assert page.status_code == 200 and "cannot be cancelled" in page.content.decode()
    response = merchandiser.post(url("ship", order.pk), {"text": "BlueDart 123"})
    assert response.url == url("inspect", order.pk)
    order.refresh_from_db()
    event = order.events.get(kind="shipped")
    assert (order.fulfillment_status, event.by, event.note) == ("shipped", "merchandiser_person", "BlueDart 123")
    assert item_of(mug).on_hand == 3
    assert log_of(order) == [("order.ship", "merchandiser_person")]
    assert "Mark it as delivered" in said(response)
    assert "BlueDart 123" in merchandiser.get(url("inspect", order.pk)).content.decode()


@pytest.mark.parametrize(
    ("outcome", "status", "payment", "left"),
    [("collected", "completed", "paid", 3), ("refused", "cancelled", "void", 5)],
)
def test_cash_is_collected_or_refused_at_the_door(support, outcome, status, payment, left):
    mug = make_variant(stock=5)
    order = made.make_shipped_order(variant=mug, quantity=2)
    assert "at the door" in support.get(url("deliver", order.pk)).content.decode()
    support.post(url("deliver", order.pk), {"outcome": outcome})
    order.refresh_from_db()
    assert (order.status, order.payment_status, item_of(mug).on_hand) == (status, payment, left)
    assert log_of(order)[-1] == ("order.deliver", "support_person")


def test_what_happened_at_the_door_must_be_said(support):
    order = made.make_shipped_order()
    before = everything()
    page = support.post(url("deliver", order.pk), {})
    assert page.status_code == 200 and page.context["form"].errors["outcome"]
    assert everything() == before


def test_support_cancels_with_a_reason(support):
    mug = make_variant(stock=5)
    order = made.make_paid_order(variant=mug, quantity=2)
    before = everything()
    page = support.post(url("cancel", order.pk), {"reason": " "})
    assert page.status_code == 200 and page.context["form"].errors["reason"] and everything() == before
    response = support.post(url("cancel", order.pk), {"reason": "Broken in the kiln"})
    order.refresh_from_db()
    assert (order.status, order.payment_status, item_of(mug).available) == ("cancelled", "refund_due", 5)
    assert "goes back to the buyer" in said(response)
    assert order.events.get(kind="cancelled").note == "Broken in the kiln"


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (made.make_shipped_order, "ship"),
        (made.make_cancelled_order, "ship"),
        (made.make_order, "deliver"),
        (made.make_delivered_order, "deliver"),
        (made.make_shipped_order, "cancel"),
        (made.make_cancelled_order, "cancel"),
    ],
)
def test_a_page_that_is_out_of_date_changes_nothing(support, make, step):
    order = make()
    before = everything()
    for response in (
        support.get(url(step, order.pk)),
        support.post(url(step, order.pk), {"reason": "late", "outcome": "collected"}),
    ):
        assert response.url == url("inspect", order.pk) and "nothing was changed" in said(response)
    assert everything() == before


def test_an_order_that_waits_for_money_is_not_shipped(merchandiser):
    order = made.make_order(method="razorpay")
    before = everything()
    assert "nothing was changed" in said(merchandiser.post(url("ship", order.pk), {"text": ""}))
    assert everything() == before


def test_a_refusal_between_the_two_pages_is_told(support, monkeypatch):
    """The state changed after it was looked at: the use case has the last word."""
    order = made.make_shipped_order()
    monkeypatch.setattr("checkout.backoffice.order_actions.CancelOrder.is_possible", lambda _self: True)
    before = everything()
    assert "Nothing was changed" in said(support.post(url("cancel", order.pk), {"reason": "x"}))
    assert everything() == before


@pytest.mark.parametrize("step", ["cancel", "refund"])
def test_a_merchandiser_neither_cancels_nor_refunds(merchandiser, step):
    order = made.make_paid_order()
    args = (order.pk, Payment.objects.get().pk) if step == "refund" else (order.pk,)
    before = everything()
    for response in (
        merchandiser.get(url(step, *args)),
        merchandiser.post(url(step, *args), {"reason": "x", "amount": "1"}),
    ):
        assert response.status_code == 302 and response.url == "/admin/"
    page = merchandiser.get(url("inspect", order.pk)).content.decode()
    assert url("ship", order.pk) in page and url("cancel", order.pk) not in page and "/refund/" not in page
    assert everything() == before


def refund_form(**changes) -> dict:
    return {"amount": "100.00", "reason": "Chipped rim", "once": "a1"} | changes


class Answering:
    """A gateway that does what it is told."""

    def __init__(self) -> None:
        self.asked = []

    def refund(self, *, payment_id, amount, key):
        from checkout.payment.ports import GatewayRefund, RefundState

        self.asked.append(amount)
        return GatewayRefund(id=f"rfnd_{key}", payment_id=payment_id, receipt=key, amount=amount,
                             state=RefundState.PROCESSED)  # fmt: skip


@pytest.fixture
def gateway(monkeypatch):
    answering = Answering()
    monkeypatch.setattr("checkout.payment.providers.provider", lambda _code: answering)
    return answering


def test_support_refunds_a_part_once(support, gateway):
    order = made.make_paid_order()
    payment = Payment.objects.get()
    page = support.get(url("refund", order.pk, payment.pk)).content.decode()
    assert "649.00" in page or "698.00" in page
    for _again in range(2):
        response = support.post(url("refund", order.pk, payment.pk), refund_form())
    assert "₹100" in said(response)
    payment.refresh_from_db()
    refund = Refund.objects.get()
    assert (payment.refunded_amount, refund.requested_by, refund.reason) == (10000, "support_person", "Chipped rim")
    assert [amount.minor for amount in gateway.asked] == [10000]
    assert log_of(order) == [("order.refund", "support_person")]
    screen = support.get(url("inspect", order.pk)).content.decode()
    assert "−₹100" in screen and "Chipped rim" in screen


@pytest.mark.parametrize("amount", ["0", "-5", "1000000", "abc", "1.001", "", "1e3", "NaN"])
def test_a_wrong_amount_is_a_form_error(support, gateway, amount):
    order = made.make_paid_order()
    before = everything()
    page = support.post(url("refund", order.pk, Payment.objects.get().pk), refund_form(amount=amount))
    assert page.status_code == 200 and page.context["form"].errors["amount"]
    assert everything() == before and gateway.asked == []


def test_a_payment_of_another_order_is_not_found(support, gateway):
    order, other = made.make_paid_order(), made.make_paid_order()
    foreign = Payment.objects.get(reference=other.reference)
    before = everything()
    assert support.post(url("refund", order.pk, foreign.pk), refund_form()).status_code == 404
    assert everything() == before


def test_a_refused_refund_is_told_and_not_logged(support, monkeypatch):
    from checkout.payment.errors import GatewayRefused

    class Refusing:
        def refund(self, **_facts):
            raise GatewayRefused("The balance is too low", status=400, reason="BAD_REQUEST_ERROR")

    monkeypatch.setattr("checkout.payment.providers.provider", lambda _code: Refusing())
    order = made.make_paid_order()
    response = support.post(url("refund", order.pk, Payment.objects.get().pk), refund_form())
    assert "balance is too low" in said(response)
    assert Payment.objects.get().refunded_amount == 0


def test_notes_stay_among_colleagues(merchandiser):
    order = made.make_order()
    merchandiser.post(url("note", order.pk), {"text": "Asked for <b>gift</b> wrap"})
    page = merchandiser.get(url("inspect", order.pk)).content.decode()
    assert "Asked for &lt;b&gt;gift&lt;/b&gt; wrap" in page
    assert not order.events.filter(note__contains="gift").exists()


def test_nobody_edits_makes_or_deletes_an_order(admin, support):
    order = made.make_order()
    before = everything()
    for who in (admin, support):
        for name, args in (("add", ()), ("edit", (order.pk,)), ("delete", (order.pk,))):
            for method in (who.get, who.post):
                assert method(url(name, *args), {"status": "completed", "total": "1"}).status_code == 302
    assert everything() == before


def test_the_history_tells_what_was_done(support):
    order = made.make_order()
    support.post(url("ship", order.pk), {"text": "BlueDart 9"})
    page = support.get(url("history", order.pk)).content.decode()
    assert "BlueDart 9" in page
