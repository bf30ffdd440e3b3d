from __future__ import annotations

from django.conf import settings

from catalog.pricing.services.set_base_prices import BasePrice, set_base_prices
from catalog.product.projection import Projected, projector


@projector(order=10)
def keep_base_prices(projected: Projected) -> None:
    """What was typed on each variant becomes a line of the base list, where it differs from the one that holds."""
    prices = {variant.pk: BasePrice(spec.price, spec.compare_at_price) for variant, spec in projected.specs}
    set_base_prices(prices=prices, currency=settings.DEFAULT_CURRENCY, at=projected.at)
