"""Another e-mail address, and the way back from one that was not wanted."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.response import Response

from shop.accounts.api import serializers as s
from shop.accounts.api.views import OpenView, PersonalView
from shop.accounts.limits import LINKS_OF_ADDRESS
from shop.accounts.services.change_email import change_email
from shop.accounts.services.make_reset_key import make_reset_key
from shop.accounts.services.undo_email_change import undo_email_change
from shop.core import limits
from shop.core.api.fields import Password


class ChangeEmail(s.ForClient):
    email = serializers.EmailField(max_length=254)
    password = Password(max_length=1024, required=False, default="")


class Undone(serializers.Serializer):
    email = serializers.EmailField()
    reset_token = serializers.CharField(help_text="For `/api/self/password/reset/confirm/`: the old password ended.")


class Email(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    @extend_schema(tags=["users"], summary="Move to another e-mail address: a link is sent there", request=ChangeEmail,
                   responses={202: s.OwnProfile})  # fmt: skip
    def post(self, request):
        change_email(user=self.me, session=self.session, at=timezone.now(), **self.read(ChangeEmail))
        return Response(s.OwnProfile(self.me).data, status=202)


class Undo(OpenView):
    @extend_schema(tags=["users"], summary="Take the account back by the token that the old address got",
                   request=s.LinkToken, responses={200: Undone})  # fmt: skip
    def post(self, request):
        limits.count_address(LINKS_OF_ADDRESS, request)
        user = undo_email_change(key=self.read(s.LinkToken)["token"], at=timezone.now())
        return Response({"email": user.email, "reset_token": make_reset_key(user=user)})
