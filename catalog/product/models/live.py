"""Live facts: rows that no draft and no revision can write. The projection of a publish is their only editor."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TaxClass(models.Model):
    """What is taxed alike. Its rates are dated and stand in `pricing.TaxRate`."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)

    def __str__(self) -> str:
        return self.name


class ProductCore(models.Model):
    """A product as the shop knows it in every language: the API's product id. Made with the first draft, never deleted."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    brand = models.ForeignKey("product.Brand", on_delete=models.SET_NULL, null=True, related_name="cores")
    tax_class = models.ForeignKey(TaxClass, on_delete=models.PROTECT, null=True, related_name="cores")
    seller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    attributes = models.JSONField(default=dict)
    is_live = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [GinIndex(fields=["attributes"], name="productcore_attributes")]

    def __str__(self) -> str:
        return f"product {self.pk}"


class Variant(models.Model):
    """A sellable unit (SKU). Retired, never deleted: orders, stock and price history point at it."""

    core = models.ForeignKey(ProductCore, on_delete=models.PROTECT, related_name="variants")
    key = models.UUIDField(unique=True)
    sku = models.CharField(_("SKU"), max_length=64)
    options = models.JSONField(default=dict)
    gtin = models.CharField(max_length=14, blank=True)
    weight_grams = models.PositiveIntegerField(null=True)
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    active = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sku"], condition=Q(active=True), name="variant_active_sku"),
            models.CheckConstraint(condition=~Q(sku=""), name="variant_sku_not_empty"),
        ]
        indexes = [models.Index(fields=["core", "active", "position"], name="variant_of_core")]

    def __str__(self) -> str:
        return self.sku
