"""Registration of the checkout in the Wagtail admin."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from checkout.backoffice.bulk_ship import ShipOrders
from checkout.backoffice.log_actions import name_log_actions
from checkout.backoffice.orders import OrderViewSet
from checkout.backoffice.policies import SeeOnlyPolicy
from checkout.order.models import Order

register_permission_policy(Order, SeeOnlyPolicy(Order))
register_snippet(OrderViewSet)
hooks.register("register_bulk_action", ShipOrders)
hooks.register("register_log_actions", name_log_actions)


@hooks.register("insert_global_admin_css")
def style_checkout_screens():
    return format_html('<link rel="stylesheet" href="{}">', static("shop/backoffice/checkout.css"))
