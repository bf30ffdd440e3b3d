from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from catalog.pricing.models import TaxRate
from catalog.pricing.services.add_tax_rate import add_tax_rate
from shop.core.backoffice.refusals import RefusalsOnForm

HELP = gettext_lazy(
    "A rate holds from its date until the next one of the same tax class. Old rates stay: orders were taxed with them."
)


class TaxRateForm(WagtailAdminModelForm):
    percent = forms.DecimalField(
        label=gettext_lazy("Percent"), min_value=0, max_value=100, max_digits=5, decimal_places=2
    )

    def save(self, commit: bool = True) -> TaxRate:
        typed = self.cleaned_data
        return add_tax_rate(
            tax_class_id=typed["tax_class"].pk, basis_points=int(typed["percent"] * 100),
            valid_from=typed["valid_from"], at=timezone.now(),
        )  # fmt: skip

    def _post_clean(self) -> None:
        """The use case checks; the model would miss the rate in basis points."""


class TaxRateCreateView(RefusalsOnForm, CreateView):
    def get_success_url(self) -> str:
        return self.index_url_name and super().get_success_url()

    def get_success_buttons(self) -> list[Any]:
        return []


class PercentColumn(Column):
    def get_value(self, rate):
        return f"{Decimal(rate.basis_points) / 100:f} %"


class TaxRateIndexView(IndexView):
    def order_queryset(self, queryset):
        return queryset.select_related("tax_class").order_by("tax_class__name", "-valid_from")

    @cached_property
    def columns(self):
        return [
            Column("tax_class", label=_("Tax class")),
            PercentColumn("basis_points", label=_("Rate"), classname="shop-figure"),
            DateColumn("valid_from", label=_("From")),
        ]


class TaxRateViewSet(SnippetViewSet):
    """Dated rows: a new one is added, an old one stays."""

    model = TaxRate
    icon = "table"
    menu_label = gettext_lazy("Tax rates")
    menu_order = 70
    list_filter = ["tax_class"]
    copy_view_enabled = False
    index_view_class = TaxRateIndexView
    add_view_class = TaxRateCreateView
    edit_handler = ObjectList(
        [HelpPanel(HELP), FieldPanel("tax_class"), FieldPanel("percent"), FieldPanel("valid_from")],
        base_form_class=TaxRateForm,
    )
