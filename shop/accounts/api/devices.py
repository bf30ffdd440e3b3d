"""/api/self/sessions/: where one is signed in."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import generics, permissions
from rest_framework.response import Response

from shop.accounts import selectors
from shop.accounts.api import serializers as s
from shop.accounts.api.views import PersonalView
from shop.accounts.models import SignIn
from shop.accounts.services.end_sign_ins import end_other_sign_ins, end_sign_in


@extend_schema_view(
    get=extend_schema(summary="Where you are signed in, the last used first", responses=s.SignInRow(many=True)),
    delete=extend_schema(summary="Sign out everywhere else", responses={204: None}),
)
@extend_schema(tags=["users"])
class Sessions(generics.ListAPIView, PersonalView):
    permission_classes = (permissions.IsAuthenticated,)
    serializer_class = s.SignInRow
    queryset = SignIn.objects.none()

    def get_queryset(self):
        return selectors.sign_ins_of(self.me)

    def get_serializer_context(self):
        here = self.session_key if self.request.user.is_authenticated else None
        return {**super().get_serializer_context(), "here": here}

    def delete(self, request):
        end_other_sign_ins(user=self.me, here=self.session)
        return Response(status=204)


class OneSession(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    @extend_schema(tags=["users"], summary="Sign out there", responses={204: None},
                   operation_id="self_session_destroy")  # fmt: skip
    def delete(self, request, sign_in_id):
        end_sign_in(user=self.me, sign_in_id=sign_in_id)
        return Response(status=204)
