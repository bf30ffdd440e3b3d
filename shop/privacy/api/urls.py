"""Under /api/."""

from django.urls import path

from shop.privacy.api import consent, counting

urlpatterns = [
    path("consent/", consent.Consents.as_view(), name="api_consent"),
    path("analytics/event/", counting.Events.as_view(), name="api_analytics_event"),
]
