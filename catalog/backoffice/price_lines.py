"""The prices of a list: found by SKU, added with their dates, ended; never typed over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.log_actions import log

from catalog.pricing.models import PriceLine, PriceList
from catalog.pricing.services.add_price_line import NewLine, add_price_line, time_of
from catalog.pricing.services.end_price_line import end_price_line
from catalog.product.models import Product, Variant
from shop.core.backoffice.asking import Asked
from shop.core.backoffice.labels import GOOD, QUIET, WAITING, label
from shop.core.backoffice.refusals import show_refusal
from shop.core.backoffice.typing_money import AmountField, read_amount
from shop.core.errors import Refusal
from shop.core.money import format_money

ADDRESS = "wagtailsnippets_pricing_pricelist:{}"
PER_PAGE = 50
WHEN = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PriceLineForm(forms.Form):
    sku = forms.CharField(label=gettext_lazy("SKU"), max_length=64)
    amount = AmountField(label=gettext_lazy("Price"))
    compare_at = AmountField(
        label=gettext_lazy("Compare-at price"),
        required=False,
        help_text=gettext_lazy("Optional; shown struck through."),
    )
    min_qty = forms.IntegerField(label=gettext_lazy("From quantity"), min_value=1, max_value=999, initial=1)
    valid_from = forms.DateTimeField(
        label=gettext_lazy("From"), required=False, widget=WHEN, help_text=gettext_lazy("Empty: at once.")
    )
    valid_to = forms.DateTimeField(
        label=gettext_lazy("Until"), required=False, widget=WHEN, help_text=gettext_lazy("Empty: without an end.")
    )
    interrupt = forms.BooleanField(
        label=gettext_lazy("Replaces the price that runs then"), required=False, initial=True,
        help_text=gettext_lazy("That one ends when this one begins, and comes back after it."),
    )  # fmt: skip

    def __init__(self, *args: Any, prices: PriceList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prices = prices
        self.fields["amount"].label = _("Price in %(currency)s") % {"currency": prices.currency}

    def clean_sku(self) -> str:
        self.variant = Variant.objects.filter(sku=self.cleaned_data["sku"].strip(), active=True).first()
        if self.variant is None:
            raise forms.ValidationError(_("No piece that is on sale has this SKU."))
        return self.variant.sku

    def clean(self) -> dict[str, Any]:
        for field in ("amount", "compare_at"):
            self.cleaned_data[f"{field}_minor"] = read_amount(self, field, self.prices.currency)
        return self.cleaned_data

    def save(self, at: datetime) -> PriceLine | None:
        """None when it was refused, with the errors on the form."""
        typed = self.cleaned_data
        line = NewLine(
            variant_id=self.variant.pk, amount=typed["amount_minor"], compare_at=typed["compare_at_minor"],
            min_qty=typed["min_qty"], valid_from=typed["valid_from"], valid_to=typed["valid_to"],
        )  # fmt: skip
        try:
            return add_price_line(price_list_id=self.prices.pk, line=line, at=at, interrupt=typed["interrupt"])
        except Refusal as refusal:
            show_refusal(self, refusal)
            return None


class PriceLinesView(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perms(["pricing.view_pricelist", "pricing.view_priceline"]):
            raise PermissionDenied
        self.prices = get_object_or_404(PriceList, pk=kwargs["pk"])
        self.may_change = request.user.has_perm("pricing.change_priceline") and not is_typed_on_products(self.prices)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._show(PriceLineForm(prices=self.prices, initial={"sku": request.GET.get("sku", "")}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_change:
            raise PermissionDenied
        form = PriceLineForm(request.POST, prices=self.prices)
        line = form.save(timezone.now()) if form.is_valid() else None
        if line is None:
            return self._show(form)
        price = format_money(line.amount, self.prices.currency)
        facts = {"sku": form.variant.sku, "price": price, "time": time_of(line)}
        log(self.prices, "price.add", user=request.user, data=facts)
        messages.success(request, _("%(sku)s costs %(price)s, %(time)s.") % facts)
        return redirect(f"{request.path}?q={form.variant.sku}")

    def _show(self, form: PriceLineForm) -> HttpResponse:
        asked = self.request.GET
        lines = _lines(self.prices, asked.get("q", "").strip(), past=bool(asked.get("past")))
        page = Paginator(lines, PER_PAGE).get_page(asked.get("p"))
        context = {
            "prices": self.prices, "form": form, "q": asked.get("q", ""), "past": bool(asked.get("past")),
            "page_obj": page, "rows": [_row(line, self.prices, self.may_change) for line in page.object_list],
            "may_change": self.may_change, "is_typed_on_products": is_typed_on_products(self.prices),
            "time_zone": timezone.get_current_timezone_name(),
        }  # fmt: skip
        return TemplateResponse(self.request, "catalog/backoffice/price_lines.html", context)


class EndPriceLine(Asked):
    kind, name, icon = "price", "end", "cross"
    permissions = ("pricing.view_pricelist", "pricing.change_priceline")
    title = gettext_lazy("End this price")
    is_serious = True

    def find(self, **kwargs: Any) -> PriceList:
        lines = PriceLine.objects.select_related("price_list", "variant")
        self.line = get_object_or_404(lines, pk=kwargs["line_id"], price_list_id=kwargs["pk"])
        return self.line.price_list

    def is_possible(self) -> bool:
        return not is_typed_on_products(self.line.price_list) and not has_ended(self.line, timezone.now())

    def explain(self) -> str:
        facts = {"sku": self.line.variant.sku, "price": self._price(), "time": time_of(self.line)}
        return _("%(sku)s costs %(price)s %(time)s. It ends now; a price that has not begun is taken back.") % facts

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        end_price_line(line_id=self.line.pk, at=timezone.now())
        facts = {"sku": self.line.variant.sku, "price": self._price()}
        self.log(**facts)
        return _("%(price)s for %(sku)s has ended. Where no other price holds, it is no longer sold.") % facts

    def back(self) -> str:
        return f"{reverse(ADDRESS.format('lines'), args=[self.line.price_list_id])}?q={self.line.variant.sku}"

    def _price(self) -> str:
        return format_money(self.line.amount, self.line.price_list.currency)


def is_typed_on_products(prices: PriceList) -> bool:
    return prices.is_base and prices.currency == settings.DEFAULT_CURRENCY


def has_ended(line: PriceLine, at: datetime) -> bool:
    return line.valid_to is not None and line.valid_to <= at


def _lines(prices: PriceList, text: str, *, past: bool) -> QuerySet[PriceLine]:
    """What holds and what comes, and with `past` what held."""
    source = Product.objects.filter(core=OuterRef("variant__core"), is_source=True)
    lines = prices.lines.filter(state=PriceLine.State.LIVE).annotate(title=Subquery(source.values("title")[:1]))
    if text:
        lines = lines.filter(Q(variant__sku__icontains=text) | Q(title__icontains=text))
    if not past:
        lines = lines.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.now()))
    return lines.select_related("variant").order_by("variant__sku", "min_qty", "valid_from", "pk")


def _row(line: PriceLine, prices: PriceList, may_change: bool) -> dict[str, Any]:
    now = timezone.now()
    ended = has_ended(line, now)
    coming = line.valid_from is not None and line.valid_from > now
    state = label(_("Held"), QUIET) if ended else label(_("Comes"), WAITING) if coming else label(_("Holds"), GOOD)
    return {
        "line": line, "sku": line.variant.sku, "title": line.title, "state": state,
        "price": format_money(line.amount, prices.currency),
        "compare_at": format_money(line.compare_at, prices.currency) if line.compare_at is not None else "",
        "end_url": reverse(ADDRESS.format("end_line"), args=[prices.pk, line.pk]) if may_change and not ended else "",
    }  # fmt: skip
