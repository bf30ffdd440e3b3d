"""Under /api/."""

from django.urls import path

from shop.notifications.api import views

urlpatterns = [
    path("notification/", views.Notifications.as_view(), name="api_notifications"),
    path("notification/<int:notification_id>/", views.OneNotification.as_view(), name="api_notification"),
]
