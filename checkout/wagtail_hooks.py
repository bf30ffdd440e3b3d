"""Registration of the checkout in the Wagtail admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from checkout.backoffice.bulk_ship import ShipOrders
from checkout.backoffice.cash_rules import CashRuleViewSet
from checkout.backoffice.complaints import ComplaintViewSet
from checkout.backoffice.customers import CustomerViewSet
from checkout.backoffice.dashboard import add_shop_panels
from checkout.backoffice.log_actions import name_log_actions
from checkout.backoffice.orders import OrderViewSet
from checkout.backoffice.payment_screen import PaymentsViewSet
from checkout.backoffice.returns import ReturnViewSet
from checkout.backoffice.shipping_methods import ShippingMethodViewSet
from checkout.complaint.models import Complaint
from checkout.order.models import Order, Return
from checkout.shipping.models import CashRule, ShippingMethod
from shop.core.backoffice.policies import NeverDeletePolicy, SeeOnlyPolicy

register_permission_policy(Order, SeeOnlyPolicy(Order))
register_permission_policy(Return, SeeOnlyPolicy(Return))
register_permission_policy(Complaint, SeeOnlyPolicy(Complaint))
register_permission_policy(ShippingMethod, NeverDeletePolicy(ShippingMethod))
register_permission_policy(CashRule, NeverDeletePolicy(CashRule))
register_snippet(OrderViewSet)
register_snippet(ReturnViewSet)
register_snippet(ComplaintViewSet)
register_snippet(ShippingMethodViewSet)
register_snippet(CashRuleViewSet)
hooks.register("register_bulk_action", ShipOrders)
hooks.register("register_log_actions", name_log_actions)
hooks.register("register_admin_viewset", CustomerViewSet)
hooks.register("register_admin_viewset", PaymentsViewSet)
hooks.register("construct_homepage_panels", add_shop_panels)
