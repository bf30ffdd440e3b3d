"""/api/analytics/event/: what a visitor did who agreed to be counted."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from shop.accounts.api.views import OpenView
from shop.core.limits import Limit, count_address
from shop.core.origin import comes_from_here
from shop.privacy.cookies import visitor_of
from shop.privacy.rules import ALLOWED, clean_facts
from shop.privacy.services.record_event import record_event

EVENTS = Limit("analytics_event", 300, 60)  # of an address: a carrier puts many people behind one
SEEN = OpenApiExample("A product was seen", {"name": "view", "facts": {"product_id": 12}}, request_only=True)


class EventSerializer(serializers.Serializer):
    name = serializers.ChoiceField(choices=sorted(ALLOWED), help_text="A purchase is counted from its order.")
    facts = serializers.DictField(required=False, default=dict, help_text="`product_id`, `quantity`; `q` of a search.")
    visitor = serializers.RegexField(
        "^[0-9a-f]{32}$", required=False, help_text="For programs that keep no cookies: what `/api/consent/` answered."
    )


@extend_schema(tags=["privacy"])
class Events(OpenView):
    @extend_schema(
        summary="Count something that a visitor did; without their yes nothing is kept",
        request=EventSerializer,
        responses={204: None, 429: OpenApiResponse(description="`too_many_requests`, with `Retry-After`")},
        examples=[SEEN],
    )
    def post(self, request):
        if not comes_from_here(request):
            raise PermissionDenied
        count_address(EVENTS, request)
        body = self.read(EventSerializer)
        visitor = body.get("visitor") or visitor_of(request)
        record_event(
            visitor=visitor, name=body["name"], facts=clean_facts(body["name"], body["facts"]), at=timezone.now()
        )
        return Response(status=204)
