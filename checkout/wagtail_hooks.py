"""Registration of the checkout in the Wagtail admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from checkout.backoffice.bulk_ship import ShipOrders
from checkout.backoffice.log_actions import name_log_actions
from checkout.backoffice.orders import OrderViewSet
from checkout.order.models import Order
from shop.core.backoffice.policies import SeeOnlyPolicy

register_permission_policy(Order, SeeOnlyPolicy(Order))
register_snippet(OrderViewSet)
hooks.register("register_bulk_action", ShipOrders)
hooks.register("register_log_actions", name_log_actions)
