"""The list of products: picture, SKU, price and stock beside each, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict

import django_filters
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Min, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    LiveStatusTagColumn,
    NumberColumn,
)
from wagtail.admin.utils import get_latest_str
from wagtail.images import get_image_model
from wagtail.models import Revision, WorkflowState
from wagtail.snippets.views.snippets import IndexView

from catalog.inventory.models import StockItem
from catalog.product.models import Brand, CategoryLink, CategoryPage, Product, ProductImage, VariantSpec
from catalog.product.selectors import category_ids
from shop.core.money import format_money

THUMBNAIL = "fill-80x80"
FIGURE = "shop-figure"
WIDE_ONLY = "shop-wide-only"  # columns that a phone does without


class ProductFilterSet(WagtailFilterSet):
    brand = django_filters.ModelChoiceFilter(
        queryset=Brand.objects.order_by("name"), field_name="core__brand", label=gettext_lazy("Brand")
    )
    category = django_filters.ModelChoiceFilter(
        queryset=CategoryPage.objects.order_by("path"), method="on_shelf", label=gettext_lazy("Category")
    )
    live = django_filters.BooleanFilter(field_name="live", label=gettext_lazy("Live"))

    class Meta:
        model = Product
        fields = ["brand", "category", "live"]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """One row for a product, in its own language, unless one language was asked for."""
        chosen = super().filter_queryset(queryset)
        return chosen if self.form.cleaned_data.get("locale") else chosen.filter(is_source=True)

    def on_shelf(self, queryset: QuerySet, name: str, page: CategoryPage) -> QuerySet:
        links = CategoryLink.objects.filter(category__in=category_ids(page), product__is_source=True)
        return queryset.filter(core_id__in=links.values("product__core_id"))


class PictureColumn(Column):
    def get_value(self, instance):
        picture = instance.picture
        return format_html('<img src="{}" width="40" height="40" alt="">', picture.url) if picture else "–"


class PriceColumn(NumberColumn):
    def get_value(self, instance):
        price = instance.least_price
        return "–" if price is None else format_money(price, settings.DEFAULT_CURRENCY)


class SkuColumn(Column):
    def get_value(self, instance):
        first, *others = instance.skus or ["–"]
        return _("%(sku)s and %(n)s more") % {"sku": first, "n": len(others)} if others else first


class StockColumn(NumberColumn):
    def get_value(self, instance):
        return "–" if instance.available is None else instance.available


class LanguagesColumn(Column):
    """Every language that the product has, each a way to its editor; a draft is marked."""

    cell_template_name = "catalog/backoffice/languages_cell.html"

    def get_value(self, instance):
        return instance.languages


class ProductIndexView(IndexView):
    def get_base_queryset(self):
        return with_columns(super().get_base_queryset())

    def search_queryset(self, queryset):
        if not self.search_query:
            return queryset
        titled = Product.objects.filter(title__icontains=self.search_query).values("core_id")  # in any language
        words = Q(core_id__in=titled) | Q(core__brand__name__icontains=self.search_query)
        of_sku = VariantSpec.objects.filter(sku__icontains=self.search_query).values("product__core_id")
        return queryset.filter(words | Q(core_id__in=of_sku))

    def paginate_queryset(self, queryset, page_size):
        paginator, page, rows, is_paginated = super().paginate_queryset(queryset, page_size)
        rows = list(rows)
        add_pictures(rows)
        add_schedules(rows)
        add_workflows(rows)
        add_languages(rows)
        page.object_list = rows
        return paginator, page, rows, is_paginated

    @cached_property
    def columns(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            PictureColumn("picture", label="", classname="shop-picture"),
            self._get_title_column("title", accessor=get_latest_str),
            SkuColumn("skus", label=_("SKU"), classname=WIDE_ONLY),
            PriceColumn("least_price", label=_("Price"), sort_key="least_price", classname=FIGURE),
            StockColumn("available", label=_("In stock"), sort_key="available", classname=FIGURE),
            Column("core.brand", label=_("Brand"), sort_key="core__brand__name", classname=WIDE_ONLY),
            LanguagesColumn("languages", label=_("Languages"), classname=WIDE_ONLY),
            LiveStatusTagColumn(),
        ]


def with_columns(products: QuerySet) -> QuerySet:
    """Each row with the SKUs and least price (paise) of its source language, and what can be bought now."""
    specs = VariantSpec.objects.filter(product__core=OuterRef("core"), product__is_source=True).order_by()
    specs = specs.values("product__core")
    stock = StockItem.objects.filter(variant__core=OuterRef("core"), variant__active=True).order_by()
    buyable = stock.values("variant__core").annotate(n=Sum(F("on_hand") - F("reserved")))
    return products.select_related("core__brand", "locale", "latest_revision").annotate(
        skus=Subquery(specs.annotate(all=ArrayAgg("sku", order_by="sort_order")).values("all")),
        least_price=Subquery(specs.annotate(least=Min("price")).values("least")),
        available=Subquery(buyable.values("n")),
    )


def add_pictures(products: list[Product]) -> None:
    """Set `picture` (a rendition or None): the first of the source language."""
    rows = ProductImage.objects.filter(product__core__in={p.core_id for p in products}, product__is_source=True)
    images = get_image_model().objects.prefetch_renditions(THUMBNAIL)
    rows = rows.exclude(image=None).order_by("product__core_id", "sort_order").distinct("product__core_id")
    rows = rows.annotate(core=F("product__core_id")).prefetch_related(Prefetch("image", images))
    first = {row.core: row.image for row in rows}
    for product in products:
        image = first.get(product.core_id)
        product.picture = image.get_rendition(THUMBNAIL) if image else None


def add_schedules(products: list[Product]) -> None:
    """Wagtail's status column would ask for each row's scheduled revision."""
    waiting = Revision.objects.filter(
        approved_go_live_at__isnull=False,
        base_content_type=Product.get_base_content_type(),
        object_id__in=[str(product.pk) for product in products],
    ).defer("content")
    found = {revision.object_id: revision for revision in waiting}
    for product in products:
        product.scheduled_revision = found.get(str(product.pk))


def add_workflows(products: list[Product]) -> None:
    """The same for workflows in progress; Wagtail reads them from this attribute where it is set."""
    states = WorkflowState.objects.active().filter(
        base_content_type=Product.get_base_content_type(), object_id__in=[str(product.pk) for product in products]
    )
    found = {state.object_id: state for state in states}
    for product in products:
        product._current_workflow_states = [found[str(product.pk)]] if str(product.pk) in found else []


def add_languages(products: list[Product]) -> None:
    """Set `languages`: the product in each language (pk, live, code, name of the language), its own first."""
    texts = Product.objects.filter(core__in={product.core_id for product in products})
    facts = texts.order_by("-is_source", "locale__language_code").values(
        "core_id", "pk", "live", code=F("locale__language_code")
    )
    names, found = dict(settings.WAGTAIL_CONTENT_LANGUAGES), defaultdict(list)
    for text in facts:
        found[text["core_id"]].append(text | {"language": names.get(text["code"], text["code"])})
    for product in products:
        product.languages = found[product.core_id]
