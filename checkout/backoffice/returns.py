"""The list of returns. What can be done stands on the order's screen."""

from __future__ import annotations

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from checkout.backoffice.labels import return_label
from checkout.order.models import Return
from checkout.order.selectors import id_of_number
from shop.core.money import format_money


class ReturnFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Return.Status.choices, label=_("Stage"))
    requested_at = django_filters.DateFromToRangeFilter(label=_("Asked for"), widget=DateRangePickerWidget)

    class Meta:
        model = Return
        fields = ["status", "requested_at"]


class AskedColumn(Column):
    def get_value(self, coming):
        return date_format(timezone.localtime(coming.requested_at), "j M Y, H:i")


class BuyerColumn(Column):
    def get_value(self, coming):
        return format_html("{}<br><small>{}</small>", coming.order.address.get("name", ""), coming.order.email)


class ReturnIndexView(IndexView):
    default_ordering = "-requested_at"

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("order")

    def order_queryset(self, queryset):
        return super().order_queryset(queryset).order_by(self.ordering, "-pk")

    def search_queryset(self, queryset):
        text = (self.search_query or "").strip()
        if not text:
            return queryset
        digits = text.upper().removeprefix("R-")
        if digits.isascii() and digits.isdigit() and len(digits) < 10 and text.upper().startswith("R-"):
            return queryset.filter(pk=int(digits))
        order_id = id_of_number(text)
        return queryset.filter(order_id=order_id) if order_id else queryset.filter(order__email__icontains=text)

    def get_list_buttons(self, instance):
        return []

    @cached_property
    def columns(self):
        return [
            TitleColumn("number", label=_("Return"), accessor=str, get_url=self._order_screen),
            Column("order", label=_("Order"), accessor=lambda coming: coming.order.number),
            BuyerColumn("buyer", label=_("Buyer"), classname="shop-wide-only"),
            AskedColumn("requested_at", label=_("Asked for"), sort_key="requested_at"),
            Column("status", label=_("Stage"), accessor=return_label),
            Column("reason", label=_("Reason"), classname="shop-wide-only", accessor=lambda coming: coming.reason[:80]),
            Column("amount", label=_("Worth"), sort_key="amount", classname="shop-figure",
                   accessor=lambda coming: format_money(coming.amount, coming.order.currency)),
        ]  # fmt: skip

    @staticmethod
    def _order_screen(coming):
        return reverse("wagtailsnippets_order_order:inspect", args=[coming.order_id])


class ReturnViewSet(SnippetViewSet):
    model = Return
    icon = "redirect"
    menu_label = _("Returns")
    menu_order = 121
    add_to_admin_menu = True
    list_per_page = 50
    search_fields = ["reason"]  # what is searched: ReturnIndexView
    filterset_class = ReturnFilterSet
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = ReturnIndexView
    exclude_form_fields = ["refund"]
