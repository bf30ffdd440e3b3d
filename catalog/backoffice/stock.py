from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from catalog.backoffice.stock_listing import StockFilterSet, StockIndexView
from catalog.backoffice.stock_screen import StockHistoryView, StockScreen
from catalog.inventory.models import StockItem


class StockViewSet(SnippetViewSet):
    """What lies on the shelves. It changes by movements with a reason, never by typing over a number."""

    model = StockItem
    icon = "clipboard-list"
    menu_label = _("Stock")
    menu_order = 20
    list_per_page = 50
    search_fields = ["variant__sku"]
    filterset_class = StockFilterSet
    export_filename = "stock"
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = StockIndexView
    inspect_view_class = StockScreen
    history_view_class = StockHistoryView
    inspect_template_name = "catalog/backoffice/stock_item.html"
    exclude_form_fields = ["on_hand", "reserved"]
