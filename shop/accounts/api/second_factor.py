"""After the first proof: the second one, or setting one up where the shop asks for it. And passkeys, which are both."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from shop.accounts.api import factor_serializers as f
from shop.accounts.api import serializers as s
from shop.accounts.api.entering import enter
from shop.accounts.api.views import OpenView
from shop.accounts.limits import CODE_TRIES_OF_ADDRESS, SIGN_INS_OF_ADDRESS
from shop.accounts.services import set_up_at_sign_in, sign_in_by_passkey
from shop.accounts.services.answer_second_factor import answer_second_factor, begin_passkey
from shop.core import limits


class Answer(OpenView):
    @extend_schema(tags=["sign-in"], summary="Show the second factor: a code or a passkey",
                   request=f.AnswerSecondFactor, responses={200: s.SignedIn})  # fmt: skip
    def post(self, request):
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        body = dict(self.read(f.AnswerSecondFactor))
        cookie = body.pop("cookie")
        user = answer_second_factor(key=body.pop("challenge"), at=timezone.now(), **body)
        return enter(request, user, cookie=cookie, proved=True)


class Options(OpenView):
    @extend_schema(tags=["sign-in"], summary="Have the second factor shown by a passkey: what the browser is given",
                   request=f.ChallengeKey, responses={200: f.PasskeyOptions})  # fmt: skip
    def post(self, request):
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        key = self.read(f.ChallengeKey)["challenge"]
        return Response({"challenge": key, "options": begin_passkey(key=key, at=timezone.now())})


class SetUp(OpenView):
    @extend_schema(tags=["sign-in"], summary="Staff without a second factor: begin to set one up",
                   request=f.ChallengeKey, responses={201: f.Setup})  # fmt: skip
    def post(self, request):
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        begun = set_up_at_sign_in.begin(key=self.read(f.ChallengeKey)["challenge"], at=timezone.now())
        return Response({"setup": begun.key, "secret": begun.secret, "uri": begun.uri}, status=201)


class ConfirmSetUp(OpenView):
    @extend_schema(tags=["sign-in"], summary="Confirm it by a code, and sign in",
                   request=f.ConfirmSetup, responses={200: f.SignedInWithCodes})  # fmt: skip
    def post(self, request):
        limits.count_address(CODE_TRIES_OF_ADDRESS, request)
        body = self.read(f.ConfirmSetup)
        user, codes = set_up_at_sign_in.confirm(
            key=body["challenge"], setup=body["setup"], code=body["code"], at=timezone.now()
        )
        return enter(request, user, cookie=body["cookie"], proved=True, recovery_codes=codes)


class PasskeyBegin(OpenView):
    @extend_schema(tags=["sign-in"], summary="Sign in by a passkey: what the browser is given",
                   request=None, responses={200: f.PasskeyOptions})  # fmt: skip
    def post(self, request):
        limits.count_address(SIGN_INS_OF_ADDRESS, request)
        options, key = sign_in_by_passkey.begin(at=timezone.now())
        return Response({"challenge": key, "options": options})


class PasskeySignIn(OpenView):
    @extend_schema(tags=["sign-in"], summary="Sign in by a passkey", request=f.PasskeySignIn,
                   responses={200: s.SignedIn})  # fmt: skip
    def post(self, request):
        limits.count_address(SIGN_INS_OF_ADDRESS, request)
        body = self.read(f.PasskeySignIn)
        user = sign_in_by_passkey.sign_in_by_passkey(
            key=body["challenge"], credential=body["credential"], at=timezone.now()
        )
        return enter(request, user, cookie=body["cookie"], proved=True)
