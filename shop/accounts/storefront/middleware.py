"""What every request of a signed-in browser passes: its use is noted, and staff need their second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from shop.accounts import devices, roles
from shop.accounts.browser_sessions import note_use

ADMINS = ("/admin/", "/django-admin/")
OPEN = ("/admin/login/", "/admin/logout/", "/django-admin/login/", "/django-admin/logout/")


class KnowSession:
    """After AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.REQUIRE_STAFF_SECOND_FACTOR:
            _lower(request)
            if _lacks_proof(request):
                return redirect_to_login(request.get_full_path())
        response = self.get_response(request)
        if request.session.accessed:
            note_use(request.session)
        return response


def _lower(request: HttpRequest) -> None:
    """The session's person, without the power of staff unless the session holds the proof. Looked up when asked for."""
    found = request.user

    def lowered():
        if found.is_authenticated:
            roles.lower_without_proof(found, devices.is_proved(request.session))
        return found

    request.user = SimpleLazyObject(lowered)  # type: ignore[assignment]


def _lacks_proof(request: HttpRequest) -> bool:
    inside = request.path_info.startswith(ADMINS) and not request.path_info.startswith(OPEN)
    user = request.user if inside else None
    return bool(user and user.is_authenticated and user.second_factor_missing and roles.needs_second_factor(user))
