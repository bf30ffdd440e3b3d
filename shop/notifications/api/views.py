"""/api/notification/: the caller's own notices; support writes to people."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import permissions
from rest_framework.response import Response

from shop.accounts.api.permissions import IsSupport
from shop.accounts.api.views import PersonalView
from shop.core.api.queries import choice_of, flag_of
from shop.core.api.read_pages import Listed, paginate_read
from shop.core.errors import NotThere
from shop.notifications import selectors
from shop.notifications.api import serializers as s
from shop.notifications.models import Notification
from shop.notifications.seen import seen_notice, seen_notices
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
        responses=s.NotificationBody(many=True),
    ),
    post=extend_schema(summary="Write to a person (support)", request=s.NewNotification,
                       responses={201: s.NotificationBody}),
)  # fmt: skip
@extend_schema(tags=["notifications"])
class Notifications(PersonalView):
    def get_permissions(self):
        return [IsSupport()] if self.request.method == "POST" else [permissions.IsAuthenticated()]

    def get(self, request):
        notices = selectors.narrowed(selectors.notifications_of(self.me), **_asked(request))
        listed = Listed(notices, "created_at DESC, id DESC", seen_notices)
        return paginate_read(request, listed, s.NotificationBody().to_representation)

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
        found = seen_notice(selectors.notifications_of(self.me).filter(pk=notification_id))
        if found is None:
            raise NotThere
        return Response(s.NotificationBody(found).data)

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
