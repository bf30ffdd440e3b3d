from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.inventory.models import MAX_PER_ORDER as MAX_QUANTITY


class Cart(models.Model):
    """What somebody means to buy. A guest's cart is found by its token (only its SHA-256 is kept), a person's by user."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="cart")
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(user=None) | Q(token_hash=None), name="cart_of_user_or_guest"),
            models.CheckConstraint(condition=~Q(token_hash=""), name="cart_token_not_empty"),
        ]

    def __str__(self) -> str:
        return f"cart {self.pk}"


class CartLine(models.Model):
    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey("product.Variant", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField(
        _("quantity"), validators=[MinValueValidator(1), MaxValueValidator(MAX_QUANTITY)]
    )
    shown_price = models.BigIntegerField(null=True)  # per unit, minor units: what the shopper last saw (promise M5)
    shown_currency = models.CharField(max_length=3, default="", db_default="")  # in which; empty: before it was kept
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="cart_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(quantity__lte=MAX_QUANTITY), name="cart_line_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"


class SavedLine(models.Model):
    """Put aside for later: of a cart, so it comes along when a guest signs in. Promises neither price nor stock."""

    cart = models.ForeignKey(Cart, on_delete=models.CASCADE, related_name="saved")
    variant = models.ForeignKey("product.Variant", on_delete=models.CASCADE, related_name="+")
    quantity = models.PositiveIntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cart", "variant"], name="saved_line_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1) & Q(quantity__lte=MAX_QUANTITY), name="saved_line_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id} for later"
