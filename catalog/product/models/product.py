"""What merchandisers edit: drafts. A publish projects it into the live rows of `live.py` (services/project.py)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from catalog.product.blocks import ProductBody
from catalog.product.models.live import ProductCore, TaxClass
from shop.core.fields import MinorUnitsField
from shop.core.pages import ServedByDoor


class Product(
    ServedByDoor,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """One product in one language. The source language's row carries what all languages share."""

    core = models.ForeignKey(ProductCore, on_delete=models.PROTECT, related_name="contents", editable=False)
    is_source = models.BooleanField(default=True, editable=False)
    title = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("slug"), max_length=255, allow_unicode=True)
    summary = models.TextField(_("in two lines"), max_length=400, blank=True)
    body = StreamField(ProductBody(), blank=True, verbose_name=_("description"))
    seo_title = models.CharField(_("SEO title"), max_length=70, blank=True)
    seo_description = models.CharField(_("SEO description"), max_length=170, blank=True)

    # Source language only; the projection copies them to the core, where every language reads them.
    brand = models.ForeignKey("product.Brand", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    tax_class = models.ForeignKey(TaxClass, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    seller = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    related = models.JSONField(_("goes with"), default=list, blank=True)

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.FilterField("slug"),
        index.FilterField("live"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        constraints = [
            models.UniqueConstraint(fields=["locale", "slug"], name="product_slug_per_language"),
            models.UniqueConstraint(fields=["core"], condition=Q(is_source=True), name="product_one_source"),
        ]
        indexes = [models.Index(fields=["core", "locale"], name="product_content_of_core")]

    def __str__(self) -> str:
        return self.title


class CategoryLink(Orderable):
    """Where a product is shelved; the first is its main category."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="category_links")
    category = models.ForeignKey("product.CategoryPage", on_delete=models.CASCADE, related_name="+")


class ProductImage(Orderable):
    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, related_name="+")
    alt = models.CharField(_("alternative text"), max_length=255, blank=True)


class VariantSpec(Orderable):
    """A variant as drafted. Nothing points at it; the live `Variant` of the same key does the selling."""

    product = ParentalKey(Product, on_delete=models.CASCADE, related_name="variant_specs")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    sku = models.CharField(_("SKU"), max_length=64)
    options = models.JSONField(_("options"), default=dict, blank=True)
    price = MinorUnitsField(_("price"), null=True, blank=True)
    compare_at_price = MinorUnitsField(_("compare-at price"), null=True, blank=True)
    gtin = models.CharField(_("GTIN (barcode)"), max_length=14, blank=True)
    weight_grams = models.PositiveIntegerField(_("weight in grams"), null=True, blank=True)
    image = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
