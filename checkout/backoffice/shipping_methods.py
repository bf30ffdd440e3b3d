from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from checkout.shipping.models import ShippingMethod
from shop.core.backoffice.typing_money import AmountField, read_amount
from shop.core.money import Money, format_money

OTHER_LANGUAGES = [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
NAMES = {f"name_{code}": forms.CharField(label=name, required=False, max_length=80) for code, name in OTHER_LANGUAGES}
NamedForm = type(WagtailAdminModelForm)("NamedForm", (WagtailAdminModelForm,), NAMES)


class ShippingMethodForm(NamedForm):  # type: ignore[misc,valid-type]
    """Amounts are typed as decimals of the chosen currency; names in other languages by language."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    price_typed = AmountField(label=gettext_lazy("Price"))
    free_from_typed = AmountField(
        label=gettext_lazy("Free from"), required=False,
        help_text=gettext_lazy("From this value of the cart on. Empty: never free."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in settings.CURRENCIES]
        method = self.instance
        for code, _name in OTHER_LANGUAGES:
            self.fields[f"name_{code}"].initial = method.names.get(code, "")
        for field in ("price", "free_from"):
            if method.pk and getattr(method, field) is not None:
                self.fields[f"{field}_typed"].initial = str(Money(getattr(method, field), method.currency))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if currency := cleaned.get("currency"):
            self.instance.price = read_amount(self, "price_typed", currency)
            self.instance.free_from = read_amount(self, "free_from_typed", currency)
        if (cleaned.get("min_days") or 0) > (cleaned.get("max_days") or 0):
            self.add_error("max_days", _("Not before the earliest day."))
        names = {code: cleaned.get(f"name_{code}", "").strip() for code, _name in OTHER_LANGUAGES}
        self.instance.names = {code: name for code, name in names.items() if name}
        return cleaned


class MoneyColumn(Column):
    def get_value(self, method):
        amount = getattr(method, self.name)
        return "–" if amount is None else format_money(amount, method.currency)


class DaysColumn(Column):
    def get_value(self, method):
        return _("%(min)s to %(max)s days") % {"min": method.min_days, "max": method.max_days}


class ShippingMethodIndexView(IndexView):
    def order_queryset(self, queryset):
        return queryset.order_by("currency", "position", "pk")

    @cached_property
    def list_display(self):
        return [
            "name",
            Column("currency", label=_("Currency")),
            MoneyColumn("price", label=_("Price"), classname="shop-figure"),
            MoneyColumn("free_from", label=_("Free from"), classname="shop-figure"),
            DaysColumn("days", label=_("Arrives in")),
            BooleanColumn("cod", label=_("Cash on delivery")),
            BooleanColumn("active", label=_("Offered")),
        ]


class ShippingMethodViewSet(SnippetViewSet):
    """Ways to send things. One that is no longer offered is switched off: orders name it."""

    model = ShippingMethod
    icon = "arrow-right-full"
    menu_label = gettext_lazy("Shipping methods")
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = ShippingMethodIndexView
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), *(FieldPanel(f"name_{code}") for code, _name in OTHER_LANGUAGES)]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("position")]),
            FieldRowPanel([FieldPanel("currency"), FieldPanel("price_typed"), FieldPanel("free_from_typed")]),
            FieldRowPanel([FieldPanel("min_days"), FieldPanel("max_days")]),
            MultiFieldPanel([FieldPanel("cod"), FieldPanel("active")], heading=gettext_lazy("Offer")),
        ],
        base_form_class=ShippingMethodForm,
    )
