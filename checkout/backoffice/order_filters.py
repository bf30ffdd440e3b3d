"""How the list of orders is narrowed: filters and search."""

from __future__ import annotations

import re
from decimal import Decimal

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, NumberRangeWidget, WagtailFilterSet

from checkout.backoffice.labels import METHODS
from checkout.order.models import Order, OrderLine
from checkout.order.selectors import id_of_number
from checkout.order.status_filter import filter_by_status
from checkout.order.worklists import held_for_review, to_pack, with_payment_to_look_at

STATUSES = [
    ("pending", _("Waiting for payment")), ("paid", _("Paid")), ("shipped", _("Shipped")),
    ("delivered", _("Delivered")), ("returned", _("Returned")), ("cancelled", _("Cancelled")),
]  # fmt: skip
WAITING = [("pack", _("To pack")), ("review", _("Held for review")), ("payment", _("Payment to look at"))]


class OrderFilterSet(WagtailFilterSet):
    waiting = django_filters.ChoiceFilter(choices=WAITING, method="that_wait", label=_("Waits for you"))
    status = django_filters.ChoiceFilter(choices=STATUSES, method="of_status", label=_("Stage"))
    payment_status = django_filters.MultipleChoiceFilter(choices=Order.PaymentStatus.choices, label=_("Payment"))
    payment_method = django_filters.ChoiceFilter(choices=list(METHODS.items()), label=_("Paid by"))
    placed_at = django_filters.DateFromToRangeFilter(label=_("Placed"), widget=DateRangePickerWidget)
    total = django_filters.RangeFilter(label=_("Total"), widget=NumberRangeWidget, method="of_total")

    class Meta:
        model = Order
        fields = ["waiting", "status", "payment_status", "payment_method", "placed_at", "total"]

    def that_wait(self, orders: QuerySet, name: str, for_what: str) -> QuerySet:
        if for_what == "payment":
            return with_payment_to_look_at(orders, at=timezone.now())
        return to_pack(orders) if for_what == "pack" else held_for_review(orders)

    def of_status(self, orders: QuerySet, name: str, status: str) -> QuerySet:
        return filter_by_status(orders, status)

    def of_total(self, orders: QuerySet, name: str, bounds: slice) -> QuerySet:
        """Typed in rupees (or dollars); both have two digits, as every currency that is sold in here."""
        for lookup, bound in (("total__gte", bounds.start), ("total__lte", bounds.stop)):
            if bound is not None:
                orders = orders.filter(**{lookup: int(Decimal(bound) * 100)})
        return orders


def search_orders(orders: QuerySet, text: str) -> QuerySet:
    """By number, e-mail, name, phone or SKU."""
    text = text.strip()
    if not text:
        return orders
    number = id_of_number(text)
    found = Q(email__icontains=text) | Q(address__name__icontains=text) | Q(number__istartswith=text)
    if number is not None:
        found |= Q(pk=number)
    if len(digits := re.sub(r"[^0-9]", "", text)) >= 5 and not re.search(r"[a-z@]", text, re.IGNORECASE):
        found |= Q(address__phone__icontains=digits.lstrip("0"))
    of_sku = OrderLine.objects.filter(sku__istartswith=text).values("order_id")
    return orders.filter(found | Q(pk__in=of_sku))
