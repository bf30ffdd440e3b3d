"""Overview, profile and addresses of somebody who is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shop.accounts import selectors
from shop.accounts.models import Address, User
from shop.accounts.services.change_profile import change_profile
from shop.accounts.services.delete_address import delete_address
from shop.accounts.services.save_address import save_address
from shop.accounts.services.set_default_address import set_default_address
from shop.accounts.storefront.forms import AddressForm, ProfileForm, facts_of
from shop.accounts.storefront.going_on import go_on
from shop.accounts.storefront.overview import parts_of
from shop.accounts.storefront.pages import page, show, try_form
from shop.core.errors import NotThere


@page("GET", "HEAD", signed_in=True)
def overview(request):
    default = selectors.default_address(request.user)
    context = {"customer": _greeted(request.user), "default_address": default, "section": "account"}
    return show(request, "account", context | parts_of(request))


def _greeted(user: User) -> dict:
    first_name = (user.name.split() or [""])[0]
    return {"first_name": first_name, "email": user.email, "is_verified": user.is_verified}


@page(signed_in=True)
def profile(request):
    user = request.user
    initial = {field: getattr(user, field) for field in ("name", "phone", "locale")}
    form = ProfileForm(request.POST or None, initial=initial)
    done = try_form(request, form, lambda **typed: change_profile(user=user, changes=typed))
    if done is not True:
        context = {"form": form, "section": "profile", "pending_email": selectors.pending_email(user)}
        return show(request, "profile", context | {"email": user.email}, done)
    messages.success(request, _("Saved."))
    return redirect("accounts:profile")


@page("GET", "HEAD", signed_in=True)
def addresses(request):
    return show(request, "addresses", {"addresses": selectors.addresses_of(request.user), "section": "addresses"})


@page(signed_in=True)
def add_address(request):
    return _address_form(request, None)


@page(signed_in=True)
def edit_address(request, address_id: int):
    return _address_form(request, _mine(request, address_id))


@page("POST", signed_in=True)
def remove_address(request, address_id: int):
    _mine(request, address_id)
    delete_address(user=request.user, address_id=address_id)
    messages.success(request, _("The address is gone."))
    return go_on(request, "accounts:addresses")


@page("POST", signed_in=True)
def make_default(request, address_id: int):
    _mine(request, address_id)
    set_default_address(user=request.user, address_id=address_id)
    return go_on(request, "accounts:addresses")


def _mine(request, address_id: int) -> Address:
    try:
        return selectors.address_of(request.user, address_id)
    except NotThere:
        raise Http404 from None


def _address_form(request, address: Address | None):
    initial = facts_of(address) if address else {"name": request.user.name, "phone": request.user.phone}
    form = AddressForm(request.POST or None, initial=initial)

    def keep(is_default: bool, **typed: str) -> None:
        pk = address.pk if address else None
        save_address(user=request.user, fields=typed, address_id=pk, make_default=is_default)

    done = try_form(request, form, keep)
    if done is not True:
        return show(request, "address_form", {"form": form, "address": address, "section": "addresses"}, done)
    messages.success(request, _("The address is kept."))
    return go_on(request, "accounts:addresses")
