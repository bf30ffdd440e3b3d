"""/api/address/: the caller's addresses; somebody else's are not there."""

from __future__ import annotations

from contextlib import AbstractContextManager

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import generics, permissions
from rest_framework.response import Response

from shop.accounts import selectors
from shop.accounts.api import serializers as s
from shop.accounts.api.views import PersonalView
from shop.accounts.models import Address, User
from shop.accounts.services.delete_address import delete_address
from shop.accounts.services.save_address import save_address
from shop.accounts.services.set_default_address import set_default_address
from shop.core.api.preconditions import matching, tag_of_json, tagged
from shop.core.errors import NotThere

HOME = OpenApiExample(
    "Bengaluru",
    {"name": "Asha Rao", "phone": "98765 43210", "street": "14, 3rd Cross, Indiranagar", "landmark": "near the park",
     "city": "Bengaluru", "state": "KA", "pincode": "560038", "country": "IN", "gstin": "", "is_default": True},
    request_only=True,
)  # fmt: skip


@extend_schema_view(
    get=extend_schema(summary="Own addresses, the default first"),
    post=extend_schema(summary="Keep an address", request=s.AddressBody, responses={201: s.AddressBody},
                       examples=[HOME]),
)  # fmt: skip
@extend_schema(tags=["address"])
class Addresses(generics.ListAPIView, PersonalView):
    permission_classes = (permissions.IsAuthenticated,)
    serializer_class = s.AddressBody
    queryset = Address.objects.none()

    def get_queryset(self):
        return selectors.addresses_of(self.me)

    def post(self, request):
        body = dict(self.read(s.AddressBody))
        make_default = body.pop("is_default")
        address = save_address(user=self.me, fields=body, make_default=make_default)
        return Response(s.AddressBody(address).data, status=201)


@extend_schema_view(
    get=extend_schema(summary="One address", responses=s.AddressBody),
    put=extend_schema(summary="Replace an address", request=s.AddressBody, responses=s.AddressBody, examples=[HOME]),
    patch=extend_schema(summary="Change an address", request=s.AddressBody(partial=True), responses=s.AddressBody),
    delete=extend_schema(summary="Forget an address", responses={204: None}),
)
@extend_schema(tags=["address"])
class OneAddress(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request, address_id):
        return tagged(request, self._body(address_id))

    def put(self, request, address_id):
        return self._change(address_id, partial=False)

    def patch(self, request, address_id):
        return self._change(address_id, partial=True)

    def delete(self, request, address_id):
        with self._seen(address_id):
            delete_address(user=self.me, address_id=address_id)
        return Response(status=204)

    def _change(self, address_id: int, *, partial: bool) -> Response:
        selectors.address_of(self.me, address_id)
        body = dict(self.read(s.AddressBody, partial=partial))
        make_default = body.pop("is_default", False)
        with self._seen(address_id):
            save_address(user=self.me, fields=body, address_id=address_id, make_default=make_default)
        return tagged(self.request, self._body(address_id))

    def _body(self, address_id: int) -> dict:
        return dict(s.AddressBody(selectors.address_of(self.me, address_id)).data)

    def _seen(self, address_id: int) -> AbstractContextManager[None]:
        """Locks the user, as every change of an address does."""
        rows = User.objects.filter(pk=self.me.pk)
        return matching(self.request, rows=rows, tag=lambda: tag_of_json(self._body(address_id)))


@extend_schema_view(
    get=extend_schema(summary="The default address", responses=s.AddressBody),
    put=extend_schema(summary="Make an address the default", request=s.DefaultAddress, responses=s.AddressBody),
    post=extend_schema(summary="The same as PUT", request=s.DefaultAddress, responses={200: s.AddressBody}),
)
@extend_schema(tags=["address"])
class TheDefault(PersonalView):
    permission_classes = (permissions.IsAuthenticated,)

    def get(self, request):
        address = selectors.default_address(self.me)
        if address is None:
            raise NotThere
        return Response(s.AddressBody(address).data)

    def put(self, request):
        body = self.read(s.DefaultAddress)
        address = set_default_address(user=self.me, address_id=body["id"])
        return Response(s.AddressBody(address).data)

    def post(self, request):
        return self.put(request)
