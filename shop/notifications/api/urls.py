"""Under /api/."""

from django.urls import path

from shop.notifications.api import preferences, push, views

urlpatterns = [
    path("notification/", views.Notifications.as_view(), name="api_notifications"),
    path("notification/read/", views.AllRead.as_view(), name="api_notifications_read"),
    path("notification/push/", push.Browsers.as_view(), name="api_notification_push"),
    path("notification/preferences/", preferences.Preferences.as_view(), name="api_notification_preferences"),
    path("notification/<int:notification_id>/", views.OneNotification.as_view(), name="api_notification"),
]
