"""Where an order's pages are."""

from __future__ import annotations

from django.urls import reverse

from checkout.order.models import Order


def order_url(order: Order) -> str:
    """The buyer's own page under their account, or the guest's."""
    return reverse("checkout:own_order" if order.user_id else "checkout:order", args=[order.number])


def pay_url(order: Order) -> str:
    return reverse("checkout:pay", args=[order.number])
