"""Codes by SMS: sign in with one, confirm a number with one."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.response import Response

from shop.accounts import challenges
from shop.accounts.api import serializers as s
from shop.accounts.api.entering import enter_or_ask
from shop.accounts.api.factor_serializers import ChallengeKey
from shop.accounts.api.views import OpenView, PersonalView
from shop.accounts.limits import CODE_TRIES_OF_ADDRESS, CODES_OF_ADDRESS
from shop.accounts.services.ask_code import ask_phone_confirmation, ask_sign_in_code
from shop.accounts.services.confirm_person import must_be_fresh
from shop.accounts.services.use_code import confirm_phone, sign_in_by_code
from shop.core import limits


class Phone(serializers.Serializer):
    phone = serializers.CharField(max_length=32, help_text="National (Indian) or E.164 form.")


class CodeSent(ChallengeKey):
    expires_in = serializers.IntegerField(help_text="Seconds.")


class SentCode(ChallengeKey):
    code = serializers.CharField(max_length=16)


class SignInByCode(SentCode, s.Entering):
    pass


def sent(key: str) -> Response:
    return Response({"challenge": key, "expires_in": int(challenges.LIFE.total_seconds())}, status=202)


class AskCode(OpenView):
    @extend_schema(tags=["sign-in"], summary="Send a code to a telephone, if somebody signs in with that number",
                   request=Phone, responses={202: CodeSent})  # fmt: skip
    def post(self, request):
        limits.count_address(CODES_OF_ADDRESS, request)
        return sent(ask_sign_in_code(phone=self.read(Phone)["phone"], at=timezone.now()))


class UseCode(OpenView):
    @extend_schema(tags=["sign-in"], summary="Sign in by the code of the message", request=SignInByCode,
                   responses={200: s.SignedIn})  # fmt: skip
    def post(self, request):
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        body = self.read(SignInByCode)
        user = sign_in_by_code(key=body["challenge"], code=body["code"], at=timezone.now())
        return enter_or_ask(request, user, cookie=body["cookie"])


class OwnPhone(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    @extend_schema(tags=["users"], summary="Send a code to a number, to confirm that it is yours", request=Phone,
                   responses={202: CodeSent})  # fmt: skip
    def post(self, request):
        must_be_fresh(self.session, timezone.now())  # a confirmed number is a way to sign in
        limits.count_address(CODES_OF_ADDRESS, request)
        return sent(ask_phone_confirmation(user=self.me, phone=self.read(Phone)["phone"], at=timezone.now()))


class ConfirmPhone(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    @extend_schema(tags=["users"], summary="Confirm the number by the code of the message", request=SentCode,
                   responses={200: s.OwnProfile})  # fmt: skip
    def post(self, request):
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        body = self.read(SentCode)
        user = confirm_phone(user=self.me, key=body["challenge"], code=body["code"], at=timezone.now())
        return Response(s.OwnProfile(user).data)
