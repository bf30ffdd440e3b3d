"""Sign-in through other services. The browser goes to `start`; the client fetches its tokens here."""

from __future__ import annotations

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, permissions, serializers
from rest_framework.response import Response

from shop.accounts import outside
from shop.accounts.api import serializers as s
from shop.accounts.api.entering import enter_or_ask
from shop.accounts.api.views import OpenView, PersonalView
from shop.accounts.limits import SIGN_INS_OF_ADDRESS
from shop.accounts.services.confirm_person import must_be_fresh
from shop.accounts.services.hand_over import take_over
from shop.accounts.services.hand_over_identity import take_over_identity
from shop.accounts.services.link_outside import link_outside
from shop.accounts.services.unlink_outside import unlink_outside
from shop.core import limits
from shop.core.api.fields import Instant


class ServiceRow(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    start = serializers.CharField(help_text="Open it in the browser, with `code_challenge` (S256) and `return`.")


class TakeOver(s.Entering):
    code = serializers.CharField(max_length=128)
    code_verifier = serializers.CharField(max_length=128, min_length=43)


class LinkedRow(serializers.Serializer):
    id = serializers.CharField(source="provider")
    name = serializers.SerializerMethodField(help_text="The id where the shop no longer offers it.")
    linked_at = Instant(source="date_joined")

    def get_name(self, row) -> str:
        return {one.id: one.name for one in outside.services()}.get(row.provider, row.provider)


class LinkOutside(serializers.Serializer):
    code = serializers.CharField(max_length=128)
    code_verifier = serializers.CharField(max_length=128, min_length=43)


class Services(OpenView):
    @extend_schema(tags=["sign-in"], summary="Other services that people sign in with", responses=ServiceRow(many=True))
    def get(self, request):
        return Response([
            {"id": one.id, "name": one.name, "start": settings.SITE_URL + reverse("accounts:outside", args=[one.id])}
            for one in outside.services()
        ])  # fmt: skip

    @extend_schema(tags=["sign-in"], summary="Fetch the tokens of a sign-in that was done in the browser",
                   request=TakeOver, responses={200: s.SignedIn})  # fmt: skip
    def post(self, request):
        limits.count_address(SIGN_INS_OF_ADDRESS, request)
        body = self.read(TakeOver)
        user = take_over(code=body["code"], verifier=body["code_verifier"], at=timezone.now())
        return enter_or_ask(request, user, cookie=body["cookie"])


@extend_schema_view(get=extend_schema(summary="Other services that open your account", responses=LinkedRow(many=True)))
@extend_schema(tags=["users"])
class Linked(generics.ListAPIView, PersonalView):
    permission_classes = (permissions.IsAuthenticated,)
    serializer_class = LinkedRow
    queryset = SocialAccount.objects.none()

    def get_queryset(self):
        return SocialAccount.objects.filter(user=self.me).order_by("pk")

    @extend_schema(
        summary="Sign in with that account elsewhere from now on", request=LinkOutside, responses={204: None}
    )
    def post(self, request):
        must_be_fresh(self.session, timezone.now())
        body = self.read(LinkOutside)
        now = timezone.now()
        service, subject = take_over_identity(code=body["code"], verifier=body["code_verifier"], at=now)
        link_outside(user=self.me, service=service, subject=subject, at=now)
        return Response(status=204)


class OneService(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    @extend_schema(tags=["users"], summary="Sign in with that service no more", responses={204: None})
    def delete(self, request, service):
        must_be_fresh(self.session, timezone.now())
        unlink_outside(user=self.me, service=service)
        return Response(status=204)
