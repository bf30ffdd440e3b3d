"""Steps of one parcel, and of where it goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checkout.backoffice.order_actions import OrderAction
from checkout.backoffice.order_forms import ParcelForm
from checkout.order.models import Fulfillment, Order
from checkout.order.rules import ON_THE_ROAD, is_cash, may_change_address
from checkout.order.services.change_address import change_address
from checkout.order.services.deliver_parcel import deliver_parcel
from shop.accounts.storefront.forms import AddressForm


class CloseParcel(OrderAction):
    """One of several parcels arrived, or was refused."""

    name, permission, icon = "parcel", "order.fulfill_order", "check"
    title = gettext_lazy("Parcel arrived")
    form_class = ParcelForm

    def find(self, **kwargs: Any) -> Order:
        self.parcel = get_object_or_404(Fulfillment, pk=kwargs["parcel_id"], order_id=kwargs["pk"])
        return super().find(**kwargs)

    def is_possible(self) -> bool:
        return self.parcel.status in ON_THE_ROAD

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        refused = typed["outcome"] == "refused"
        deliver_parcel(fulfillment_id=self.parcel.pk, at=timezone.now(), by=by, refused=refused)
        self.log(parcel=self.parcel.number, refused=refused)
        text = _("Parcel %(parcel)s was refused: its pieces are back in stock.") if refused else _(
            "Parcel %(parcel)s is delivered."
        )  # fmt: skip
        return text % {"parcel": str(self.parcel)}

    def explain(self) -> str:
        if is_cash(self.order):
            return _("The cash of the whole order is booked when its last parcel was handed over.")
        return _("The order is complete when all of its parcels were handed over.")


class OrderAddressForm(AddressForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_default"]


class ChangeAddress(OrderAction):
    name, permission, icon = "address", "order.change_address", "site"
    title = gettext_lazy("Change the address")

    def is_possible(self) -> bool:
        return may_change_address(self.order)

    def make_form(self, data: Any = None) -> forms.Form:
        return OrderAddressForm(data, initial=self.order.address)

    def act(self, typed: dict[str, Any], *, by: str) -> str:
        order = change_address(order_id=self.order.pk, address=typed, at=timezone.now(), by=by)
        self.log(to=f"{order.address['city']} {order.address['pincode']}")
        return _("%(number)s goes to the new address. The buyer gets a mail.") % {"number": order.number}

    def explain(self) -> str:
        return _("Where the parcels go. Prices and delivery stay as they were agreed.")
