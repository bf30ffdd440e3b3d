"""The first step: a kept address, another one, or that of the last order."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _

from checkout.cart.selectors import with_cash
from checkout.order.models import Order
from checkout.storefront.checkout import Checkout
from checkout.storefront.forms import CheckoutAddressForm
from checkout.storefront.payment_choices import is_offered
from shop.accounts.models import Address
from shop.accounts.rules import FIELDS
from shop.accounts.selectors import address_of, addresses_of
from shop.accounts.services.save_address import save_address
from shop.core.errors import NotThere, Refusal


def address_form(checkout: Checkout) -> CheckoutAddressForm:
    """Bound to what was typed; a post that only names a kept address types nothing."""
    request, user = checkout.request, checkout.shopper.caller.user
    typed = request.POST if request.method == "POST" and "address_id" not in request.POST else None
    known_email = user.email if user else ""
    return CheckoutAddressForm(typed, initial=_initial(checkout), known_email=known_email, signed_in=user is not None)


def _initial(checkout: Checkout) -> dict[str, Any]:
    user, state = checkout.shopper.caller.user, checkout.state
    if state.address and not state.address_id:
        return state.address | {"email": state.email}
    return {"name": user.name, "phone": user.phone} if user else {"email": state.email}


def chosen_address(checkout: Checkout, form: CheckoutAddressForm) -> dict[str, Any] | None:
    """What to keep of a post: address, its id where it is a kept one, and e-mail. None: ask again."""
    user, wanted = checkout.shopper.caller.user, checkout.request.POST.get("address_id", "")
    if user and user.email and wanted:
        return _kept_address(checkout, wanted)
    if not form.is_valid():
        return None
    email = form.cleaned_data.get("email") or checkout.state.email
    return {"address": form.address, "address_id": _keep_for_next_time(checkout, form), "email": email}


def _kept_address(checkout: Checkout, wanted: str) -> dict[str, Any] | None:
    user = checkout.shopper.caller.user
    try:
        if user is None:  # a guest keeps none
            raise NotThere
        address = address_of(user, int(wanted) if wanted.isdecimal() else 0)
    except NotThere:
        messages.error(checkout.request, _("That address is gone. Choose another one."))
        return None
    return {"address": snapshot(address), "address_id": address.pk, "email": checkout.state.email}


def snapshot(address: Address) -> dict[str, str]:
    return {field: getattr(address, field) for field in FIELDS}


def _keep_for_next_time(checkout: Checkout, form: CheckoutAddressForm) -> int | None:
    user = checkout.shopper.caller.user
    if user is None or not form.cleaned_data.get("save_address"):
        return None
    try:
        return save_address(user=user, fields=form.address).pk
    except Refusal as refusal:  # there are too many: the order goes on all the same
        messages.warning(checkout.request, str(refusal.detail))
        return None


def addresses_shown(checkout: Checkout) -> list[dict[str, Any]]:
    """The kept addresses; chosen is the one of before, else the default, which stands first."""
    user = checkout.shopper.caller.user
    if user is None or not user.email:
        return []
    kept = list(addresses_of(user))
    chosen = checkout.state.address_id if checkout.state.address_id in {a.pk for a in kept} else None
    selected = chosen or (kept[0].pk if kept else None)
    return [{"id": a.pk, "name": a.name, "lines": a.lines[1:], "selected": a.pk == selected} for a in kept]


def last_time(checkout: Checkout) -> Order | None:
    """The buyer's newest order, where this cart could go the same way."""
    user, view = checkout.shopper.caller.user, checkout.shopper.view
    if user is None or not user.email or checkout.state.address:
        return None
    order = Order.objects.filter(user=user).order_by("-placed_at").first()
    if order is None or order.shipping_method not in {offer.code for offer in view.offers}:
        return None
    locale = checkout.shopper.context.locale
    view = with_cash(view, pincode=order.address.get("pincode", ""), locale=locale, chosen=False)
    return order if is_offered(view, order.payment_method, locale) else None


def again_shown(order: Order | None) -> dict[str, str] | None:
    if order is None:
        return None
    where = ", ".join(order.address[part] for part in ("name", "street", "city") if order.address.get(part))
    return {
        "title": _("Same as last time?"),
        "text": f"{where}. {order.shipping_name}.",
        "url": reverse("checkout:again"),
    }
