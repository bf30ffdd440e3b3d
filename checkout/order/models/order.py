"""Orders. Everything that the law or the buyer may ask about later is a snapshot; amounts in minor units."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from checkout.order.statuses import FulfillmentStatus, PaymentStatus, Status

NUMBERS_BEGIN_AFTER = 24_000


class Order(models.Model):
    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used
    Status = Status
    PaymentStatus = PaymentStatus
    FulfillmentStatus = FulfillmentStatus

    number = models.GeneratedField(
        expression=Concat(Value("OS-"), Cast(F("id") + Value(NUMBERS_BEGIN_AFTER), models.CharField(max_length=20))),
        output_field=models.CharField(_("number"), max_length=24, unique=True),
        db_persist=True,
    )
    secret = models.UUIDField(default=uuid.uuid4, editable=False)  # what the buyer's order token is derived from
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="orders")
    email = models.EmailField(_("e-mail"))
    token_hash = models.CharField(max_length=64, null=True, unique=True)  # SHA-256 of the order token of a guest
    cart_token_hash = models.CharField(max_length=64, null=True)  # the guest's cart, which may read and pay it too
    locale = models.CharField(_("language"), max_length=12)
    status = models.CharField(_("order"), max_length=10, choices=Status.choices, default=Status.PLACED)
    payment_status = models.CharField(
        _("payment"), max_length=10, choices=PaymentStatus.choices, default=PaymentStatus.PENDING
    )
    fulfillment_status = models.CharField(
        _("delivery"), max_length=11, choices=FulfillmentStatus.choices, default=FulfillmentStatus.UNFULFILLED
    )
    cancelled_by_person = models.BooleanField(default=False)  # late money is then always refunded
    currency = models.CharField(_("currency"), max_length=3)
    subtotal = models.BigIntegerField(_("subtotal"))
    discount = models.BigIntegerField(_("discount"), default=0)
    shipping = models.BigIntegerField(_("delivery"), default=0)
    tax = models.BigIntegerField(_("tax"))
    total = models.BigIntegerField(_("total"))
    store_credit = models.BigIntegerField(_("paid with store credit"), default=0)  # a part of `total`
    credit_returned = models.BigIntegerField(_("store credit given back"), default=0)  # a part of `store_credit`
    prices_include_tax = models.BooleanField(default=True)
    address = models.JSONField(_("address"))
    billing_address = models.JSONField(_("billing address"))
    shipping_method = models.CharField(max_length=30)
    shipping_name = models.CharField(_("sent by"), max_length=80)
    payment_method = models.CharField(_("paid by"), max_length=20)
    note = models.CharField(_("note"), max_length=500, blank=True)
    gift_note = models.CharField(_("gift note"), max_length=300, blank=True)  # printed on the packing slip
    review_reason = models.CharField(_("held because"), max_length=200, blank=True)  # until staff let it go, it stays
    placed_at = models.DateTimeField(_("placed"), db_index=True)
    updated_at = models.DateTimeField(
        default=timezone.now, editable=False
    )  # of itself and all of it, by triggers (0011)
    stock_held_until = models.DateTimeField(null=True)  # NULL: until shipped or cancelled
    cancel_at = models.DateTimeField(null=True)  # the clock cancels it then if unpaid
    # Who called with which key: the same call again finds this order instead of making a second one.
    caller = models.CharField(max_length=100, blank=True)
    idempotency_key = models.CharField(max_length=255, null=True)

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        permissions = [
            ("fulfill_order", _("Can ship and deliver orders")),
            ("cancel_order", _("Can cancel orders")),
            ("change_address", _("Can change where orders go")),
            ("review_order", _("Can let go orders that are held for review")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["caller", "idempotency_key"], name="order_placed_once"),
            models.CheckConstraint(
                condition=Q(total=F("subtotal") - F("discount") + F("shipping"), prices_include_tax=True)
                | Q(total=F("subtotal") - F("discount") + F("shipping") + F("tax"), prices_include_tax=False),
                name="order_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(subtotal__gte=0, discount__gte=0, shipping__gte=0, tax__gte=0, total__gte=0),
                name="order_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(store_credit__gte=0, store_credit__lte=F("total"))
                & Q(credit_returned__gte=0, credit_returned__lte=F("store_credit")),
                name="order_store_credit_within_total",
            ),
            models.CheckConstraint(
                condition=~Q(payment_method="store_credit") | Q(store_credit=F("total")), name="order_covered_by_credit"
            ),
            models.CheckConstraint(condition=~Q(token_hash="") & ~Q(cart_token_hash=""), name="order_tokens_not_empty"),
        ]
        indexes = [
            models.Index(fields=["user", "-placed_at"], name="order_of_user"),
            models.Index(fields=["status", "-placed_at"], name="order_by_status"),
            models.Index(
                fields=["cancel_at"],
                condition=Q(status="placed", payment_status="pending"),
                name="order_to_cancel",
            ),
            models.Index(fields=["placed_at"], condition=~Q(review_reason=""), name="order_held"),
            models.Index(fields=["updated_at", "id"], name="order_changed_since"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        """How the rooms below name this order."""
        return f"order:{self.pk}"


class OrderLine(models.Model):
    """A snapshot of what was bought. `total` = quantity × price; `tax` is how much of it is tax.

    `shipped` and `returned` count units: the sums of the parcels' lines and of the lines of returns that were not
    rejected. They stand here so that the database itself refuses a unit that goes, or comes back, twice.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    variant = models.ForeignKey("product.Variant", on_delete=models.PROTECT, related_name="+")
    product_id = models.BigIntegerField()
    sku = models.CharField(_("SKU"), max_length=64)
    name = models.CharField(_("name"), max_length=255)
    options = models.JSONField(default=dict)
    options_text = models.CharField(_("options"), max_length=255, blank=True)  # in the order's language
    image_url = models.CharField(max_length=300, blank=True)
    product_url = models.CharField(max_length=400, blank=True)
    seller_id = models.BigIntegerField(null=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    shipped = models.PositiveIntegerField(_("shipped"), default=0)
    returned = models.PositiveIntegerField(_("returned"), default=0)
    price = models.BigIntegerField(_("price"))
    tax_basis_points = models.PositiveIntegerField(_("tax rate"))
    tax = models.BigIntegerField(_("tax"))
    total = models.BigIntegerField(_("total"))
    trace = models.JSONField(default=list)  # how the price came about

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "variant"], name="order_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_quantity_positive"),
            models.CheckConstraint(condition=Q(total=F("quantity") * F("price")), name="order_line_adds_up"),
            models.CheckConstraint(condition=Q(shipped__lte=F("quantity")), name="order_line_shipped_within_ordered"),
            models.CheckConstraint(condition=Q(returned__lte=F("shipped")), name="order_line_returned_within_shipped"),
        ]
        indexes = [  # a vendor's lines, newest first; the house's own lines cost it nothing
            models.Index(
                fields=["seller_id", "-id"], condition=Q(seller_id__isnull=False), name="order_line_of_seller"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.sku}"

    @property
    def unshipped(self) -> int:
        return self.quantity - self.shipped


class OrderEvent(models.Model):
    """The timeline: append-only, each happening once."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    class Kind(models.TextChoices):
        PLACED = "placed", _("Placed")
        PAID = "paid", _("Paid")
        PAYMENT_FAILED = "payment_failed", _("Payment failed")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        REFUSED = "refused", _("Refused at the door")
        CANCELLED = "cancelled", _("Cancelled")
        REFUNDED = "refunded", _("Refunded")
        STOCK_RELEASED = "stock_released", _("Stock given back")
        ADDRESS_CHANGED = "address_changed", _("Address changed")
        RETURN_REQUESTED = "return_requested", _("Return asked for")
        RETURN_APPROVED = "return_approved", _("Return approved")
        RETURN_REJECTED = "return_rejected", _("Return refused")
        RETURNED = "returned", _("Came back")
        HELD = "held", _("Held for review")
        RELEASED = "released", _("Let go")
        CONFIRMED = "confirmed", _("Confirmed by code")
        METHOD_CHANGED = "method_changed", _("To be paid another way")
        CREDIT_RETURNED = "credit_returned", _("Store credit given back")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["order", "at"], name="order_event_of_order")]

    def __str__(self) -> str:
        return self.kind
