"""Sign-in and security: devices, second factors, passkeys."""

from __future__ import annotations

import functools
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.accounts import factors, outside, roles, selectors
from shop.accounts.devices import PROVED
from shop.accounts.errors import ConfirmationNeeded
from shop.accounts.rules import show_phone
from shop.accounts.services import add_passkey as passkeys
from shop.accounts.services.begin_totp import begin_totp, seed_of
from shop.accounts.services.confirm_person import confirm_person, must_be_fresh
from shop.accounts.services.confirm_totp import confirm_totp
from shop.accounts.services.end_sign_ins import end_other_sign_ins, end_sign_in
from shop.accounts.services.remove_factor import remove_factor
from shop.accounts.services.renew_recovery_codes import renew_recovery_codes
from shop.accounts.storefront.going_on import go_on, next_of, with_next
from shop.accounts.storefront.link_tokens import make_link_token
from shop.accounts.storefront.pages import page, show, try_form
from shop.accounts.storefront.qr import qr_svg
from shop.accounts.storefront.security_forms import CodeForm, ConfirmForm, PasskeyForm
from shop.core.errors import NotThere, Refusal

SETUP, PASSKEY = "accounts.totp_setup", "accounts.passkey_setup"
HOME = "accounts:security"


def fresh(view):
    """What only the owner may do: the last sign-in or confirmation is at most a quarter of an hour ago."""

    @functools.wraps(view)
    def guarded(request, *args, **kwargs) -> HttpResponse:
        try:
            must_be_fresh(request.session, timezone.now())
        except ConfirmationNeeded:
            return redirect(with_next("accounts:confirm", request.path if request.method == "GET" else reverse(HOME)))
        return view(request, *args, **kwargs)

    return guarded


@page("GET", "HEAD", signed_in=True)
def overview(request):
    kept = factors.factors_of(request.user)
    linked = outside.linked_to(request.user)
    return show(request, "security", {
        "section": "security",
        "has_app": any(each.type == factors.TOTP for each in kept),
        "passkeys": [each for each in kept if each.type == factors.PASSKEY],
        "codes_left": len(factors.codes_left(kept)),
        "is_required": roles.needs_second_factor(request.user),
        "has_sms": bool(settings.SMS_URL),
        "phone": show_phone(request.user.phone),
        "phone_is_confirmed": request.user.phone_verified_at is not None,
        "linked": linked,
        "linkable": [each for each in outside.services() if each.id not in {one.id for one in linked}],
        "link_token": make_link_token(request.user),
    })  # fmt: skip


@page(signed_in=True)
def confirm(request):
    def check(password: str) -> None:
        confirm_person(user=request.user, session=request.session, password=password, at=timezone.now())

    form = ConfirmForm(request.POST or None)
    done = try_form(request, form, check)
    if done is True:
        return go_on(request, HOME)
    context = {"form": form, "next": next_of(request), "section": "security"}
    return show(request, "confirm", context | {"has_password": request.user.has_usable_password()}, done)


# --- devices ----------------------------------------------------------------------------------------------------------
@page("GET", "HEAD", signed_in=True)
def devices(request):
    rows = list(selectors.sign_ins_of(request.user)[:100])
    here = request.session.session_key
    return show(request, "devices", {"rows": rows, "here": here, "section": "security"})


@page("POST", signed_in=True)
def end_device(request, sign_in_id: int):
    try:
        end_sign_in(user=request.user, sign_in_id=sign_in_id)
    except NotThere:
        raise Http404 from None
    messages.success(request, _("Signed out there."))
    return redirect("accounts:devices")


@page("POST", signed_in=True)
def end_other_devices(request):
    end_other_sign_ins(user=request.user, here=request.session)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("accounts:devices")


# --- the authenticator app and the recovery codes ---------------------------------------------------------------------
@page(signed_in=True)
@fresh
def app(request):
    """Shows the same seed until it is confirmed or has expired."""
    codes: list[str] = []
    try:
        begun = _seed(request)
    except Refusal as refusal:
        return _refused(request, refusal)

    def confirm_app(code: str) -> None:
        codes.extend(confirm_totp(user=request.user, key=begun.key, code=code, at=timezone.now()))
        request.session.pop(SETUP, None)
        request.session[PROVED] = True

    form = CodeForm(request.POST or None)
    done = try_form(request, form, confirm_app)
    if done is True:
        return _show_codes(request, codes, _("From now on the sign-in asks for a code of your app."))
    context = {"form": form, "secret": begun.secret, "qr": qr_svg(begun.uri), "section": "security"}
    return show(request, "app_setup", context, done)


def _seed(request):
    try:
        return seed_of(key=request.session.get(SETUP, ""), user=request.user, at=timezone.now())
    except Refusal:
        begun = begin_totp(user=request.user, at=timezone.now())
        request.session[SETUP] = begun.key
        return begun


@page("POST", signed_in=True)
@fresh
def remove_app(request):
    return _remove(request, _("The authenticator app is taken away."), kind=factors.TOTP)


@page("POST", signed_in=True)
@fresh
def new_codes(request):
    try:
        codes = renew_recovery_codes(user=request.user, at=timezone.now())
    except Refusal as refusal:
        return _refused(request, refusal)
    return _show_codes(request, codes, _("The old recovery codes no longer work."))


def _show_codes(request, codes: list[str], said: str) -> HttpResponse:
    if not codes:
        messages.success(request, said)
        return redirect(HOME)
    return show(request, "recovery_codes", {"codes": codes, "said": said, "section": "security", "next": reverse(HOME)})


# --- passkeys ---------------------------------------------------------------------------------------------------------
@page(signed_in=True)
@fresh
def add_passkey(request):
    codes: list[str] = []

    def keep(name: str, credential: dict[str, Any]) -> None:
        key = request.session.pop(PASSKEY, "")
        made = passkeys.add_passkey(user=request.user, key=key, credential=credential, name=name, at=timezone.now())
        codes.extend(made[1])
        request.session[PROVED] = True

    form = PasskeyForm(request.POST or None)
    done = try_form(request, form, keep)
    if done is True:
        return _show_codes(request, codes, _("The passkey is kept. It signs you in without a password."))
    options, request.session[PASSKEY] = passkeys.begin(user=request.user, at=timezone.now())
    return show(request, "passkey_add", {"form": form, "options": options, "section": "security"}, done)


@page("POST", signed_in=True)
@fresh
def remove_passkey(request, factor_id: int):
    return _remove(request, _("The passkey is taken away."), kind=factors.PASSKEY, factor_id=factor_id)


def _remove(request, said: str, **which: Any) -> HttpResponse:
    try:
        remove_factor(user=request.user, at=timezone.now(), **which)
    except NotThere:
        raise Http404 from None
    except Refusal as refusal:
        return _refused(request, refusal)
    messages.success(request, said)
    return redirect(HOME)


def _refused(request, refusal: Refusal) -> HttpResponse:
    messages.error(request, str(refusal.detail))
    return redirect(HOME)
