"""One stock item: its numbers, its movements, and the forms that move it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import HistoryView, InspectView

from catalog.backoffice.stock_forms import FORMS, StockForm
from catalog.backoffice.stock_listing import add_variant_pictures, option_labels, options_text, state_label, with_names
from catalog.inventory.models import Reservation, StockItem
from shop.core.backoffice.references import named

ADDRESS = "wagtailsnippets_inventory_stockitem:{}"
PER_PAGE = 25


class StockHistoryView(HistoryView):
    any_permission_required = ["view"]
    header_buttons = []

    def get_edit_url(self, instance):
        return reverse(ADDRESS.format("inspect"), args=[instance.pk])


class StockScreen(InspectView):
    any_permission_required = ["view"]
    tried: StockForm | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("inventory.change_stockitem"):
            raise PermissionDenied
        form_class = next((form for form in FORMS if form.act == request.POST.get("act")), None)
        if form_class is None:
            raise BadRequest
        form = form_class(request.POST, item=self.object)
        if form.is_valid() and form.save(request.user):
            messages.success(request, form.done())
            return redirect(request.path)
        self.tried, self.object = form, self.get_object()
        return self.get(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> StockItem:
        return get_object_or_404(with_names(StockItem.objects.all()), pk=self.pk)

    def get_page_title(self):
        return _("Stock")

    def get_page_subtitle(self):
        return self.object.variant.sku

    def get_fields(self) -> list[str]:
        return []

    @cached_property
    def header_more_buttons(self):
        url = reverse(ADDRESS.format("history"), args=[self.object.pk])
        return [Button(_("History"), url=url, icon_name="history", priority=10)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        item, user = self.object, self.request.user
        add_variant_pictures([item])
        page = Paginator(item.movements.order_by("-at", "-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "item": item,
            "options": options_text(item, option_labels()),
            "state": state_label(item),
            "page_obj": page,
            "movements": [(movement, named(movement.reference, user)) for movement in page.object_list],
            "held": [(held, named(held.reference, user)) for held in _held(item)],
            "forms": self._forms(),
        }

    def _forms(self) -> list[StockForm]:
        if not self.request.user.has_perm("inventory.change_stockitem"):
            return []
        tried = self.tried
        return [tried if tried and tried.act == form.act else form(item=self.object) for form in FORMS]


def _held(item: StockItem) -> Any:
    return item.reservations.filter(status=Reservation.Status.HELD).order_by("created_at", "pk")[:100]
