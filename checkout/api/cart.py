"""`/api/cart/`: guests by `X-Cart-Token`, signed-in callers by themselves."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from catalog.api.reading import storable_id
from checkout.api.cart_serializers import (
    AddItemSerializer,
    CartItemSerializer,
    CartSerializer,
    QuantitySerializer,
    ShippingOfferSerializer,
    cart_item,
    cart_json,
    offer_json,
)
from checkout.api.limits import count_cart_write
from checkout.cart.models import Cart, CartLine
from checkout.cart.selectors import CartView as PricedCart
from checkout.cart.selectors import Whose, find_cart, find_items, held_by, view_cart_of
from checkout.cart.services.put_line import set_quantity
from checkout.cart.services.put_product import put_product
from checkout.cart.services.show_cart import remember_shown
from checkout.shipping.cash import CashTerms, Rule, cash_terms, offers_and_rule
from checkout.shipping.selectors import ShippingOffer
from shop.accounts.rules import clean_pincode
from shop.core.api.caller import caller_of
from shop.core.api.context import context_of
from shop.core.context import ShopContext
from shop.core.errors import NotThere

TOKEN = OpenApiParameter(
    "X-Cart-Token", str, OpenApiParameter.HEADER, description="A guest's cart. Given with the first write."
)


class CartDoor(APIView):
    permission_classes = [AllowAny]

    def cart(self, request: Request) -> Cart | None:
        caller = caller_of(request)
        return find_cart(user_id=caller.user.pk if caller.user else None, token_hash=caller.cart_token_hash)

    def whose(self, request: Request) -> Whose:
        caller = caller_of(request)
        return held_by(user_id=caller.user.pk if caller.user else None, token_hash=caller.cart_token_hash)

    def line(self, request: Request, line_id: int) -> CartLine:
        cart = self.cart(request)
        lines = CartLine.objects.select_related("variant__core")
        found = lines.filter(cart=cart, pk=line_id).first() if cart else None
        if found is None:
            raise NotThere
        return found


class CartView(CartDoor):
    @extend_schema(summary="The cart, priced now", responses=CartSerializer, parameters=[TOKEN], tags=["cart"])
    def get(self, request: Request) -> Response:
        view = view_cart_of(self.whose(request), context_of(request))
        answer = cart_json(view)
        remember_shown(view)
        return Response(answer, headers={"Cache-Control": "no-store"})

    @extend_schema(summary="Empty the cart", request=None, responses={204: None}, parameters=[TOKEN], tags=["cart"])
    def delete(self, request: Request) -> Response:
        if (cart := self.cart(request)) is not None:
            cart.lines.all().delete()
        return Response(status=204)


class CartItemsView(CartDoor):
    gives_cart_token = True

    @extend_schema(
        summary="Put a product into the cart",
        request=AddItemSerializer,
        responses={
            201: CartItemSerializer,
            200: OpenApiResponse(CartItemSerializer, description="Added to the line that was there"),
        },
        parameters=[TOKEN],
        tags=["cart"],
    )
    def post(self, request: Request) -> Response:
        wanted = AddItemSerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        data, context = wanted.validated_data, context_of(request)
        caller = caller_of(request)
        count_cart_write(request, caller)
        put = put_product(
            caller=caller,
            product_id=data["product_id"],
            variant_id=data.get("variant_id"),
            quantity=data["quantity"],
            context=context,
        )
        token = put.new_token or (request.headers.get("X-Cart-Token", "") if caller.user is None else "")
        headers = {"X-Cart-Token": token} if token else {}
        return Response(cart_item(put.item, context.currency), status=201 if put.is_new else 200, headers=headers)


class CartItemView(CartDoor):
    @extend_schema(summary="One line", responses=CartItemSerializer, parameters=[TOKEN], tags=["cart"])
    def get(self, request: Request, item_id: int) -> Response:
        whose, context = self.whose(request), context_of(request)
        items = find_items(whose, context, line_id=storable_id(item_id))
        if not items:
            raise NotThere
        return Response(cart_item(items[0], context.currency))

    @extend_schema(
        summary="Set the quantity; 0 removes the line",
        request=QuantitySerializer,
        responses={200: CartItemSerializer, 204: OpenApiResponse(description="Removed")},
        parameters=[TOKEN],
        tags=["cart"],
    )
    def put(self, request: Request, item_id: int) -> Response:
        wanted = QuantitySerializer(data=request.data)
        wanted.is_valid(raise_exception=True)
        line, context = self.line(request, item_id), context_of(request)
        count_cart_write(request, caller_of(request))
        item = set_quantity(line=line, quantity=wanted.validated_data["quantity"], context=context)
        return Response(cart_item(item, context.currency)) if item else Response(status=204)

    patch = put

    @extend_schema(summary="Remove a line", request=None, responses={204: None}, parameters=[TOKEN], tags=["cart"])
    def delete(self, request: Request, item_id: int) -> Response:
        self.line(request, item_id).delete()
        return Response(status=204)


class CartShippingView(CartDoor):
    @extend_schema(
        summary="Ways to send this cart",
        responses=ShippingOfferSerializer(many=True),
        parameters=[TOKEN, OpenApiParameter("pincode", str), OpenApiParameter("country", str)],
        tags=["cart"],
    )
    def get(self, request: Request) -> Response:
        context = context_of(request)
        pincode = clean_pincode(request.GET.get("pincode", ""), request.GET.get("country", "")) or None
        items = find_items(self.whose(request), context)
        view, products = PricedCart(None, context.currency, items, None), {item.product_id for item in items}
        offers, rule = offers_and_rule(subtotal=view.subtotal, context=context, product_ids=products)
        today = timezone.localdate(context.at)
        return Response([offer_json(offer, _cash(rule, view, offer, pincode, context), today) for offer in offers])


def _cash(
    rule: Rule | None, view: PricedCart, offer: ShippingOffer, pincode: str | None, context: ShopContext
) -> CashTerms:
    return cash_terms(
        rule, amount=view.subtotal - view.discount + offer.price, takes_cash=offer.cod,
        pincode=pincode, locale=context.locale,
    )  # fmt: skip
