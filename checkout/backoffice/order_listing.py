"""The list of orders."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.snippets.views.snippets import IndexView

from checkout.backoffice.labels import method_name, status_label
from checkout.backoffice.order_export import HEADINGS, order_row
from checkout.backoffice.order_filters import OrderFilterSet, search_orders
from checkout.order.models import Order
from shop.core.backoffice.spreadsheets import Exported
from shop.core.money import format_money

WIDE_ONLY = "shop-wide-only"  # columns that a phone does without
SHOWN = ("id", "number", "email", "address", "placed_at", "status", "payment_status", "fulfillment_status",
         "payment_method", "total", "currency")  # fmt: skip


class CustomerColumn(Column):
    def get_value(self, order):
        return format_html("{}<br><small>{}</small>", order.address.get("name", ""), order.email)


class PlacedColumn(Column):
    def get_value(self, order):
        return date_format(timezone.localtime(order.placed_at), "j M Y, H:i")


class StatusColumn(Column):
    def get_value(self, order):
        return status_label(order, self.name)


class TotalColumn(Column):
    def get_value(self, order):
        return format_money(order.total, order.currency)


class OrderIndexView(Exported, IndexView):
    headings = HEADINGS
    default_ordering = "-placed_at"

    def get_base_queryset(self):
        orders = super().get_base_queryset()
        return orders if self.is_export else orders.only(*SHOWN)

    def order_queryset(self, queryset):
        return super().order_queryset(queryset).order_by(self.ordering, "-pk")

    def search_queryset(self, queryset):
        return search_orders(queryset, self.search_query or "")

    def get_list_buttons(self, instance):
        return []  # the number is the link; what can be done stands on the order's own screen

    def row(self, order):
        return order_row(order)

    @cached_property
    def columns(self):
        number = self._get_title_column("number")
        number.sort_key = "pk"  # the number grows with it, and the index is there
        number.classname = "title shop-whole"
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="snippet"),
            number,
            CustomerColumn("customer", label=_("Customer")),
            PlacedColumn("placed_at", label=_("Placed"), sort_key="placed_at"),
            StatusColumn("status", label=_("Order"), classname=WIDE_ONLY),
            StatusColumn("payment_status", label=_("Payment")),
            StatusColumn("fulfillment_status", label=_("Delivery")),
            Column(
                "method",
                label=_("Paid by"),
                accessor=lambda order: method_name(order.payment_method),
                classname=WIDE_ONLY,
            ),
            TotalColumn("total", label=_("Total"), sort_key="total", classname="shop-figure"),
        ]


def orders_as_listed(request) -> list[int]:
    """Ids of all orders that the filters and the search of a listing's address leave. Raises BadRequest."""
    filters = OrderFilterSet(request.GET, request=request, queryset=Order.objects.all())
    if not filters.is_valid():
        raise BadRequest
    found = search_orders(filters.qs, request.GET.get("q", ""))
    return list(found.order_by("placed_at", "pk").values_list("pk", flat=True))
