"""Under /api/: what the doors of every wing bring."""

from django.urls import include, path

urlpatterns = [
    path("", include("shop.accounts.api.urls")),
    path("", include("shop.notifications.api.urls")),
]
