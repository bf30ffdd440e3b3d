"""`/api/inventory/`: what lies on the shelves, for merchandisers, and for vendors of their own products."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api import inventory_serializers as s
from catalog.inventory.models import StockItem, StockMovement
from catalog.inventory.seen import SeenItem, SeenMovement, seen_item, seen_items, seen_movements
from catalog.inventory.services.adjust import adjust
from catalog.inventory.services.limit_orders import limit_orders
from catalog.inventory.services.open_item import open_item
from catalog.inventory.services.remove_item import remove_item
from catalog.inventory.services.set_threshold import set_threshold
from catalog.product.models import ProductCore, Variant
from shop.accounts import roles
from shop.accounts.api.permissions import IsMerchandiserOrVendor
from shop.core.api.preconditions import matching, tag_of_json, tagged
from shop.core.api.queries import flag_of, id_of
from shop.core.api.read_pages import Listed, paginate_read
from shop.core.errors import Invalid, NotThere
from shop.core.reading import Part

LARGEST_ID = 2**63 - 1
ITEM = OpenApiExample(
    "A mug at the main warehouse",
    {"id": 7, "product": 12, "variant": 31, "sku": "MUG-CREAM", "location": "main", "quantity": 40, "reserved": 3,
     "available": 37, "threshold": 5, "max_per_order": 6, "is_low": False},
    response_only=True,
)  # fmt: skip
COUNTED = OpenApiExample("Counted", {"quantity": 38, "reason": "Two were chipped"}, request_only=True)
MOVED = OpenApiExample("Broken", {"delta": -2, "reason": "Broken in the store"}, request_only=True)
RESERVED = OpenApiResponse(description="`stock_reserved`: more is held for orders than would be left")
IN_USE = OpenApiResponse(description="`stock_item_in_use`: it has stock, reservations or movements")
EXISTS = OpenApiResponse(description="`stock_item_exists`, with `id`: it has a record there already")
FILTERS = [
    OpenApiParameter("product", int),
    OpenApiParameter("sku", str, description="The whole SKU"),
    OpenApiParameter("low", bool, description="`true`: at or below the threshold; `false`: the others"),
]


class StockView(APIView):
    service_scopes = {"GET": "stock:read", **dict.fromkeys(("POST", "PUT", "PATCH", "DELETE"), "stock:write")}
    permission_classes = [IsMerchandiserOrVendor]

    def items(self) -> QuerySet[StockItem]:
        """All stock; of a vendor its own products'."""
        items = StockItem.objects.all()
        own = ProductCore.objects.filter(seller=self.request.user.pk)
        return items if self._sees_all() else items.filter(variant__core__in=own)

    def item(self, item_id: int) -> SeenItem:
        """Raises NotThere alike for what is missing and what is somebody else's."""
        found = seen_item(self.items().filter(pk=item_id))
        if found is None:
            raise NotThere
        return found

    def variants(self) -> QuerySet[Variant]:
        variants = Variant.objects.filter(active=True)
        return variants if self._sees_all() else variants.filter(core__seller=self.request.user)  # type: ignore[misc]

    def read(self, serializer: type, **options: Any) -> dict[str, Any]:
        body = serializer(data=self.request.data, **options)
        body.is_valid(raise_exception=True)
        return body.validated_data

    def _sees_all(self) -> bool:
        return roles.has_role(self.request.user, roles.MERCHANDISER)


class StockItemsView(StockView):
    @extend_schema(
        summary="Stock, by SKU", parameters=FILTERS, responses=s.StockItemSerializer(many=True), tags=["inventory"]
    )
    def get(self, request: Request) -> Response:
        items = _narrow(self.items(), request)
        by_sku = "product_variant.sku, inventory_stockitem.id"
        return paginate_read(request, Listed(items, by_sku, seen_items), s.stock_json)

    @extend_schema(
        summary="A variant's stock at one more location",
        request=s.NewStockSerializer,
        responses={201: s.StockItemSerializer, 409: EXISTS},
        examples=[ITEM],
        tags=["inventory"],
    )
    def post(self, request: Request) -> Response:
        body = self.read(s.NewStockSerializer)
        item = open_item(
            variant_id=_variant(self.variants(), body).pk, location=body["location"], quantity=body["quantity"],
            threshold=body.get("threshold"), max_per_order=body.get("max_per_order"), reason=body["reason"], actor=request.user.username, at=timezone.now(),
        )  # fmt: skip
        return Response(s.stock_json(self.item(item.pk)), status=201)


class StockItemView(StockView):
    @extend_schema(summary="One record", responses=s.StockItemSerializer, examples=[ITEM], tags=["inventory"])
    def get(self, request: Request, item_id: int) -> Response:
        return tagged(request, s.stock_json(self.item(item_id)))

    @extend_schema(
        summary="Set what lies there; the difference becomes a movement",
        request=s.ChangeStockSerializer,
        responses={200: s.StockItemSerializer, 409: RESERVED},
        examples=[COUNTED],
        tags=["inventory"],
    )
    def put(self, request: Request, item_id: int) -> Response:
        return self._change(item_id, partial=False)

    @extend_schema(
        summary="Set what lies there, the threshold, or the most in an order",
        request=s.ChangeStockSerializer(partial=True),
        responses={200: s.StockItemSerializer, 409: RESERVED},
        examples=[COUNTED],
        tags=["inventory"],
    )
    def patch(self, request: Request, item_id: int) -> Response:
        return self._change(item_id, partial=True)

    @extend_schema(
        summary="Remove a record that was never used", responses={204: None, 409: IN_USE}, tags=["inventory"]
    )
    def delete(self, request: Request, item_id: int) -> Response:
        with self._seen(self.item(item_id)):
            remove_item(stock_item_id=item_id)
        return Response(status=204)

    def _change(self, item_id: int, *, partial: bool) -> Response:
        item, body = self.item(item_id), self.read(s.ChangeStockSerializer, partial=partial)
        with self._seen(item), transaction.atomic():
            if "threshold" in body:
                set_threshold(stock_item_id=item.pk, threshold=body["threshold"])
            if "max_per_order" in body:
                limit_orders(stock_item_id=item.pk, max_per_order=body["max_per_order"])
            if "quantity" in body:
                adjust(
                    stock_item_id=item.pk, set_to=body["quantity"], reason=body.get("reason", ""),
                    actor=self.request.user.username, at=timezone.now(),
                )  # fmt: skip
        return tagged(self.request, s.stock_json(self.item(item_id)))

    def _seen(self, item: SeenItem) -> AbstractContextManager[None]:
        rows = StockItem.objects.filter(pk=item.pk)
        return matching(self.request, rows=rows, tag=lambda: tag_of_json(s.stock_json(self.item(item.pk))))


class MovementsView(StockView):
    @extend_schema(summary="The ledger, newest first", responses=s.MovementSerializer(many=True), tags=["inventory"])
    def get(self, request: Request, item_id: int) -> Response:
        def read(part: Part) -> tuple[list[SeenMovement], int]:
            found, count = seen_movements(part)
            if not found:
                self.item(item_id)
            return found, count

        movements = StockMovement.objects.filter(stock_item_id=item_id)
        if not self._sees_all():
            movements = movements.filter(stock_item__in=self.items())
        listed = Listed(movements, "at DESC, id DESC", read)
        return paginate_read(request, listed, s.movement_json)

    @extend_schema(
        summary="Correct the stock by a difference",
        request=s.NewMovementSerializer,
        responses={201: s.MovementSerializer, 409: RESERVED},
        examples=[MOVED],
        tags=["inventory"],
    )
    def post(self, request: Request, item_id: int) -> Response:
        item, body = self.item(item_id), self.read(s.NewMovementSerializer)
        with transaction.atomic():
            adjust(
                stock_item_id=item.pk, delta=body["delta"], reason=body["reason"], actor=request.user.username,
                at=timezone.now(),
            )  # fmt: skip
            movement = StockMovement.objects.filter(stock_item=item.pk).order_by("-pk").first()
        return Response(s.movement_json(movement), status=201)  # type: ignore[arg-type]


def _narrow(items: QuerySet[StockItem], request: Request) -> QuerySet[StockItem]:
    """Raises Invalid."""
    product, low = id_of(request, "product"), flag_of(request, "low", without=None)
    if product is not None:
        items = items.filter(variant__core_id=product)
    if sku := request.GET.get("sku"):
        items = items.none() if "\0" in sku else items.filter(variant__sku=sku)
    if low is not None:
        bound = F("reserved") + F("low_stock_threshold")
        items = items.filter(on_hand__lte=bound) if low else items.filter(on_hand__gt=bound)
    return items


def _variant(variants: QuerySet[Variant], body: dict[str, Any]) -> Variant:
    """The one variant that is meant. Raises Invalid naming the field."""
    fields = {"variant": "pk", "sku": "sku", "product": "core_id"}
    named = {field: body[field] for field in fields if field in body}
    if not named:
        raise Invalid(errors={"variant": [_("Say which: variant, sku, or product.")]})
    found = list(variants.filter(**{fields[field]: value for field, value in named.items()})[:2])
    field = next(iter(named))
    if not found:
        raise Invalid(errors={field: [_("There is none.")]})
    if len(found) > 1:
        raise Invalid(errors={"variant": [_("The product has several variants: say which.")]})
    return found[0]
