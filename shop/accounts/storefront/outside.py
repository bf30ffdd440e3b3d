"""Sign in with another service: away to it, and back. The dance is allauth's; what its answer opens is decided here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from requests import RequestException

from shop.accounts import outside
from shop.accounts.errors import OutsideAccountRefused
from shop.accounts.limits import SIGN_INS_OF_ADDRESS
from shop.accounts.models import User
from shop.accounts.services.hand_over import CODE_CHALLENGE, hand_over
from shop.accounts.services.hand_over_identity import hand_over_identity
from shop.accounts.services.link_outside import link_outside
from shop.accounts.services.sign_in_from_outside import sign_in_from_outside
from shop.accounts.services.unlink_outside import unlink_outside
from shop.accounts.storefront.going_on import next_of, stays_here, with_next
from shop.accounts.storefront.link_tokens import check_link_token
from shop.accounts.storefront.pages import page
from shop.accounts.storefront.second_step import go_on_signed_in
from shop.accounts.storefront.security import fresh
from shop.core import limits
from shop.core.errors import NotThere, Refusal


@page()
def start(request, service: str):
    """`?next=` for the site's own session. A program names `return`, its address to come back to, and `code_challenge`:
    it gets a code there, and fetches its tokens with it (POST /api/self/outside/). With `link=1` the code signs in to
    nothing: it links that account to one's own (POST /api/self/outside/linked/)."""
    provider = _provider(request, service)
    data: dict[str, Any] = {"next": next_of(request)}
    if "code_challenge" in request.GET:
        data = {"return": _return_of(request), "code_challenge": _challenge_of(request)}
        data |= {"link": True} if request.GET.get("link") == "1" else {}
    return _away(request, provider, data)


@page("GET", "HEAD", signed_in=True)
@fresh
def link(request, service: str, token: str):
    """Begun on the account's own page alone (link_tokens)."""
    provider = _provider(request, service)
    check_link_token(token, request.user)
    return _away(request, provider, {"link": request.user.pk})


def _away(request: HttpRequest, provider: Any, data: dict[str, Any]) -> HttpResponse:
    try:
        limits.count_address(SIGN_INS_OF_ADDRESS, request)
        return provider.redirect(request, process="login", data=data)
    except limits.TooMany as refusal:
        return _back(request, data, refusal)
    except (OAuth2Error, RequestException):
        return _back(request, data, Refusal(_("The service does not answer. Sign in another way."), code="unavailable"))


@page("GET", "HEAD")
def answer(request, service: str):
    _provider(request, service)
    view = OAuth2CallbackView.adapter_view(outside.VerifyingAdapter(request, service))
    return view(request)


@page("POST", signed_in=True)
@fresh
def unlink(request, service: str):
    try:
        unlink_outside(user=request.user, service=service)
    except NotThere:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, str(refusal.detail))
    else:
        messages.success(request, _("You no longer sign in with it."))
    return redirect("accounts:security")


class Adapter(DefaultSocialAccountAdapter):
    """Allauth asks it when the other service has answered, and when it has not."""

    def pre_social_login(self, request, sociallogin) -> None:
        raise ImmediateHttpResponse(_opened(request, sociallogin.identity, _data_of(sociallogin.state)))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None) -> None:
        refusal = Refusal(
            _("That sign-in did not come about. Try again, or sign in another way."), code="outside_failed"
        )
        raise ImmediateHttpResponse(_back(request, _data_of((extra_context or {}).get("state")), refusal))


def _opened(request: HttpRequest, identity: outside.Identity, data: dict[str, Any]) -> HttpResponse:
    now = timezone.now()
    if "link" in data:
        return _shown_to_link(request, identity, data)
    try:
        user = sign_in_from_outside(identity=identity, at=now, locale=get_language() or "")
    except Refusal as refusal:
        return _back(request, data, refusal)
    if "return" in data:
        code = hand_over(user=user, code_challenge=data["code_challenge"], at=now)
        return _to(data["return"], code=code)
    return go_on_signed_in(request, user, wanted=data.get("next", ""))


def _shown_to_link(request: HttpRequest, identity: outside.Identity, data: dict[str, Any]) -> HttpResponse:
    now = timezone.now()
    if "return" in data:
        code = hand_over_identity(identity=identity, code_challenge=data["code_challenge"], at=now)
        return _to(data["return"], code=code)
    try:
        if (
            not isinstance(request.user, User) or request.user.pk != data["link"]
        ):  # signed out meanwhile, or another one
            raise OutsideAccountRefused
        link_outside(user=request.user, service=identity.service, subject=identity.subject, at=now)
    except Refusal as refusal:
        return _back(request, data, refusal)
    messages.success(request, _("From now on you can sign in with it."))
    return redirect("accounts:security")


def _back(request: HttpRequest, data: dict[str, Any], refusal: Refusal) -> HttpResponse:
    if "return" in data:
        return _to(data["return"], error=refusal.code)
    messages.error(request, str(refusal.detail))
    if "link" in data:
        return redirect("accounts:security")
    return redirect(with_next("accounts:login", data.get("next", "")))


class ToClient(HttpResponseRedirect):
    """Apps have addresses of their own kind, such as `in.osari.app:/signed-in`; all of them stand in the settings."""

    allowed_schemes = HttpResponseRedirect.allowed_schemes

    def __init__(self, address: str) -> None:
        self.allowed_schemes = [address.partition(":")[0], "http", "https"]
        super().__init__(address)


def _to(address: str, **facts: str) -> HttpResponse:
    return ToClient(f"{address}{'&' if '?' in address else '?'}{urlencode(facts)}")


def _data_of(state: Any) -> dict[str, Any]:
    return (state or {}).get("data") or {}


def _return_of(request: HttpRequest) -> str:
    """An address of this shop, or one of OIDC_RETURN_ADDRESSES; nothing else gets a code. Raises Http404."""
    wanted = request.GET.get("return", "")
    if wanted in settings.OIDC_RETURN_ADDRESSES or (wanted and stays_here(request, wanted)):
        return wanted
    raise Http404


def _challenge_of(request: HttpRequest) -> str:
    challenge = request.GET["code_challenge"]
    if not CODE_CHALLENGE.fullmatch(challenge):
        raise Http404
    return challenge


def _provider(request: HttpRequest, service: str) -> Any:
    if service not in {one.id for one in outside.services()}:
        raise Http404
    try:
        return get_adapter(request).get_provider(request, service)
    except SocialApp.DoesNotExist:
        raise Http404 from None
