"""/api/notification/push/: browsers that may be written to (Web Push)."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import permissions
from rest_framework.response import Response

from shop.accounts.api.views import PersonalView
from shop.notifications.api import serializers as s
from shop.notifications.channels.push import public_key
from shop.notifications.services.listen import listen, stop_listening

ENDPOINT = "push_endpoint"  # in the session: the browser that was subscribed from it


@extend_schema_view(
    get=extend_schema(summary="The key that browsers subscribe with", responses=s.PushKey),
    post=extend_schema(
        summary="Let a browser show notices", request=s.PushBrowser, responses={201: s.PushAddress}
    ),
    delete=extend_schema(summary="No more to a browser", request=s.PushAddress, responses={204: None}),
)  # fmt: skip
@extend_schema(tags=["notifications"])
class Browsers(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request):
        return Response({"public_key": public_key()})

    def post(self, request):
        body = self.read(s.PushBrowser)
        browser = listen(user=self.me, endpoint=body["endpoint"], **body["keys"])
        if request.auth is None:  # by the site's own session: signing out of it ends this too
            request.session[ENDPOINT] = browser.endpoint
        return Response({"endpoint": browser.endpoint}, status=201)

    def delete(self, request):
        stop_listening(user=self.me, endpoint=self.read(s.PushAddress)["endpoint"])
        return Response(status=204)
