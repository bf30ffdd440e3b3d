"""`/api/self/store-credit/`: what the caller has, and how it came about."""

from __future__ import annotations

from functools import partial
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from checkout.api.cart_serializers import money
from checkout.credit.models import StoreCreditEntry
from checkout.credit.seen import SeenEntry, seen_entries
from checkout.credit.selectors import credit_of, entries_of
from checkout.order.selectors import id_of_reference
from shop.core.api.context import currency_of
from shop.core.api.read_pages import Listed, paginate_read


class CreditEntrySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    kind = serializers.ChoiceField(choices=StoreCreditEntry.Kind.values)
    amount = serializers.CharField(help_text="With a minus where credit was used")
    order_id = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True)


class StoreCreditSerializer(serializers.Serializer):
    """What OpenAPI shows."""

    balance = serializers.CharField()
    currency = serializers.CharField()
    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    entries = CreditEntrySerializer(many=True, help_text="The newest first")


class StoreCreditView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(
        summary="Own store credit in a currency, and its history",
        responses=StoreCreditSerializer,
        parameters=[
            OpenApiParameter("currency", str), OpenApiParameter("page", int), OpenApiParameter("page_size", int),
        ],
        tags=["users"],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        currency = currency_of(request)
        shown = partial(entry_json, currency)
        newest = "at DESC, credit_storecreditentry.id DESC"
        listed = paginate_read(request, Listed(entries_of(request.user.pk, currency), newest, seen_entries), shown).data
        entries = listed.pop("results")
        facts = {"balance": str(credit_of(request.user.pk, currency)), "currency": currency}
        return Response({**facts, **listed, "entries": entries}, headers={"Cache-Control": "no-store"})


def entry_json(currency: str, entry: SeenEntry) -> dict[str, Any]:
    return {
        "id": entry.pk,
        "at": entry.at,
        "kind": entry.kind,
        "amount": money(entry.amount, currency),
        "order_id": id_of_reference(entry.about),
        "note": entry.note,
    }
