"""One of each thing that is the house's: nobody's own."""

from __future__ import annotations

from datetime import datetime

from django.apps import apps
from wagtail.models import Locale, Site

from catalog.product.models import Attribute
from checkout.payment.models import Refund, SettlementDifference
from checkout.shipping.models import CashRule
from shop.notifications.models import NoticeText
from shop.webhooks.models import WebhookDelivery, WebhookEndpoint


def furnish(*, at: datetime, payment_id: int) -> None:
    """New screens of things that are nobody's own: make one here."""
    Attribute.objects.create(code="glaze", name="Glaze", type="choice")
    NoticeText.objects.create(kind="order_placed", locale="en", subject="Thanks", heading="Thanks", body="We have it.")
    endpoint = WebhookEndpoint.objects.create(name="Books", url="https://books.example/", events=["order.placed"])
    WebhookDelivery.objects.create(endpoint=endpoint, event_id=1, event_name="order.placed", body="{}", status="parked")
    Refund.objects.create(payment_id=payment_id, amount=100, status="failed", idempotency_key="refund-of-the-matrix")
    SettlementDifference.objects.create(
        provider="razorpay", settlement_id="setl_1", entity_id="pay_1", kind="payment", problem="Not in our books",
        amount=100, currency="INR", line=2, found_at=at,
    )  # fmt: skip
    CashRule.objects.get_or_create(currency="INR")
    apps.get_model("complaint", "GrievanceOfficer").for_site(Site.objects.get(is_default_site=True))
    apps.get_model("cms_pages", "ShopSettings").for_site(Site.objects.get(is_default_site=True))
    apps.get_model("cms_pages", "Frame").objects.get_or_create(locale=Locale.get_default())
