"""What is asked before stock moves. What the use cases refuse comes back as an error of the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log

from catalog.inventory.models import MAX_PER_ORDER, StockItem
from catalog.inventory.services.adjust import MOST, adjust
from catalog.inventory.services.limit_orders import limit_orders
from catalog.inventory.services.receive import receive
from catalog.inventory.services.set_threshold import set_threshold
from shop.core.errors import Refusal


class StockForm(forms.Form):
    """A form that acts: `save` calls the use case; False when it refused, with the errors on the form."""

    act = ""
    button: Any = ""
    fields_of: dict[str, str] = {}  # field of the use case -> field of the form

    def __init__(self, *args: Any, item: StockItem, **kwargs: Any) -> None:
        super().__init__(*args, prefix=self.act, **kwargs)
        self.item = item

    def save(self, user: Any) -> bool:
        try:
            self.call(user.get_username())
        except Refusal as refusal:
            self._show(refusal)
            return False
        shown = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        log(self.item, f"stock.{self.act}", user=user, data=shown)
        return True

    def call(self, by: str) -> None:
        raise NotImplementedError

    def done(self) -> str:
        raise NotImplementedError

    def _show(self, refusal: Refusal) -> None:
        for field, lines in refusal.errors.items():
            self.add_error(self.fields_of.get(field), [str(line) for line in lines])
        if not refusal.errors:
            self.add_error(None, str(refusal.detail))


class AdjustForm(StockForm):
    act, button = "adjust", gettext_lazy("Correct the stock")
    fields_of = {"quantity": "number", "delta": "number"}
    WAYS = [("count", gettext_lazy("The shelf holds")), ("change", gettext_lazy("Change by (+ or −)"))]

    way = forms.ChoiceField(label=gettext_lazy("How"), choices=WAYS, initial="count", widget=forms.RadioSelect)
    number = forms.IntegerField(label=gettext_lazy("Pieces"), min_value=-MOST, max_value=MOST)
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, help_text=gettext_lazy("Broken, counted, found, given away …")
    )

    def call(self, by: str) -> None:
        number, way = self.cleaned_data["number"], self.cleaned_data["way"]
        amount = {"set_to": number} if way == "count" else {"delta": number}
        self.after = adjust(
            stock_item_id=self.item.pk, reason=self.cleaned_data["reason"], actor=by, at=timezone.now(), **amount
        )

    def done(self) -> str:
        text = _("%(sku)s: %(on_hand)s on the shelf, %(available)s for sale.")
        facts = {"on_hand": self.after.on_hand, "available": self.after.available}
        return text % {"sku": self.item.variant.sku, **facts}


class ReceiveForm(StockForm):
    act, button = "receive", gettext_lazy("Put on the shelf")

    quantity = forms.IntegerField(label=gettext_lazy("Pieces that came in"), min_value=1, max_value=1_000_000)
    reason = forms.CharField(
        label=gettext_lazy("Delivery note"), max_length=200, required=False, help_text=gettext_lazy("Optional.")
    )

    def call(self, by: str) -> None:
        self.after = receive(
            stock_item_id=self.item.pk, quantity=self.cleaned_data["quantity"], reason=self.cleaned_data["reason"],
            actor=by, at=timezone.now(),
        )  # fmt: skip

    def done(self) -> str:
        text = _("%(count)s pieces of %(sku)s came in; %(available)s are for sale now.")
        facts = {"count": self.cleaned_data["quantity"], "available": self.after.available}
        return text % {"sku": self.item.variant.sku, **facts}


class ThresholdForm(StockForm):
    act, button = "threshold", gettext_lazy("Set")

    threshold = forms.IntegerField(
        label=gettext_lazy("Low from"), min_value=0, max_value=1_000_000,
        help_text=gettext_lazy("With so few left for sale it counts as low."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: StockItem, **kwargs: Any) -> None:
        super().__init__(*args, item=item, initial={"threshold": item.low_stock_threshold}, **kwargs)

    def call(self, by: str) -> None:
        set_threshold(stock_item_id=self.item.pk, threshold=self.cleaned_data["threshold"])

    def done(self) -> str:
        return _("%(sku)s counts as low from %(threshold)s pieces.") % {
            "sku": self.item.variant.sku, "threshold": self.cleaned_data["threshold"],
        }  # fmt: skip


class LimitForm(StockForm):
    act, button = "limit", gettext_lazy("Set")

    max_per_order = forms.IntegerField(
        label=gettext_lazy("Most in an order"), min_value=1, max_value=MAX_PER_ORDER, required=False,
        help_text=gettext_lazy("So many of it can be bought at once. Empty: as many as the shop's limit says."),
    )  # fmt: skip

    def __init__(self, *args: Any, item: StockItem, **kwargs: Any) -> None:
        super().__init__(*args, item=item, initial={"max_per_order": item.max_per_order}, **kwargs)

    def call(self, by: str) -> None:
        limit_orders(stock_item_id=self.item.pk, max_per_order=self.cleaned_data["max_per_order"])

    def done(self) -> str:
        facts = {"sku": self.item.variant.sku, "most": self.cleaned_data["max_per_order"]}
        if facts["most"] is None:
            return _("%(sku)s has no limit of its own any more.") % facts
        return _("An order may hold %(most)s of %(sku)s.") % facts


FORMS: tuple[type[StockForm], ...] = (ReceiveForm, AdjustForm, ThresholdForm, LimitForm)
