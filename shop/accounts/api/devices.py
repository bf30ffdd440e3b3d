"""/api/self/sessions/: where one is signed in."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import permissions
from rest_framework.response import Response

from shop.accounts import selectors
from shop.accounts.api import serializers as s
from shop.accounts.api.views import PersonalView
from shop.accounts.seen import seen_sign_ins
from shop.accounts.services.end_sign_ins import end_other_sign_ins, end_sign_in
from shop.core.api.read_pages import Listed, paginate_read


@extend_schema_view(
    get=extend_schema(summary="Where you are signed in, the last used first", responses=s.SignInRow(many=True)),
    delete=extend_schema(summary="Sign out everywhere else", responses={204: None}),
)
@extend_schema(tags=["users"])
class Sessions(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request):
        shown = s.SignInRow(context={"here": self.session_key})
        listed = Listed(selectors.sign_ins_of(self.me), "last_used_at DESC, id DESC", seen_sign_ins)
        return paginate_read(request, listed, shown.to_representation)

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
