"""The world of the permission matrix, and what it lacks for writes that take effect."""

from __future__ import annotations

from catalog.pricing.models import PriceList
from checkout.order.models import Order
from tests.factories import orders, people
from tests.factories.products import make_product
from tests.factories.variants import make_variant
from tests.permissions.world import World


class Ground(World):
    def __init__(self) -> None:
        super().__init__()
        customer = self.user("customer")
        self.variant = make_variant()
        self.product = make_product()
        self.second_address = people.make_address(customer, is_default=False).pk
        buyer = people.make_user("buyer")  # an order of the customer's would take what lies in their cart
        self.delivered = orders.make_delivered_order(user=buyer)
        self.shipped = orders.make_shipped_order(user=buyer)
        self.paid = orders.make_paid_order(user=buyer)
        Order.objects.filter(user=buyer).update(user=customer)
        self.bought = self.delivered.lines.get().variant.core
        self.price_list = PriceList.objects.create(name="Diwali", code="diwali", currency="INR", live=True)
        type(customer).objects.filter(pk=customer.pk).update(is_verified=True)
