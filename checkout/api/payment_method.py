from __future__ import annotations

from rest_framework import serializers

from checkout.payment.providers import entries


class PaymentMethodField(serializers.ChoiceField):
    """Every way of paying that there is; which of them is offered depends on settings, currency and amount."""

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=sorted(entry.code for entry in entries()), **kwargs)
