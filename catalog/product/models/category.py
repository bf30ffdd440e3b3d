from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from catalog.product.blocks import CategoryBody
from shop.core.pages import ServedByDoor


class CategoryPage(ServedByDoor, Page):
    """A shelf of the shop. Its API id is the page id of its source language (decisions: docs/adr/0002)."""

    class Sort(models.TextChoices):
        MANUAL = "position", _("As arranged")
        NEWEST = "newest", _("Newest first")
        PRICE = "price", _("Cheapest first")
        POPULAR = "popular", _("Most bought first")

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    hero = models.ForeignKey("wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    default_sort = models.CharField(_("order of products"), max_length=10, choices=Sort.choices, default=Sort.MANUAL)
    body = StreamField(CategoryBody(), blank=True)

    headless_kind = "category"
    subpage_types = ["product.CategoryPage"]
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("hero"), FieldPanel("default_sort")], heading=_("Appearance")),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def clean(self):
        """A category's slug is unique in its language over the whole shop: the API finds categories by it."""
        super().clean()
        others = CategoryPage.objects.filter(slug=self.slug, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.slug and others.exists():
            raise ValidationError({"slug": _("Another category has this slug.")})
