"""Sign in, sign up, sign out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shop.accounts import outside
from shop.accounts.limits import SIGN_INS_OF_ADDRESS, SIGN_UPS_OF_ADDRESS
from shop.accounts.models import User
from shop.accounts.services.check_credentials import check_credentials
from shop.accounts.services.sign_up import sign_up as open_account
from shop.accounts.storefront.forms import SignInForm, SignUpForm
from shop.accounts.storefront.going_on import go_on, next_of, with_next
from shop.accounts.storefront.pages import page, show, try_form
from shop.accounts.storefront.second_step import go_on_signed_in
from shop.core import limits

NEW_ACCOUNT = "accounts.new_account"


@page()
def sign_in(request):
    """Also for people who are signed in and were sent here because a page wants somebody else."""
    if request.user.is_authenticated and not next_of(request):
        return go_on(request)
    known: list[User] = []

    def check(username: str, password: str) -> None:
        limits.count_address(SIGN_INS_OF_ADDRESS, request)
        known.append(check_credentials(login=username, password=password))

    form = SignInForm(request.POST or None, initial={"username": request.session.pop(NEW_ACCOUNT, "")})
    done = try_form(request, form, check)
    if done is True:
        return go_on_signed_in(request, known[0])
    context = {
        "form": form,
        "next": next_of(request),
        "services": outside.services(),
        "has_sms": bool(settings.SMS_URL),
    }
    return show(request, "login", context, done)


@page()
def sign_up(request):
    """Ends at the sign-in for everybody: going on signed in would tell strangers which addresses are new."""
    if request.user.is_authenticated:
        return go_on(request)

    def enter(**typed: str) -> None:
        limits.count_address(SIGN_UPS_OF_ADDRESS, request)
        open_account(**typed, locale=get_language() or "")

    form = SignUpForm(request.POST or None)
    done = try_form(request, form, enter)
    if done is not True:
        return show(request, "signup", {"form": form, "next": next_of(request)}, done)
    request.session[NEW_ACCOUNT] = form.cleaned_data["email"]
    messages.success(request, _("Almost there: sign in to go on. A letter is on its way to your address."))
    return redirect(with_next("accounts:login", next_of(request)))


@page("POST")
def sign_out(request):
    logout(request)
    return redirect(next_of(request) or "/")


@page("GET", "HEAD")
def staff_sign_in(request):
    """The admins' own sign-in pages know no limits; theirs lead here."""
    return redirect(with_next("accounts:login", next_of(request) or request.path.removesuffix("login/")))
