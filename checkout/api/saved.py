"""`/api/cart/saved/` and what goes there; `/api/wishlist/<id>/move-to-cart/`."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.reading import storable_id
from checkout.api.cart import TOKEN, CartDoor
from checkout.api.cart_serializers import CartItemSerializer, cart_item
from checkout.cart.selectors import saved_items
from checkout.cart.services.drop_saved import drop_saved
from checkout.cart.services.move_from_wishlist import move_from_wishlist
from checkout.cart.services.restore_line import restore_line
from checkout.cart.services.save_line import save_line
from shop.core.api.caller import caller_of
from shop.core.api.context import context_of
from shop.core.context import ShopContext
from shop.core.errors import NotThere

NOT_THERE = OpenApiResponse(description="Not there, or not yours")
SHORT = OpenApiResponse(description="`out_of_stock`, with `available`; it stays where it was")


class SavedDoor(CartDoor):
    def cart_id(self, request: Request) -> int:
        """Raises NotThere for a caller without a cart."""
        cart = self.cart(request)
        if cart is None:
            raise NotThere
        return cart.pk


class SaveForLaterView(SavedDoor):
    @extend_schema(
        summary="Put a line aside for later", request=None, parameters=[TOKEN], tags=["cart"],
        responses={200: CartItemSerializer(many=True), 404: NOT_THERE},
    )  # fmt: skip
    def post(self, request: Request, item_id: int) -> Response:
        context = context_of(request)
        save_line(cart_id=self.cart_id(request), line_id=storable_id(item_id), at=context.at)
        return _saved(self, request, context)


class SavedLinesView(SavedDoor):
    @extend_schema(
        summary="What was put aside for later, as it stands now; not paged", parameters=[TOKEN], tags=["cart"],
        responses=CartItemSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        return _saved(self, request, context_of(request))


class SavedLineView(SavedDoor):
    @extend_schema(
        summary="Take it off", request=None, parameters=[TOKEN], tags=["cart"], responses={204: None, 404: NOT_THERE}
    )
    def delete(self, request: Request, saved_id: int) -> Response:
        drop_saved(cart_id=self.cart_id(request), saved_id=storable_id(saved_id))
        return Response(status=204)


class SavedToCartView(SavedDoor):
    @extend_schema(
        summary="Put it into the cart again", request=None, parameters=[TOKEN], tags=["cart"],
        responses={200: CartItemSerializer, 404: NOT_THERE, 409: SHORT},
    )  # fmt: skip
    def post(self, request: Request, saved_id: int) -> Response:
        context = context_of(request)
        item = restore_line(cart_id=self.cart_id(request), saved_id=storable_id(saved_id), context=context)
        return Response(cart_item(item, context.currency))


class WishToCartView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(
        summary="Move a wish into the cart", request=None, tags=["lists"],
        responses={201: CartItemSerializer, 200: CartItemSerializer, 404: NOT_THERE, 409: SHORT},
    )  # fmt: skip
    def post(self, request: Request, item_id: int) -> Response:
        context = context_of(request)
        put = move_from_wishlist(
            user=request.user,  # type: ignore[arg-type]
            caller=caller_of(request), item_id=storable_id(item_id), context=context,
        )  # fmt: skip
        return Response(cart_item(put.item, context.currency), status=201 if put.is_new else 200)


def _saved(door: SavedDoor, request: Request, context: ShopContext) -> Response:
    items = [cart_item(item, context.currency) for item in saved_items(door.whose(request), context)]
    return Response(items, headers={"Cache-Control": "no-store"})
