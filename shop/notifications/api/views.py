"""/api/notification/: the caller's own notices; support writes to people."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import generics, permissions
from rest_framework.response import Response

from shop.accounts.api.permissions import IsSupport
from shop.accounts.api.views import PersonalView
from shop.core.api.queries import choice_of, flag_of
from shop.notifications import selectors
from shop.notifications.api import serializers as s
from shop.notifications.models import Notification
from shop.notifications.services.hide import hide
from shop.notifications.services.mark_read import mark_all_read, mark_read
from shop.notifications.services.write_to_person import write_to_person


@extend_schema_view(
    get=extend_schema(
        summary="Own notices, newest first",
        parameters=[
            OpenApiParameter("channel", str, enum=Notification.Channel.values),
            OpenApiParameter("unread", bool, description="`true`: those on the bell that were not read yet."),
        ],
    ),
    post=extend_schema(summary="Write to a person (support)", request=s.NewNotification,
                       responses={201: s.NotificationBody}),
)  # fmt: skip
@extend_schema(tags=["notifications"])
class Notifications(generics.ListAPIView, PersonalView):
    serializer_class = s.NotificationBody
    queryset = Notification.objects.none()

    def get_permissions(self):
        return [IsSupport()] if self.request.method == "POST" else [permissions.IsAuthenticated()]

    def get_queryset(self):
        return selectors.narrowed(selectors.notifications_of(self.me), **_asked(self.request))

    def post(self, request):
        body = dict(self.read(s.NewNotification))
        order = body.pop("order")
        notification = write_to_person(**body, reference=f"order:{order}" if order else "")
        return Response(s.NotificationBody(notification).data, status=201)


@extend_schema_view(
    get=extend_schema(summary="One notice", responses=s.NotificationBody),
    put=extend_schema(summary="Mark as read", request=s.MarkRead, responses=s.NotificationBody),
    patch=extend_schema(summary="Mark as read", request=s.MarkRead, responses=s.NotificationBody),
    delete=extend_schema(summary="Delete a notice", responses={204: None}),
)
@extend_schema(tags=["notifications"])
class OneNotification(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request, notification_id):
        return Response(s.NotificationBody(selectors.notification_of(self.me, notification_id)).data)

    def put(self, request, notification_id):
        selectors.notification_of(self.me, notification_id)
        self.read(s.MarkRead)
        notification = mark_read(user=self.me, notification_id=notification_id, at=timezone.now())
        return Response(s.NotificationBody(notification).data)

    def patch(self, request, notification_id):
        return self.put(request, notification_id)

    def delete(self, request, notification_id):
        hide(user=self.me, notification_id=notification_id, at=timezone.now())
        return Response(status=204)


@extend_schema_view(post=extend_schema(summary="Mark all on the bell as read", request=None, responses=s.ReadCount))
@extend_schema(tags=["notifications"])
class AllRead(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def post(self, request):
        return Response({"read": mark_all_read(user=self.me, at=timezone.now())})


def _asked(request) -> dict:
    """Raises Invalid."""
    channel = choice_of(request, "channel", Notification.Channel.values)
    return {"channel": channel, "unread": flag_of(request, "unread")}
