from __future__ import annotations

import re
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

from catalog.product.models import CategoryPage
from checkout.shipping.models import CashRule
from shop.core.backoffice.typing_money import AmountField, read_amount
from shop.core.money import Money, format_money

AMOUNTS = ("fee", "least", "greatest", "confirm_from")
SEPARATORS = re.compile(r"[\s,;]+")
PIN_BEGINNING = re.compile(r"[1-9][0-9]{0,5}")
EMPTY_FOR_NONE = gettext_lazy("Of goods and delivery. Empty: no limit.")


class CashRuleForm(WagtailAdminModelForm):
    """Amounts are typed as decimals of the chosen currency, PIN codes as their beginnings."""

    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    fee_typed = AmountField(
        label=gettext_lazy("Fee"), required=False,
        help_text=gettext_lazy("Added to the price of the delivery when a buyer pays in cash."),
    )  # fmt: skip
    least_typed = AmountField(label=gettext_lazy("From"), required=False, help_text=EMPTY_FOR_NONE)
    greatest_typed = AmountField(label=gettext_lazy("Up to"), required=False, help_text=EMPTY_FOR_NONE)

    confirm_from_typed = AmountField(
        label=gettext_lazy("Confirmed by a code from"), required=False,
        help_text=gettext_lazy("From this amount the buyer types a code that we send. Empty: never; 0: always."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule = self.instance
        self.fields["currency"].choices = [(code, code) for code in settings.CURRENCIES]
        categories = CategoryPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by("path")
        self.fields["excluded_categories"].queryset = categories
        for field in AMOUNTS if rule.pk else ():
            amount = getattr(rule, field)
            self.fields[f"{field}_typed"].initial = (
                str(Money(amount, rule.currency)) if amount or (amount == 0 and field == "confirm_from") else ""
            )

    def clean_served(self) -> str:
        return self._beginnings("served")

    def clean_refused(self) -> str:
        return self._beginnings("refused")

    def _beginnings(self, field: str) -> str:
        words = list(filter(None, SEPARATORS.split(self.cleaned_data[field])))
        if wrong := [word for word in words if not PIN_BEGINNING.fullmatch(word)]:
            text = _("%(word)s does not begin a PIN code: up to six digits, the first not 0.")
            raise forms.ValidationError(text % {"word": wrong[0]})
        return " ".join(dict.fromkeys(words))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if currency := cleaned.get("currency"):
            rule = self.instance
            rule.fee = read_amount(self, "fee_typed", currency) or 0
            rule.least = read_amount(self, "least_typed", currency) or 0
            rule.greatest = read_amount(self, "greatest_typed", currency)
            rule.confirm_from = read_amount(self, "confirm_from_typed", currency)
            if rule.greatest is not None and rule.greatest < rule.least:
                self.add_error("greatest_typed", _("Not below the least amount."))
        return cleaned


class MoneyColumn(Column):
    def get_value(self, rule):
        amount = getattr(rule, self.name)
        return format_money(amount, rule.currency) if amount else "–"


class CashRuleIndexView(IndexView):
    def order_queryset(self, queryset):
        return queryset.order_by("currency")

    @cached_property
    def list_display(self):
        return [
            "currency",
            BooleanColumn("active", label=_("Offered")),
            MoneyColumn("fee", label=_("Fee"), classname="shop-figure"),
            MoneyColumn("least", label=_("From"), classname="shop-figure"),
            MoneyColumn("greatest", label=_("Up to"), classname="shop-figure"),
        ]


class CashRuleViewSet(SnippetViewSet):
    """Cash on delivery, a rule for each currency. One that is no longer wanted is switched off."""

    model = CashRule
    icon = "tag"
    menu_label = gettext_lazy("Cash on delivery")
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = CashRuleIndexView
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("currency"), FieldPanel("active")]),
            FieldRowPanel([FieldPanel("fee_typed"), FieldPanel("least_typed"), FieldPanel("greatest_typed")]),
            FieldPanel("confirm_from_typed"),
            MultiFieldPanel(
                [
                    FieldPanel("served", help_text=gettext_lazy("Beginnings such as 56 or 560034. Empty: everywhere.")),
                    FieldPanel("refused", help_text=gettext_lazy("Beginnings that count more than those above.")),
                ],
                heading=gettext_lazy("Where"),
            ),
            FieldPanel(
                "excluded_categories", widget=forms.CheckboxSelectMultiple,
                help_text=gettext_lazy("A cart with something of these, or of what lies below, is paid ahead."),
            ),
        ],
        base_form_class=CashRuleForm,
    )  # fmt: skip
