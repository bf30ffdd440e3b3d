"""What merchandisers edit: drafts. A publish projects it into the live rows of `live.py` (services/project.py)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
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

from catalog.product import projection
from catalog.product.blocks import ProductBody
from catalog.product.models import drafting
from catalog.product.models.live import ProductCore, TaxClass
from catalog.product.models.slug import AnyScriptSlugField
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
    slug = AnyScriptSlugField(_("slug"), max_length=255)
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

    headless_kind = "product"
    # Not copied by Wagtail's copy and translate: what is shared belongs to the source, the rest to the row.
    exclude_fields_in_copy = [
        "id", "core", "is_source", "live", "has_unpublished_changes", "live_revision", "first_published_at",
        "last_published_at", "go_live_at", "expire_at", "expired", "locked", "locked_at", "locked_by",
        "brand", "tax_class", "seller", "attributes", "related", "variant_specs", "images", "category_links",
    ]  # fmt: skip
    # Set by an editor whose form was opened on this revision: what was saved since is taken in before saving.
    begun_from = None
    overrule_newer = False
    # Set where the object is the live product plus a change, whatever drafts may wait.
    apart_from_drafts = False

    def __str__(self) -> str:
        return self.title

    def with_content_json(self, content):
        obj = super().with_content_json(content)
        obj.core_id, obj.is_source, obj.last_published_at = self.core_id, self.is_source, self.last_published_at
        return obj

    def copy_for_translation(self, locale, exclude_fields=None):
        """An unsaved draft in another language: the texts, the same core, none of what languages share."""
        copy = super().copy_for_translation(locale, exclude_fields)
        copy.core_id, copy.is_source, copy.live = self.core_id, False, False
        return copy

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Save a draft that knows what it was begun from. Raises DraftConflict. Locks: the product's row."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if overwrite_revision and not drafting.may_overwrite(row, overwrite_revision):
                self.begun_from, overwrite_revision = overwrite_revision, None
            if drafting.take_in_newer(self, row) and not row.live:
                self.save()
            revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
            if overwrite_revision is None:
                drafting.remember_base(self, row, revision)
        revision.content = drafting.plain(revision.content)
        return revision

    def publish(self, revision, *args, keep_workflow=False, **kwargs):
        """Merge the draft onto what is live, publish and project it, all or nothing.

        Raises DraftConflict, and what the projection raises. Locks: the product's row, then the core and what the
        projectors lock. A revision with a date in the future is only merged and waits.
        """
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            previous_slug = drafting.published_slug(row, revision)
            own_content = drafting.merge_onto_live(row, revision)
            action = drafting.PublishBesideWorkflow if keep_workflow else PublishRevisionAction
            skip = kwargs.pop("skip_permission_checks", False)
            action(revision, *args, **kwargs).execute(skip_permission_checks=skip)
            now_live = type(self).objects.get(pk=self.pk)
            if now_live.live_revision_id == revision.pk:
                drafting.note_published(revision, own_content)
                projection.tell("live", product=now_live, at=timezone.now(), previous_slug=previous_slug)

    def unpublish(self, *args, skip_permission_checks=False, **kwargs):
        """Take it off sale (source language) or hide a translation. Locks: the product's row, then the core."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            UnpublishAction(row, *args, **kwargs).execute(skip_permission_checks=skip_permission_checks)
            projection.tell("off", product=row, at=timezone.now())
        for name in ("live", "has_unpublished_changes", "live_revision_id", "expired"):
            setattr(self, name, getattr(row, name))


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
