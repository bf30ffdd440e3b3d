"""Passwords and the links that mails carry."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import permissions
from rest_framework.response import Response

from shop.accounts.api import serializers as s
from shop.accounts.api.views import OpenView, PersonalView
from shop.accounts.browser_sessions import stay
from shop.accounts.limits import LINKS_OF_ADDRESS, RESETS_OF_ADDRESS
from shop.accounts.services.ask_password_reset import ask_password_reset
from shop.accounts.services.ask_verification import ask_verification
from shop.accounts.services.change_password import change_password
from shop.accounts.services.reset_password import reset_password
from shop.accounts.services.verify_email import verify_email
from shop.core import limits


@extend_schema(tags=["users"], summary="Change the password; all tokens end, sign in again",
               request=s.ChangePassword, responses={204: None})  # fmt: skip
class Password(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def post(self, request):
        change_password(user=self.me, **self.read(s.ChangePassword))
        if request.auth is None:  # the browser that did it stays signed in
            stay(request._request, self.me)
        return Response(status=204)


@extend_schema(tags=["users"], summary="Forgot the password: a link is sent, if the address is known",
               request=s.AskReset, responses={202: None})  # fmt: skip
class AskReset(OpenView):
    def post(self, request):
        limits.count_address(RESETS_OF_ADDRESS, request)
        ask_password_reset(**self.read(s.AskReset))
        return Response(status=202)


@extend_schema(tags=["users"], summary="Set a new password by the token of the mail", request=s.ConfirmReset,
               responses={204: None})  # fmt: skip
class ConfirmReset(OpenView):
    def post(self, request):
        limits.count_address(LINKS_OF_ADDRESS, request)
        body = self.read(s.ConfirmReset)
        reset_password(key=body["token"], new_password=body["new_password"])
        return Response(status=204)


@extend_schema(tags=["users"], summary="Verify an e-mail address by the token of the mail", request=s.VerifyEmail,
               responses={200: s.Verified})  # fmt: skip
class Verify(OpenView):
    def post(self, request):
        limits.count_address(LINKS_OF_ADDRESS, request)
        body = self.read(s.VerifyEmail)
        user = verify_email(key=body["token"], client=body["client"])
        return Response({"is_verified": user.is_verified})


@extend_schema(tags=["users"], summary="Send the link that confirms your address again", request=s.ForClient,
               responses={202: None})  # fmt: skip
class SendVerification(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def post(self, request):
        ask_verification(user=self.me, client=self.read(s.ForClient)["client"])
        return Response(status=202)
