from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet, UnpublishView

from catalog.backoffice.price_lines import EndPriceLine, PriceLinesView
from catalog.pricing.models import PriceList

HELP = gettext_lazy(
    "A price list holds prices in one currency. Of several lists that hold, the one for the customer's group goes first,"
    " then the one with the higher priority. Its prices stand on a screen of their own."
)


class PriceListForm(WagtailAdminModelForm):
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in settings.CURRENCIES]

    def clean_currency(self) -> str:
        """Amounts would become another currency's."""
        typed, before = self.cleaned_data["currency"], PriceList.objects.filter(pk=self.instance.pk).first()
        if before and before.currency != typed and (before.is_base or before.lines.exists()):
            raise forms.ValidationError(_("It has prices in %(currency)s already.") % {"currency": before.currency})
        return typed


class StateColumn(Column):
    def get_value(self, prices):
        return _("Holds") if prices.live else _("Switched off")


class PriceListIndexView(IndexView):
    default_ordering = "-is_base"

    @cached_property
    def list_display(self):
        return ["name", "currency", "customer_group", "priority", StateColumn("live", label=_("State"))]

    def order_queryset(self, queryset):
        return queryset.order_by("-is_base", "currency", "-priority", "name")

    def get_list_more_buttons(self, instance):
        return [_prices_button(instance, Button), *super().get_list_more_buttons(instance)]


class PriceListEditView(EditView):
    @cached_property
    def header_buttons(self):
        return [*super().header_buttons, _prices_button(self.object, HeaderButton)]


class PriceListUnpublishView(UnpublishView):
    """Base lists carry the shop; and Wagtail's own goes around the model's `unpublish`."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_base and self.user_has_permission(self.permission_required):
            messages.error(request, _("Without its base list nothing could be sold in this currency."))
            return redirect(reverse("wagtailsnippets_pricing_pricelist:edit", args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)

    def unpublish(self):
        self.object.unpublish(user=self.request.user)


def _prices_button(prices: PriceList, button: type) -> Any:
    url = reverse("wagtailsnippets_pricing_pricelist:lines", args=[prices.pk])
    return button(_("Prices"), url=url, icon_name="list-ul", priority=1)


class PriceListViewSet(SnippetViewSet):
    model = PriceList
    icon = "table"
    menu_label = gettext_lazy("Price lists")
    menu_order = 30
    search_fields = ["name", "code"]
    copy_view_enabled = False
    index_view_class = PriceListIndexView
    edit_view_class = PriceListEditView
    unpublish_view_class = PriceListUnpublishView
    edit_handler = ObjectList(
        [
            HelpPanel(HELP),
            FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
            FieldRowPanel([FieldPanel("currency"), FieldPanel("customer_group"), FieldPanel("priority")]),
        ],
        base_form_class=PriceListForm,
    )

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("lines/<int:pk>/", PriceLinesView.as_view(), name="lines"),
            path("lines/<int:pk>/end/<int:line_id>/", EndPriceLine.as_view(), name="end_line"),
        ]
