"""`/api/inventory/bulk/` and `/api/price/bulk/`: up to 1,000 rows at once, all or none, each bad row named."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.inventory import StockView
from catalog.inventory.services.adjust import MOST
from catalog.inventory.services.count_stock import Count, count_stock
from catalog.pricing.models import PriceList
from catalog.pricing.services.add_price_line import NewLine
from catalog.pricing.services.add_price_lines import add_price_lines
from catalog.product.models import Variant
from shop.accounts.api.permissions import IsMerchandiser
from shop.core.api.fields import AMOUNT
from shop.core.api.idempotency import idempotent_as_one
from shop.core.errors import Invalid
from shop.core.money import InvalidAmount, Money

ROWS = 1000
COUNTED = OpenApiExample(
    "A stocktaking", {"rows": [{"sku": "MUG-CREAM", "quantity": 38}, {"id": 8, "quantity": 0, "reason": "Sold off"}]},
    request_only=True,
)  # fmt: skip
PRICED = OpenApiExample(
    "A sale in November",
    {"price_list": "diwali", "rows": [{"sku": "MUG-CREAM", "price": "499.00", "compare_at_price": "649.00",
                                       "valid_from": "2036-11-01T00:00:00Z", "valid_to": "2036-12-01T00:00:00Z"}]},
    request_only=True,
)  # fmt: skip


class StockRow(serializers.Serializer):
    """A record by id, or by SKU and location."""

    id = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    sku = serializers.CharField(required=False, max_length=64)
    location = serializers.SlugField(max_length=40, default="main")
    quantity = serializers.IntegerField(min_value=0, max_value=MOST)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class StockRows(serializers.Serializer):
    rows = StockRow(many=True, allow_empty=False, max_length=ROWS)  # type: ignore[call-arg]


class PriceRow(serializers.Serializer):
    sku = serializers.CharField(max_length=64)
    price = serializers.CharField(max_length=20, help_text="Decimal string of the list's currency.")
    compare_at_price = serializers.CharField(max_length=20, required=False, allow_null=True)
    min_qty = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    valid_from = serializers.DateTimeField(required=False, allow_null=True, help_text="Not before now; null: at once.")
    valid_to = serializers.DateTimeField(required=False, allow_null=True)


class PriceRows(serializers.Serializer):
    price_list = serializers.SlugField(
        max_length=60, help_text="Code of a list (`/api/price-list/`); not the base list."
    )
    rows = PriceRow(many=True, allow_empty=False, max_length=ROWS)  # type: ignore[call-arg]


class Done(serializers.Serializer):
    rows = serializers.IntegerField(help_text="How many were sent")
    changed = serializers.IntegerField(help_text="How many made a difference")


class StockBulkView(StockView):
    service_scopes = {"POST": "stock:write"}

    @extend_schema(
        summary="Set many records to what was counted, all or none", request=StockRows, responses=Done,
        examples=[COUNTED], tags=["inventory"],
    )  # fmt: skip
    @idempotent_as_one
    def post(self, request: Request) -> Response:
        rows = self.read(StockRows)["rows"]
        counts = [Count(id_, row["quantity"], row["reason"]) for id_, row in zip(self._ids(rows), rows, strict=True)]
        changed = count_stock(counts=counts, at=timezone.now(), actor=request.user.username)
        return Response({"rows": len(rows), "changed": changed})

    def _ids(self, rows: list[dict[str, Any]]) -> list[int]:
        """Raises Invalid for rows that name nothing of the caller's."""
        skus, ids = [row["sku"] for row in rows if "sku" in row], [row["id"] for row in rows if "id" in row]
        items = self.items().select_related("variant", "location")
        mine = items.filter(variant__sku__in=skus) | items.filter(pk__in=ids)
        by_sku = {(item.variant.sku, item.location.code): item.pk for item in mine}
        known = set(by_sku.values())
        found = [row.get("id") or by_sku.get((row.get("sku", ""), row["location"])) for row in rows]
        errors = {
            f"rows.{number}.{'id' if 'id' in rows[number] else 'sku'}": [_("There is none.")]
            for number, id_ in enumerate(found)
            if id_ not in known
        }
        if errors:
            raise Invalid(errors=errors)
        return [id_ for id_ in found if id_ is not None]


class PriceBulkView(APIView):
    permission_classes = [IsMerchandiser]
    service_scopes = {"POST": "prices:write"}

    @extend_schema(
        summary="Add many dated prices to a price list, all or none", request=PriceRows, responses=Done,
        examples=[PRICED], tags=["catalogue"],
    )  # fmt: skip
    @idempotent_as_one
    def post(self, request: Request) -> Response:
        given = PriceRows(data=request.data)
        given.is_valid(raise_exception=True)
        code, rows = given.validated_data["price_list"], given.validated_data["rows"]
        added = add_price_lines(price_list=code, lines=_lines(code, rows), at=timezone.now())
        return Response({"rows": len(rows), "changed": added})


def _lines(code: str, rows: list[dict[str, Any]]) -> list[NewLine]:
    """Raises Invalid naming the list, or each bad row."""
    prices = PriceList.objects.filter(code=code).first()
    if prices is None:
        raise Invalid(errors={"price_list": [_("There is none of this code. /api/price-list/ tells which there are.")]})
    ids = dict(Variant.objects.filter(sku__in=[row["sku"] for row in rows]).values_list("sku", "pk"))
    errors: dict[str, list] = {}
    lines = [_line(row, f"rows.{number}", ids, prices.currency, errors) for number, row in enumerate(rows)]
    if errors:
        raise Invalid(errors=errors)
    return lines


def _line(row: dict[str, Any], path: str, ids: dict[str, int], currency: str, errors: dict[str, list]) -> NewLine:
    if row["sku"] not in ids:
        errors[f"{path}.sku"] = [_("There is none.")]
    amounts: dict[str, int | None] = {}
    for name in ("price", "compare_at_price"):
        try:
            text = row.get(name)
            if text is not None and not AMOUNT.fullmatch(text):
                raise InvalidAmount
            amounts[name] = None if text is None else Money.parse(text, currency).minor
        except (InvalidAmount, ArithmeticError):
            errors[f"{path}.{name}"] = [_("A decimal string such as 1299.00.")]
    return NewLine(
        variant_id=ids.get(row["sku"], 0), amount=amounts.get("price") or 0, compare_at=amounts.get("compare_at_price"),
        min_qty=row["min_qty"], valid_from=row.get("valid_from"), valid_to=row.get("valid_to"),
    )  # fmt: skip
