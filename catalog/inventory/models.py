"""Stock. Changed only by the services of this room, each of which takes the rows in primary-key order."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

MAX_PER_ORDER = 999  # of one SKU, whatever the shop sets


class Location(models.Model):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)

    def __str__(self) -> str:
        return self.name


class StockItem(models.Model):
    """Units of a variant at a location. Available = on hand − reserved."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    variant = models.ForeignKey("product.Variant", on_delete=models.PROTECT, related_name="stock_items")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="stock_items")
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)
    low_stock_threshold = models.PositiveIntegerField(_("low-stock threshold"), default=5)
    max_per_order = models.PositiveSmallIntegerField(
        _("most in an order"), null=True, blank=True
    )  # NULL: as the shop's

    class Meta:
        verbose_name = _("stock item")
        verbose_name_plural = _("stock items")
        constraints = [
            models.UniqueConstraint(fields=["variant", "location"], name="stock_item_once"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="stock_on_hand_not_negative"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")),
                name="stock_reserved_within_on_hand",
            ),
            models.CheckConstraint(
                condition=Q(max_per_order=None) | Q(max_per_order__gte=1, max_per_order__lte=MAX_PER_ORDER),
                name="stock_max_per_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant} @ {self.location}"

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


@register_setting(icon="lock")
class OrderLimits(BaseGenericSetting):
    """The shop's own limits. One row; while there is none, its defaults hold."""

    max_per_order = models.PositiveSmallIntegerField(
        _("most of one kind in an order"),
        default=MAX_PER_ORDER,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PER_ORDER)],
        help_text=_(
            "An order holds its pieces before it is paid. What is scarce can have a lower number of its own: "
            "on the screen of its stock."
        ),
    )

    panels = [FieldPanel("max_per_order")]

    class Meta:
        verbose_name = _("limits of an order")
        constraints = [
            models.CheckConstraint(
                condition=Q(max_per_order__gte=1, max_per_order__lte=MAX_PER_ORDER), name="order_limits_max_per_order"
            )
        ]


class StockMovement(models.Model):
    """The ledger: append-only (a trigger refuses UPDATE and DELETE). on_hand is the sum of its deltas."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    class Kind(models.TextChoices):
        RECEIVE = "receive", _("Received")
        SALE = "sale", _("Sold and shipped")
        RETURN = "return", _("Returned")
        ADJUSTMENT = "adjustment", _("Adjusted")

    stock_item = models.ForeignKey(StockItem, on_delete=models.PROTECT, related_name="movements")
    delta = models.IntegerField(_("change"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=80, blank=True)
    actor = models.CharField(_("by"), max_length=150, blank=True)
    at = models.DateTimeField(_("at"), db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(delta=0), name="stock_movement_moves")]

    def __str__(self) -> str:
        return f"{self.delta:+d} {self.kind}"


class Reservation(models.Model):
    """Units held for a reference such as `order:42`. Ends exactly once."""

    class Status(models.TextChoices):
        HELD = "held", _("Held")  # counts in StockItem.reserved
        CLAIMED = "claimed", _("Claimed")  # shipped: left the shelf
        RELEASED = "released", _("Released")  # given back by a person or a rule
        EXPIRED = "expired", _("Expired")  # given back by the clock

    stock_item = models.ForeignKey(StockItem, on_delete=models.PROTECT, related_name="reservations")
    reference = models.CharField(_("reference"), max_length=80)
    quantity = models.PositiveIntegerField(_("quantity"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices, default=Status.HELD)
    expires_at = models.DateTimeField(_("expires"), null=True)  # NULL: held until claimed or released
    created_at = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="reservation_quantity_positive"),
            models.CheckConstraint(
                condition=Q(status="held") ^ Q(ended_at__isnull=False), name="reservation_ends_once"
            ),
            models.UniqueConstraint(
                fields=["stock_item", "reference"], condition=Q(status="held"), name="reservation_held_once"
            ),
        ]
        indexes = [
            models.Index(fields=["reference"], name="reservation_of_reference"),
            models.Index(fields=["expires_at"], condition=Q(status="held"), name="reservation_due"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for {self.reference}"
