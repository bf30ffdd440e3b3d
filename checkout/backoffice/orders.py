from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from checkout.backoffice.order_actions import CancelOrder, DeliverOrder, NoteOrder, RefundOrder, ReleaseOrder, ShipOrder
from checkout.backoffice.order_filters import OrderFilterSet
from checkout.backoffice.order_listing import OrderIndexView
from checkout.backoffice.order_screen import OrderHistoryView, OrderScreen
from checkout.backoffice.parcel_actions import ChangeAddress, CloseParcel
from checkout.backoffice.return_actions import STEPS as RETURN_STEPS
from checkout.backoffice.slip import PackingSlip
from checkout.order.models import Order


class OrderViewSet(SnippetViewSet):
    """Orders are looked at and moved along; nobody makes, edits or deletes one here."""

    model = Order
    icon = "list-ul"
    menu_label = _("Orders")
    menu_order = 120
    add_to_admin_menu = True
    list_per_page = 50
    search_fields = ["number"]
    filterset_class = OrderFilterSet
    export_filename = "orders"
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = OrderIndexView
    inspect_view_class = OrderScreen
    history_view_class = OrderHistoryView
    index_template_name = "checkout/backoffice/orders.html"
    inspect_template_name = "checkout/backoffice/order.html"
    exclude_form_fields = ["number"]

    def get_urlpatterns(self):
        steps = (ShipOrder, DeliverOrder, CancelOrder, ReleaseOrder, NoteOrder, ChangeAddress)
        return [
            *super().get_urlpatterns(),
            *(path(f"{step.name}/<int:pk>/", step.as_view(), name=step.name) for step in steps),
            path("parcel/<int:pk>/<int:parcel_id>/", CloseParcel.as_view(), name=CloseParcel.name),
            *(path(f"{step.name}/<int:pk>/<int:return_id>/", step.as_view(), name=step.name) for step in RETURN_STEPS),
            path("slip/<int:pk>/<int:parcel_id>/", PackingSlip.as_view(), name="slip"),
            path("refund/<int:pk>/<int:payment_id>/", RefundOrder.as_view(), name="refund"),
        ]
