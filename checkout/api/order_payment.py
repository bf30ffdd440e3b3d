"""`PATCH /api/order/<id>/ {payment_method}`: the buyer pays another way."""

from __future__ import annotations

from django.utils import timezone
from rest_framework import serializers

from checkout.api.payment_method import PaymentMethodField
from checkout.order.selectors import order_for
from checkout.order.services.change_payment_method import change_payment_method
from shop.core.api.caller import Caller


class PaymentMethodSerializer(serializers.Serializer):
    payment_method = PaymentMethodField(
        help_text="The buyer, while nothing is paid or shipped: pay another way. The total may change."
    )


def pay_another_way(caller: Caller, order_id: int, data: dict) -> None:
    """Only the buyer decides how they pay. Raises NotThere for everybody else, WrongState, Invalid, ProviderNotOffered."""
    wanted = PaymentMethodSerializer(data=data)
    wanted.is_valid(raise_exception=True)
    order = order_for(caller, order_id)
    change_payment_method(order_id=order.pk, method=wanted.validated_data["payment_method"], at=timezone.now())
