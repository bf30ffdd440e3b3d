"""Sign in by a code on the telephone; confirm a number."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from shop.accounts.errors import ChallengeOver
from shop.accounts.limits import CODE_TRIES_OF_ADDRESS, CODES_OF_ADDRESS
from shop.accounts.models import User
from shop.accounts.rules import show_phone
from shop.accounts.services.ask_code import ask_phone_confirmation, ask_sign_in_code
from shop.accounts.services.use_code import confirm_phone, sign_in_by_code
from shop.accounts.storefront.going_on import go_on, next_of, with_next
from shop.accounts.storefront.pages import page, show, try_form
from shop.accounts.storefront.second_step import go_on_signed_in
from shop.accounts.storefront.security import fresh
from shop.accounts.storefront.security_forms import PhoneForm, SentCodeForm
from shop.core import limits

SIGN_IN, OWN = "accounts.code", "accounts.own_phone"  # in the session: the challenge, and the number as typed


@page()
def ask(request):
    if request.user.is_authenticated:
        return go_on(request)
    _needs_sms()

    def send(phone: str) -> None:
        limits.count_address(CODES_OF_ADDRESS, request)
        request.session[SIGN_IN] = [ask_sign_in_code(phone=phone, at=timezone.now()), phone]

    form = PhoneForm(request.POST or None)
    done = try_form(request, form, send)
    if done is True:
        return redirect(with_next("accounts:code_enter", next_of(request)))
    return show(request, "code_ask", {"form": form, "next": next_of(request)}, done)


@page()
def enter_code(request):
    key, phone = request.session.get(SIGN_IN, ["", ""])
    if not key:
        return redirect(with_next("accounts:code_ask", next_of(request)))
    known: list[User] = []

    def use(code: str) -> None:
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        known.append(sign_in_by_code(key=key, code=code, at=timezone.now()))

    form = SentCodeForm(request.POST or None)
    done = try_form(request, form, use)
    if done is True:
        del request.session[SIGN_IN]
        return go_on_signed_in(request, known[0])
    if isinstance(done, ChallengeOver):
        return _begin_again(request, SIGN_IN, with_next("accounts:code_ask", next_of(request)))
    return show(request, "code_enter", {"form": form, "next": next_of(request), "phone": show_phone(phone)}, done)


@page(signed_in=True)
@fresh
def own(request):
    _needs_sms()

    def send(phone: str) -> None:
        limits.count_address(CODES_OF_ADDRESS, request)
        key = ask_phone_confirmation(user=request.user, phone=phone, at=timezone.now())
        request.session[OWN] = [key, phone]

    form = PhoneForm(request.POST or None, initial={"phone": request.user.phone})
    done = try_form(request, form, send)
    if done is True:
        return redirect("accounts:phone_confirm")
    return show(request, "phone", {"form": form, "section": "security"}, done)


@page(signed_in=True)
def confirm(request):
    key, phone = request.session.get(OWN, ["", ""])
    if not key:
        return redirect("accounts:phone")

    def use(code: str) -> None:
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        confirm_phone(user=request.user, key=key, code=code, at=timezone.now())

    form = SentCodeForm(request.POST or None)
    done = try_form(request, form, use)
    if isinstance(done, ChallengeOver):
        return _begin_again(request, OWN, "accounts:phone")
    if done is not True:
        return show(request, "phone_confirm", {"form": form, "phone": show_phone(phone), "section": "security"}, done)
    del request.session[OWN]
    messages.success(request, _("The number is confirmed. A code sent there signs you in."))
    return redirect("accounts:security")


def _needs_sms() -> None:
    if not settings.SMS_URL:
        raise Http404


def _begin_again(request, name: str, where: str):
    request.session.pop(name, None)
    messages.warning(request, _("This code is too old or was tried too often. Ask for a new one."))
    return redirect(where)
