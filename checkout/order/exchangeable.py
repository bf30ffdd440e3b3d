"""What a buyer may have in the place of a piece that comes back: a variant of the same product that costs no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from catalog.inventory.selectors import available_for
from catalog.pricing.selectors import prices_for
from catalog.product.models import AttributeValue, Variant
from checkout.order.models import Order, OrderLine
from shop.core.context import ShopContext


@dataclass(frozen=True)
class Choice:
    variant: Variant
    options_text: str
    available: int


def choices_for(order: Order, lines: Iterable[OrderLine], at: datetime) -> dict[int, list[Choice]]:
    """By order line; the same variant is among them, for a piece that came broken. Four queries, for any number of lines.

    Dearer ones are not: no money is asked for. What was paid counts, and what the piece costs today if that is more.
    """
    lines = list(lines)
    variants = list(
        Variant.objects.filter(core_id__in={line.product_id for line in lines}, active=True, core__is_live=True)
        .order_by("position", "pk")
    )  # fmt: skip
    wanted = {variant.pk for variant in variants} | {line.variant_id for line in lines}
    prices = prices_for(wanted, ShopContext(at=at, currency=order.currency, locale=order.locale))
    costs = {pk: price.amount.minor for pk, price in prices.items()}
    left, labels = available_for(wanted), _labels(order.locale)
    return {
        line.pk: [
            Choice(variant, _text(variant, labels), left.get(variant.pk, 0))
            for variant in variants
            if variant.core_id == line.product_id and variant.pk in costs
            and costs[variant.pk] <= max(line.price, costs.get(line.variant_id, 0))
        ]
        for line in lines
    }  # fmt: skip


def _labels(locale: str) -> dict[tuple[str, str], str]:
    values = AttributeValue.objects.filter(attribute__is_option=True)
    rows = values.values_list("attribute__code", "value", "label", "labels")
    return {(code, value): labels.get(locale) or label for code, value, label, labels in rows}


def _text(variant: Variant, labels: dict[tuple[str, str], str]) -> str:
    return ", ".join(labels.get((code, str(value)), str(value)) for code, value in variant.options.items())
