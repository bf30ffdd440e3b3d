"""/api/self/: the caller's own account."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import permissions
from rest_framework.response import Response

from shop.accounts.api import serializers as s
from shop.accounts.api.sessions import SIGN_IN, sign_in
from shop.accounts.api.views import PersonalView, SharedView
from shop.accounts.services.change_profile import change_profile
from shop.accounts.services.close_account import close_account
from shop.accounts.services.confirm_person import must_be_fresh
from shop.core.api.queries import flag_of
from shop.core.personal_data import give_out_everything_of


@extend_schema_view(
    get=extend_schema(summary="Own profile", responses=s.OwnProfile),
    post=extend_schema(
        summary="Sign in by user name or e-mail address", auth=[], request=s.SignIn, responses=s.SignedIn,
        examples=[SIGN_IN], operation_id="self_sign_in",
    ),
    put=extend_schema(summary="Replace own profile", request=s.ChangeProfile, responses=s.OwnProfile),
    patch=extend_schema(summary="Change own profile", request=s.ChangeProfile(partial=True), responses=s.OwnProfile),
    delete=extend_schema(
        summary="Close the account",
        description="Wants a sign-in of the last quarter hour, or `POST /api/self/confirm/` with the password before it.",
        parameters=[OpenApiParameter("confirm", bool, description="Also if something lapses, such as store credit")],
        responses={204: None, 409: OpenApiResponse(description="`confirmation_needed`, with `lapses`: nothing changed")},
    ),
)  # fmt: skip
@extend_schema(tags=["users"])
class OwnAccount(SharedView):
    permission_classes = (permissions.IsAuthenticated,)

    def post(self, request):
        return sign_in(self, request)

    def get(self, request):
        return Response(s.OwnProfile(self.me).data)

    def put(self, request):
        return self._change(request, partial=False)

    def patch(self, request):
        return self._change(request, partial=True)

    def delete(self, request):
        must_be_fresh(self.session, timezone.now())
        close_account(user=self.me, at=timezone.now(), confirmed=flag_of(request, "confirm"))
        return Response(status=204)

    def _change(self, request, *, partial: bool) -> Response:
        body = dict(self.read(s.ChangeProfile, partial=partial))
        password = body.pop("password", "")
        user = change_profile(user=self.me, changes=body, password=password, session=self.session, at=timezone.now())
        return Response(s.OwnProfile(user).data)


@extend_schema(tags=["users"], summary="Everything the shop knows of you", responses={200: dict})
class Export(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request):
        headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
        return Response(give_out_everything_of(self.me, timezone.now()), headers=headers)
