"""/api/notification/preferences/: what the caller wants to be told, by topic and channel."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import permissions
from rest_framework.response import Response

from shop.accounts.api.views import PersonalView
from shop.accounts.models import User
from shop.notifications.api import serializers as s
from shop.notifications.services.choose_channels import choices_of, choose_channels


@extend_schema_view(
    get=extend_schema(summary="What the caller is told, by topic and channel", responses=s.Preferences),
    put=extend_schema(
        summary="Choose what to be told; pairs that are not named stay", request=s.ChosenPreferences,
        responses=s.Preferences,
    ),
)  # fmt: skip
@extend_schema(tags=["notifications"])
class Preferences(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request):
        return Response(_shown(self.me))

    def put(self, request):
        chosen = self.read(s.ChosenPreferences)["preferences"]
        choose_channels(user=self.me, chosen={(row["topic"], row["channel"]): row["wanted"] for row in chosen})
        return Response(_shown(self.me))


def _shown(user: User) -> dict[str, Any]:
    rows = [
        {"topic": choice.topic, "channel": choice.channel, "wanted": choice.wanted, "locked": choice.locked}
        for choice in choices_of(user)
    ]
    return {"preferences": rows}
