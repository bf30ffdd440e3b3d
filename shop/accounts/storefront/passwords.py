"""Forgotten and changed passwords, and the link that confirms an address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shop.accounts.browser_sessions import stay
from shop.accounts.errors import LinkInvalid
from shop.accounts.limits import LINKS_OF_ADDRESS, RESETS_OF_ADDRESS
from shop.accounts.services.ask_password_reset import ask_password_reset
from shop.accounts.services.ask_verification import ask_verification
from shop.accounts.services.change_password import change_password
from shop.accounts.services.reset_password import owner_of_reset_key, reset_password
from shop.accounts.services.verify_email import email_of_key, verify_email
from shop.accounts.storefront.forms import AskResetForm, ChangePasswordForm, NewPasswordForm
from shop.accounts.storefront.pages import page, show, try_form
from shop.core import limits
from shop.core.errors import Refusal

RESET_KEY = "accounts.reset_key"


@page()
def ask_reset(request):
    def ask(email: str) -> None:
        limits.count_address(RESETS_OF_ADDRESS, request)
        ask_password_reset(email=email)

    form = AskResetForm(request.POST or None)
    done = try_form(request, form, ask)
    return (
        redirect("accounts:password_reset_done")
        if done is True
        else show(request, "password_reset", {"form": form}, done)
    )


@page("GET", "HEAD")
def reset_asked(request):
    return show(request, "password_reset_done", {})


@page("GET", "HEAD")
def open_reset_link(request, key: str):
    """Take the secret out of the address at once, so that it goes to no log and no referrer of the page itself."""
    request.session[RESET_KEY] = key
    return redirect("accounts:password_reset_choose")


@page()
def choose_password(request):
    key = request.session.get(RESET_KEY, "")

    def choose(new_password: str) -> None:
        limits.count_address(LINKS_OF_ADDRESS, request)
        reset_password(key=key, new_password=new_password)

    form = NewPasswordForm(request.POST or None)
    done = try_form(request, form, choose)
    if done is not True:
        return show(request, "password_reset_confirm", {"form": form, "link_is_valid": _is_good(key)}, done)
    del request.session[RESET_KEY]
    messages.success(request, _("Your new password is set. Sign in with it."))
    return redirect("accounts:login")


def _is_good(key: str) -> bool:
    try:
        return bool(owner_of_reset_key(key))
    except LinkInvalid:
        return False


@page(signed_in=True)
def change(request):
    form = ChangePasswordForm(request.POST or None)
    done = try_form(request, form, lambda **typed: change_password(user=request.user, **typed))
    if done is not True:
        return show(request, "password_change", {"form": form, "section": "profile"}, done)
    stay(request, request.user)  # this browser stays signed in, all others do not
    messages.success(request, _("Your password is changed."))
    return redirect("accounts:profile")


@page()
def verify(request, token: str):
    """A mail scanner opens links; only the button confirms."""
    context: dict[str, Any] = {"verified": False, "link_is_valid": False, "email": ""}
    refusal: Refusal | bool = False
    try:
        if request.method == "POST":
            limits.count_address(LINKS_OF_ADDRESS, request)
            verify_email(key=token)
            context["verified"] = True
        else:
            context |= {"email": email_of_key(token).email, "link_is_valid": True}
    except (LinkInvalid, limits.TooMany) as problem:
        refusal = problem
    response = show(request, "verify_email", context, refusal)
    response["Referrer-Policy"] = "no-referrer"
    return response


@page("POST", signed_in=True)
def send_verification(request):
    ask_verification(user=request.user)
    messages.success(request, _("The link is on its way."))
    return redirect("accounts:account")
