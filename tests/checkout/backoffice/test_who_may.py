"""Every screen of the backoffice, for every role. A screen that is missing here fails the test."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from catalog.inventory.models import StockItem
from catalog.pricing.models import PriceList, TaxRate
from checkout.payment.models import Payment, Refund, SettlementDifference
from checkout.shipping.models import CashRule, ShippingMethod
from shop.notifications.models import NoticeText, Notification
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint
from tests.factories import orders as made
from tests.factories.complaints import make_complaint
from tests.factories.people import make_user
from tests.factories.staff import ROLES, browser_of, outcome

pytestmark = pytest.mark.django_db

MERCHANDISER, SUPPORT, BOTH, ADMIN, NOBODY = (
    {"admin", "merchandiser"}, {"admin", "support"}, {"admin", "merchandiser", "support"}, {"admin"}, set(),
)  # fmt: skip
SNIPPETS = {
    "order_order": {
        "list": BOTH, "list_results": BOTH, "inspect": BOTH, "history": BOTH, "history_results": BOTH, "usage": NOBODY,
        "ship": BOTH, "note": BOTH, "cancel": SUPPORT, "refund": SUPPORT, "deliver": BOTH, "address": SUPPORT,
        "parcel": BOTH, "return_approve": SUPPORT, "return_reject": SUPPORT, "return_receive": SUPPORT,
        "return_refund": SUPPORT, "release": SUPPORT, "slip": BOTH,
        "add": NOBODY, "edit": NOBODY, "delete": NOBODY,
    },
    "order_return": {
        "list": SUPPORT, "list_results": SUPPORT, "add": NOBODY, "edit": NOBODY, "delete": NOBODY,
        "history": NOBODY, "history_results": NOBODY, "usage": NOBODY,
    },
    "complaint_complaint": {
        "list": SUPPORT, "list_results": SUPPORT, "inspect": SUPPORT, "acknowledge": SUPPORT, "reply": SUPPORT,
        "resolve": SUPPORT, "close": SUPPORT, "reopen": SUPPORT, "add": NOBODY, "edit": NOBODY, "delete": NOBODY,
        "history": NOBODY, "history_results": NOBODY, "usage": NOBODY,
    },
    "inventory_stockitem": {
        "list": MERCHANDISER, "list_results": MERCHANDISER, "inspect": MERCHANDISER, "history": MERCHANDISER,
        "history_results": MERCHANDISER, "usage": NOBODY, "add": NOBODY, "edit": NOBODY, "delete": NOBODY,
    },
    "pricing_pricelist": {
        "list": MERCHANDISER, "list_results": MERCHANDISER, "lines": MERCHANDISER, "end_line": MERCHANDISER,
        "add": MERCHANDISER, "edit": MERCHANDISER, "history": MERCHANDISER, "history_results": MERCHANDISER,
        "usage": MERCHANDISER, "unpublish": MERCHANDISER, "delete": NOBODY,
    },
    "pricing_taxrate": {
        "list": MERCHANDISER, "list_results": MERCHANDISER, "add": MERCHANDISER, "edit": NOBODY, "delete": NOBODY,
        "history": MERCHANDISER, "history_results": MERCHANDISER, "usage": NOBODY,
    },
    "shipping_shippingmethod": {
        "list": MERCHANDISER, "list_results": MERCHANDISER, "add": MERCHANDISER, "edit": MERCHANDISER,
        "delete": NOBODY, "history": MERCHANDISER, "history_results": MERCHANDISER, "usage": MERCHANDISER,
    },
    "shipping_cashrule": {
        "list": MERCHANDISER, "list_results": MERCHANDISER, "add": MERCHANDISER, "edit": MERCHANDISER,
        "delete": NOBODY, "history": MERCHANDISER, "history_results": MERCHANDISER, "usage": MERCHANDISER,
    },
    "notifications_noticetext": {
        "list": MERCHANDISER, "list_results": MERCHANDISER, "add": MERCHANDISER, "edit": MERCHANDISER,
        "delete": MERCHANDISER, "test": MERCHANDISER, "history": MERCHANDISER, "history_results": MERCHANDISER,
        "usage": MERCHANDISER, "preview_on_add": MERCHANDISER, "preview_on_edit": MERCHANDISER,
    },
    "notifications_notification": {
        "list": SUPPORT, "list_results": SUPPORT, "inspect": SUPPORT, "resend": SUPPORT, "add": NOBODY, "edit": NOBODY,
        "delete": NOBODY, "history": NOBODY, "history_results": NOBODY, "usage": NOBODY,
    },
    "webhooks_webhookendpoint": {
        "list": ADMIN, "list_results": ADMIN, "inspect": ADMIN, "secret": ADMIN, "add": ADMIN, "edit": ADMIN,
        "delete": ADMIN, "history": ADMIN, "history_results": ADMIN, "usage": ADMIN,
    },
    "webhooks_webhookdelivery": {
        "list": ADMIN, "list_results": ADMIN, "inspect": ADMIN, "replay": ADMIN, "add": NOBODY, "edit": NOBODY,
        "delete": NOBODY, "history": NOBODY, "history_results": NOBODY, "usage": NOBODY,
    },
}  # fmt: skip
CUSTOMERS = {"index": SUPPORT, "index_results": SUPPORT, "inspect": SUPPORT, "activity": SUPPORT, "role": ADMIN,
             "credit": SUPPORT}  # fmt: skip
PAYMENTS = {"index": SUPPORT, "retry_refund": SUPPORT, "close_refund": SUPPORT, "close_difference": SUPPORT}
REVISIONS = {"revisions_revert", "revisions_compare", "revisions_unschedule"}  # need a revision of that very row


def _addresses() -> list[tuple[str, set[str]]]:
    order, shipped = made.make_paid_order(), made.make_shipped_order()
    asked, approved, received = (made.make_return(status=status) for status in ("requested", "approved", "received"))
    dollars = PriceList.objects.create(code="usd", name="Dollars", currency="USD", live=True)
    base = PriceList.objects.get(is_base=True, currency="INR")
    rows = {"order_order": order.pk, "order_return": asked.pk, "inventory_stockitem": StockItem.objects.first().pk, "pricing_pricelist": dollars.pk,
            "pricing_taxrate": TaxRate.objects.first().pk, "shipping_shippingmethod": ShippingMethod.objects.first().pk,
            "shipping_cashrule": CashRule.objects.first().pk, "complaint_complaint": make_complaint().pk} | _told()  # fmt: skip
    payment = Payment.objects.get(provider="razorpay")
    special = {
        ("complaint_complaint", "close"): (make_complaint(status="resolved").pk,),
        ("complaint_complaint", "reopen"): (make_complaint(status="resolved").pk,),
        ("order_order", "refund"): (order.pk, payment.pk),
        ("order_order", "deliver"): (shipped.pk,),
        ("order_order", "slip"): (shipped.pk, shipped.fulfillments.get().pk),
        ("order_order", "parcel"): (shipped.pk, shipped.fulfillments.get().pk),
        ("order_order", "return_approve"): (asked.order_id, asked.pk),
        ("order_order", "return_reject"): (asked.order_id, asked.pk),
        ("order_order", "return_receive"): (approved.order_id, approved.pk),
        ("order_order", "return_refund"): (received.order_id, received.pk),
        ("pricing_pricelist", "end_line"): (base.pk, base.lines.first().pk),
    }
    found = []
    for namespace, screens in SNIPPETS.items():
        for name, allowed in screens.items():
            bare = name in {"list", "list_results", "add", "preview_on_add"}
            args = special.get((namespace, name), () if bare else (rows[namespace],))
            found.append((reverse(f"wagtailsnippets_{namespace}:{name}", args=args), allowed))
    refund = Refund.objects.create(payment=payment, amount=1, idempotency_key="failed", status="failed")
    difference = SettlementDifference.objects.create(
        provider="razorpay", settlement_id="setl_1", entity_id="pay_1", kind="payment", problem="not ours", amount=1,
        currency="INR", line=2, found_at=timezone.now(),
    )  # fmt: skip
    for name, allowed in PAYMENTS.items():
        args = {"index": (), "close_difference": (difference.pk,)}.get(name, (refund.pk,))
        found.append((reverse(f"payments:{name}", args=args), allowed))
    person = make_user("someone")
    for name, allowed in CUSTOMERS.items():
        args = () if name.startswith("index") else (person.pk,)
        found.append((reverse(f"customers:{name}", args=args), allowed))
    bulk = reverse("wagtail_bulk_action", args=["order", "order", "ship"])
    return [
        *found,
        (f"{bulk}?id={order.pk}", BOTH),
        ("/admin/", BOTH),
        ("/admin/users/", ADMIN),
        ("/django-admin/", ADMIN),
    ]


def _told() -> dict[str, int]:
    """A text, a notice that failed, an endpoint, and a message to it."""
    text = NoticeText.objects.create(kind="order_paid", locale="en", subject="Paid", heading="Paid", body="Paid")
    notice = Notification.objects.create(
        kind="order_paid", address="a@example.com", channel="email", subject="Paid", message="Paid", status="failed"
    )
    endpoint = WebhookEndpoint.objects.create(name="ERP", url="https://erp.example/", events=["order.paid"])
    delivery = WebhookDelivery.objects.create(endpoint=endpoint, event_id=1, event_name="order.paid", body="{}")
    return {
        "notifications_noticetext": text.pk, "notifications_notification": notice.pk,
        "webhooks_webhookendpoint": endpoint.pk, "webhooks_webhookdelivery": delivery.pk,
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_each_screen_opens_for_its_roles_only(role):
    addresses = _addresses()
    client = browser_of(role)
    expected = {address: "ok" if role in allowed else "no" for address, allowed in addresses}
    seen = {address: "ok" if outcome(client.get(address)) == "ok" else "no" for address, _allowed in addresses}
    assert seen == expected


@pytest.mark.parametrize("role", ["vendor", "customer", "anonymous"])
def test_nobody_else_comes_in_by_posting(role):
    addresses = _addresses()
    client = browser_of(role)
    assert {outcome(client.post(address)) for address, _allowed in addresses} <= {"sign-in", "refused", "403"}


def _named(resolver, namespace: str) -> set[str]:
    names: set[str] = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == namespace:
                names |= {entry.name for entry in pattern.url_patterns if isinstance(entry, URLPattern)}
            else:
                names |= _named(pattern, namespace)
    return names


@pytest.mark.parametrize("namespace", [*SNIPPETS, "customers", "payments"])
def test_no_screen_is_missing_from_the_matrix(namespace):
    others = {"customers": CUSTOMERS, "payments": PAYMENTS}
    address = namespace if namespace in others else f"wagtailsnippets_{namespace}"
    known = set(others[namespace] if namespace in others else SNIPPETS[namespace])
    assert _named(get_resolver(), address) - REVISIONS == known


def test_djangos_admin_only_shows(admin):
    order = made.make_paid_order()
    for model in ("order/order", "payment/payment", "product/variant", "inventory/stockmovement"):
        assert admin.get(f"/django-admin/{model}/").status_code == 200
    before = order.__class__.objects.values().get(pk=order.pk)
    assert admin.get(f"/django-admin/order/order/{order.pk}/change/").status_code == 200
    assert admin.post(f"/django-admin/order/order/{order.pk}/change/", {"status": "cancelled"}).status_code == 403
    assert admin.get("/django-admin/order/order/add/").status_code == 403
    assert admin.post(f"/django-admin/order/order/{order.pk}/delete/", {"post": "yes"}).status_code == 403
    assert order.__class__.objects.values().get(pk=order.pk) == before


def test_being_staff_of_django_is_not_enough():
    client = browser_of("merchandiser")
    client.user.is_staff = True
    client.user.save()
    client.force_login(client.user)
    assert outcome(client.get("/django-admin/")) != "ok"
