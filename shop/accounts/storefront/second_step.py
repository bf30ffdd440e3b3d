"""After the first proof of a sign-in: go on, or show the second factor, or set one up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.accounts import factors
from shop.accounts.browser_sessions import enter
from shop.accounts.errors import ChallengeOver, FactorThere
from shop.accounts.limits import CODE_TRIES_OF_ADDRESS, SIGN_INS_OF_ADDRESS
from shop.accounts.models import User
from shop.accounts.services import set_up_at_sign_in, sign_in_by_passkey
from shop.accounts.services.answer_second_factor import answer_second_factor, begin_passkey, who_is_asked
from shop.accounts.services.ask_second_factor import ask_second_factor
from shop.accounts.services.begin_totp import seed_of
from shop.accounts.storefront.going_on import go_on, next_of, with_next
from shop.accounts.storefront.pages import page, show, try_form
from shop.accounts.storefront.qr import qr_svg
from shop.accounts.storefront.security_forms import AnswerForm, CodeForm, PasskeySignInForm
from shop.core import limits

STEP, SETUP, PASSKEY = "accounts.second_step", "accounts.setup", "accounts.passkey_sign_in"


def go_on_signed_in(request: HttpRequest, user: User, wanted: str | None = None) -> HttpResponse:
    """The end of every first proof at this door. `wanted`: where to go on, the request's own `next` unless given."""
    wanted = next_of(request) if wanted is None else wanted
    asked = ask_second_factor(user=user, at=timezone.now())
    if asked is None:
        enter(request, user)
        return redirect(wanted or reverse("accounts:account"))
    request.session[STEP] = asked.key
    return redirect(with_next("accounts:second_factor" if asked.methods else "accounts:set_up", wanted))


@page()
def show_factor(request):
    key = request.session.get(STEP, "")
    try:
        methods = {factor.type for factor in factors.factors_of(who_is_asked(key=key, at=timezone.now()))}
        options = begin_passkey(key=key, at=timezone.now()) if _wants_passkey(request, methods) else None
    except ChallengeOver:
        return begin_again(request)

    def answer(code: str, credential: dict[str, Any] | None) -> None:
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        user = answer_second_factor(key=key, at=timezone.now(), code=code, credential=credential)
        _enter(request, user)

    form = AnswerForm(request.POST or None, has_app=factors.TOTP in methods)
    done = try_form(request, form, answer)
    if done is True:
        return go_on(request)
    context = {"form": form, "next": next_of(request), "options": options, "has_codes": factors.TOTP in methods}
    return show(request, "second_factor", context, done)


def _wants_passkey(request, methods: set[str]) -> bool:
    return request.method != "POST" and factors.PASSKEY in methods


@page()
def set_up(request):
    """Once per sign-in a seed is made; the page shows the same one until it is confirmed."""
    key = request.session.get(STEP, "")
    try:
        begun = _seed(request, key)
    except (ChallengeOver, FactorThere):
        return begin_again(request)
    codes: list[str] = []

    def confirm(code: str) -> None:
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        user, made = set_up_at_sign_in.confirm(key=key, setup=begun.key, code=code, at=timezone.now())
        codes.extend(made)
        _enter(request, user)

    form = CodeForm(request.POST or None)
    done = try_form(request, form, confirm)
    if done is True:
        return show(request, "recovery_codes", {"codes": codes, "next": next_of(request), "section": "security"})
    context = {"form": form, "next": next_of(request), "secret": begun.secret, "qr": qr_svg(begun.uri)}
    return show(request, "second_factor_setup", context, done)


def _seed(request, key: str):
    user, setup = who_is_asked(key=key, at=timezone.now()), request.session.get(SETUP, "")
    try:
        return seed_of(key=setup, user=user, at=timezone.now())
    except ChallengeOver:
        begun = set_up_at_sign_in.begin(key=key, at=timezone.now())
        request.session[SETUP] = begun.key
        return begun


def _enter(request, user: User) -> None:
    for name in (STEP, SETUP, PASSKEY):
        request.session.pop(name, None)
    enter(request, user, proved=True)


def begin_again(request) -> HttpResponse:
    messages.warning(request, _("This took too long or was tried too often. Sign in again."))
    return redirect(with_next("accounts:login", next_of(request)))


@page("POST")
def passkey_options(request):
    """For the button of the sign-in page: asked when it is pressed, so that looking at the page writes nothing."""
    limits.count_address(SIGN_INS_OF_ADDRESS, request)
    options, request.session[PASSKEY] = sign_in_by_passkey.begin(at=timezone.now())
    return JsonResponse(options)


@page("POST")
def passkey_sign_in(request):
    def answer(credential: dict[str, Any]) -> None:
        limits.count_address(SIGN_INS_OF_ADDRESS, request)
        key = request.session.get(PASSKEY, "")
        user = sign_in_by_passkey.sign_in_by_passkey(key=key, credential=credential, at=timezone.now())
        _enter(request, user)

    if try_form(request, PasskeySignInForm(request.POST), answer) is True:
        return go_on(request)
    messages.error(request, _("This passkey opens no account here. Sign in with your password."))
    return redirect(with_next("accounts:login", next_of(request)))
