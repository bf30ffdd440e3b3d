"""Base prices: what a merchandiser types on a variant becomes a dated line of the currency's base list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from catalog.pricing.models import PriceLine, PriceList


@dataclass(frozen=True)
class BasePrice:
    """Minor units. `amount=None` takes the variant off sale in this currency."""

    amount: int | None
    compare_at: int | None = None


def set_base_prices(*, prices: Mapping[int, BasePrice], currency: str, at: datetime) -> set[int]:
    """Close the line that holds now and begin a new one, only where the price differs; returns the changed variants.

    Old lines stay: they are the price history. Lines dated in the future stay too; the new one ends where they begin.
    Locks: the open lines of these variants.
    """
    with transaction.atomic():
        base = base_list(currency)
        open_lines = _open_lines(base, prices, at)
        changed = {id_ for id_, price in prices.items() if _differs(open_lines.get(id_), price)}
        _close([line for id_, line in open_lines.items() if id_ in changed], at)
        _begin(base, {id_: prices[id_] for id_ in changed}, at)
    return changed


def base_list(currency: str) -> PriceList:
    """The base list of a currency, made at first use."""
    made = {"code": f"base-{currency.lower()}", "name": "Base prices", "live": True}
    return PriceList.objects.get_or_create(currency=currency, is_base=True, defaults=made)[0]


def _open_lines(base: PriceList, prices: Mapping[int, BasePrice], at: datetime) -> dict[int, PriceLine]:
    lines = PriceLine.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=at), Q(valid_to=None) | Q(valid_to__gt=at),
        price_list=base, variant_id__in=prices, min_qty=1, state=PriceLine.State.LIVE,
    )  # fmt: skip
    return {line.variant_id: line for line in lines.order_by("pk").select_for_update()}


def _differs(line: PriceLine | None, price: BasePrice) -> bool:
    if line is None:
        return price.amount is not None
    return (line.amount, line.compare_at) != (price.amount, price.compare_at)


def _close(lines: list[PriceLine], at: datetime) -> None:
    begun_now = [line.pk for line in lines if line.valid_from == at]
    PriceLine.objects.filter(pk__in=begun_now).delete()
    PriceLine.objects.filter(pk__in=[line.pk for line in lines]).update(valid_to=Greatest(F("valid_from"), at))


def _begin(base: PriceList, prices: Mapping[int, BasePrice], at: datetime) -> None:
    upcoming = PriceLine.objects.filter(
        price_list=base, variant_id__in=prices, min_qty=1, state=PriceLine.State.LIVE, valid_from__gt=at
    )
    ends: dict[int, datetime | None] = {}
    for variant_id, begins in upcoming.order_by("-valid_from").values_list("variant_id", "valid_from"):
        ends[variant_id] = begins
    PriceLine.objects.bulk_create(
        PriceLine(
            price_list=base,
            variant_id=variant_id,
            amount=price.amount,
            compare_at=price.compare_at,
            valid_from=at,
            valid_to=ends.get(variant_id),
        )
        for variant_id, price in prices.items()
        if price.amount is not None
    )
