"""/api/consent/: what is asked, and the answer."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import permissions, serializers
from rest_framework.response import Response

from shop.accounts.api.views import PersonalView
from shop.core.api.fields import Instant
from shop.privacy.cookies import choice_in, keep
from shop.privacy.selectors import choices_of, text_of
from shop.privacy.services.record_choice import record_choice
from shop.privacy.statuses import Door, Purpose


class ConsentTextSerializer(serializers.Serializer):
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    version = serializers.IntegerField(help_text="A higher one than that of your answer: ask again.")
    heading = serializers.CharField()
    body = serializers.CharField()


class ConsentGivenSerializer(serializers.Serializer):
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    given = serializers.BooleanField()
    version = serializers.IntegerField()
    at = Instant()
    door = serializers.ChoiceField(choices=Door.choices)


class ConsentsSerializer(serializers.Serializer):
    texts = ConsentTextSerializer(many=True)
    choices = ConsentGivenSerializer(many=True, help_text="What a signed-in person has said, newest first.")


class ChoiceSerializer(serializers.Serializer):
    purpose = serializers.ChoiceField(choices=Purpose.choices)
    given = serializers.BooleanField()


class ChosenSerializer(ChoiceSerializer):
    version = serializers.IntegerField()
    visitor = serializers.CharField(
        help_text="The random id to send with what is counted, for programs that keep no cookies; empty after a no."
    )


@extend_schema_view(
    get=extend_schema(summary="What a person is asked, and what they have said", responses=ConsentsSerializer),
    post=extend_schema(
        summary="Say yes or no; a later answer takes the place of an earlier one",
        request=ChoiceSerializer,
        responses={201: ChosenSerializer},
        examples=[OpenApiExample("No", {"purpose": "analytics", "given": False}, request_only=True)],
    ),
)
@extend_schema(tags=["privacy"])
class Consents(PersonalView):
    permission_classes = (permissions.AllowAny,)

    def get(self, request):
        texts = [text_of(purpose, get_language() or "") for purpose in Purpose.values]
        choices = choices_of(self.me) if request.user.is_authenticated else []
        return Response({"texts": texts, "choices": choices})

    def post(self, request):
        body = self.read(ChoiceSerializer)
        choice = record_choice(
            **body, user=self.me if request.user.is_authenticated else None, known=choice_in(request), door=Door.API,
            at=timezone.now(),
        )  # fmt: skip
        chosen = {**body, "version": choice.version, "visitor": choice.visitor}
        return keep(Response(chosen, status=201), choice, secure=request.is_secure())
