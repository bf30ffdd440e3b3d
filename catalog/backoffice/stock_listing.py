"""The list of stock: what lies where, what is left to sell, and what runs low, in a fixed number of queries."""

from __future__ import annotations

import django_filters
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.images import get_image_model
from wagtail.snippets.views.snippets import IndexView

from catalog.backoffice.product_listing import FIGURE, THUMBNAIL, WIDE_ONLY, PictureColumn, add_pictures
from catalog.inventory.models import Location, StockItem
from catalog.inventory.selectors import in_state
from catalog.product.models import AttributeValue, Brand, CategoryLink, CategoryPage, Product
from catalog.product.selectors import category_ids
from shop.core.backoffice.labels import BAD, QUIET, WAITING, label
from shop.core.backoffice.spreadsheets import Exported, plain_text

STATES = [("low", gettext_lazy("Low")), ("out", gettext_lazy("Sold out")), ("plenty", gettext_lazy("Enough"))]
HEADINGS = {
    "sku": gettext_lazy("SKU"), "product": gettext_lazy("Product"), "options": gettext_lazy("Options"),
    "location": gettext_lazy("Location"), "on_hand": gettext_lazy("On the shelf"),
    "reserved": gettext_lazy("Reserved"), "available": gettext_lazy("For sale"),
    "threshold": gettext_lazy("Low from"),
    "max_per_order": gettext_lazy("Most in an order"),
}  # fmt: skip


class StockFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(choices=STATES, method="of_state", label=gettext_lazy("State"))
    brand = django_filters.ModelChoiceFilter(
        queryset=Brand.objects.order_by("name"), field_name="variant__core__brand", label=gettext_lazy("Brand")
    )
    category = django_filters.ModelChoiceFilter(
        queryset=CategoryPage.objects.order_by("path"), method="on_shelf", label=gettext_lazy("Category")
    )
    location = django_filters.ModelChoiceFilter(
        queryset=Location.objects.order_by("name"), label=gettext_lazy("Location")
    )
    retired = django_filters.BooleanFilter(
        field_name="variant__active", exclude=True, label=gettext_lazy("No longer sold")
    )

    class Meta:
        model = StockItem
        fields = ["state", "brand", "category", "location", "retired"]

    def of_state(self, items: QuerySet, name: str, state: str) -> QuerySet:
        return items.filter(in_state(state))

    def on_shelf(self, items: QuerySet, name: str, page: CategoryPage) -> QuerySet:
        links = CategoryLink.objects.filter(category__in=category_ids(page), product__is_source=True)
        return items.filter(variant__core_id__in=links.values("product__core_id"))


def with_names(items: QuerySet) -> QuerySet:
    """Each item with the title of its product in the source language, and what is left to sell."""
    source = Product.objects.filter(core=OuterRef("variant__core"), is_source=True)
    return items.select_related("variant__core", "location").annotate(
        title=Subquery(source.values("title")[:1]), left=F("on_hand") - F("reserved")
    )


def option_labels() -> dict[tuple[str, str], str]:
    """What the values of options are called, by code and value."""
    values = AttributeValue.objects.filter(attribute__is_option=True)
    return {(code, value): label for code, value, label in values.values_list("attribute__code", "value", "label")}


def options_text(item: StockItem, labels: dict[tuple[str, str], str]) -> str:
    return ", ".join(labels.get((code, str(value)), str(value)) for code, value in item.variant.options.items())


def state_label(item: StockItem) -> str:
    if not item.variant.active:
        return label(_("No longer sold"), QUIET)
    if item.available <= 0:
        return label(_("Sold out"), BAD)
    return label(_("Low"), WAITING) if item.available <= item.low_stock_threshold else ""


def add_variant_pictures(items: list[StockItem]) -> None:
    """Set `picture`: the variant's own, else the first of its product."""
    wanted = {item.variant.image_id for item in items} - {None}
    own = get_image_model().objects.prefetch_renditions(THUMBNAIL).in_bulk(wanted) if wanted else {}
    for item in items:
        item.core_id = item.variant.core_id
    add_pictures(items)
    for item in items:
        if image := own.get(item.variant.image_id):
            item.picture = image.get_rendition(THUMBNAIL)


class ProductColumn(Column):
    def get_value(self, item):
        return format_html("{}<br><small>{}</small>", item.title or "–", item.options_text)


class StockIndexView(Exported, IndexView):
    headings = HEADINGS
    default_ordering = "variant__sku"

    @cached_property
    def labels(self):
        return option_labels()

    def get_base_queryset(self):
        return with_names(super().get_base_queryset())

    def order_queryset(self, queryset):
        return super().order_queryset(queryset).order_by(self.ordering, "pk")

    def search_queryset(self, queryset):
        text = (self.search_query or "").strip()
        return queryset.filter(Q(variant__sku__icontains=text) | Q(title__icontains=text)) if text else queryset

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        rows = list(rows)
        add_variant_pictures(rows)
        for item in rows:
            item.options_text = options_text(item, self.labels)
        page.object_list = rows
        return paginator, page, rows, is_paginated

    def get_list_buttons(self, instance):
        return []

    def row(self, item):
        return {
            "sku": plain_text(item.variant.sku), "product": plain_text(item.title or ""),
            "options": plain_text(options_text(item, self.labels)), "location": item.location.name, "on_hand": item.on_hand,
            "reserved": item.reserved, "available": item.available, "threshold": item.low_stock_threshold,
            "max_per_order": item.max_per_order,
        }  # fmt: skip

    @cached_property
    def columns(self):
        sku = self._get_title_column("variant__sku")
        sku.label = _("SKU")
        return [
            PictureColumn("picture", label="", classname="shop-picture"),
            sku,
            ProductColumn("title", label=_("Product"), sort_key="title"),
            Column("location", label=_("Location"), classname=WIDE_ONLY),
            Column("on_hand", label=_("On the shelf"), sort_key="on_hand", classname=FIGURE),
            Column("reserved", label=_("Reserved"), sort_key="reserved", classname=FIGURE),
            Column("left", label=_("For sale"), sort_key="left", classname=FIGURE),
            Column("low_stock_threshold", label=_("Low from"), classname=f"{FIGURE} {WIDE_ONLY}"),
            Column("state", label=_("State"), accessor=state_label),
        ]
