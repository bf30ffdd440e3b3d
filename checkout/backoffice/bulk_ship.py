"""Ship several orders at once: each by the same use case, in a transaction of its own."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.log_actions import log
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from checkout.backoffice.order_listing import orders_as_listed
from checkout.order.models import Order
from checkout.order.rules import is_shippable
from checkout.order.services.ship_order import ship_order
from shop.core.errors import Refusal

MOST_AT_ONCE = 200


class ShipOrders(SnippetBulkAction):
    display_name = gettext_lazy("Mark as shipped")
    aria_label = gettext_lazy("Mark the chosen orders as shipped")
    action_type = "ship"
    template_name = "checkout/backoffice/bulk_ship.html"
    action_priority = 10
    models = [Order]

    def check_perm(self, order: Order) -> bool:
        return self.request.user.has_perms(["order.view_order", "order.fulfill_order"]) and is_shippable(order)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Wagtail's own takes every order of the table, whatever is filtered."""
        return orders_as_listed(self.request)

    def get_actionable_objects(self) -> tuple[list[Order], dict[str, list[Order]]]:
        ids = self._chosen()
        orders = list(Order.objects.filter(pk__in=ids[:MOST_AT_ONCE]).order_by("placed_at", "pk"))
        mine = [order for order in orders if self.check_perm(order)]
        rest = [order for order in orders if order not in mine]
        return mine, {"items_with_no_access": rest}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        left_out = max(0, len(self._chosen()) - MOST_AT_ONCE)
        return super().get_context_data(**kwargs) | {"left_out": left_out, "most": MOST_AT_ONCE}

    def form_valid(self, form: Any) -> HttpResponse:
        orders, _rest = self.get_actionable_objects()
        shipped = [order for order in orders if self._ship(order)]
        if shipped:
            text = ngettext("%(count)s order is shipped. Its buyer gets a mail.",
                            "%(count)s orders are shipped. Their buyers get a mail.", len(shipped))  # fmt: skip
            messages.success(self.request, text % {"count": len(shipped)})
        elif not orders:
            messages.warning(self.request, _("None of these orders can be shipped now. Nothing was changed."))
        return redirect(self.next_url)

    def _chosen(self) -> list[int]:
        """What was confirmed counts, not what the filter finds by then."""
        is_confirmed = self.request.method == "POST"
        ids = self.request.POST.getlist("order") if is_confirmed else self.request.GET.getlist("id")
        if not is_confirmed and "all" in ids:
            return self.get_all_objects_in_listing_query(None)
        return [int(pk) for pk in ids if pk.isascii() and pk.isdigit() and len(pk) < 19]

    def _ship(self, order: Order) -> bool:
        user = self.request.user
        try:
            ship_order(order_id=order.pk, at=timezone.now(), by=user.get_username())
        except Refusal as refusal:
            text = _("%(number)s was not shipped: %(why)s")
            messages.error(self.request, text % {"number": order.number, "why": refusal.detail})
            return False
        log(order, "order.ship", user=user, data={"note": ""})
        return True
