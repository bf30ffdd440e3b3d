from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.pricing.errors import TypedOnProduct
from catalog.pricing.events import PriceChanged
from catalog.pricing.models import PriceLine, PriceList
from catalog.product.models import Variant
from shop.core.errors import Invalid, NotThere
from shop.core.money import format_money
from shop.core.outbox import publish

LARGEST = 10**13  # minor units


@dataclass(frozen=True)
class NewLine:
    """A price to come. Amounts in minor units of the list's currency; `valid_from=None` means at once."""

    variant_id: int
    amount: int
    compare_at: int | None = None
    min_qty: int = 1
    valid_from: datetime | None = None
    valid_to: datetime | None = None


def add_price_line(*, price_list_id: int, line: NewLine, at: datetime, interrupt: bool = False) -> PriceLine:
    """Add a dated price. The past stays as it was: a line begins now or later, and no two hold at the same time.

    `interrupt`: the price that runs when the new one begins ends there, and comes back after it if it has an end.
    Raises Invalid (by field, naming the price that is in the way), TypedOnProduct, NotThere. Locks: the price list.
    """
    with transaction.atomic():
        prices = lock_list(price_list_id)
        variant = Variant.objects.filter(pk=line.variant_id).first()
        if variant is None:
            raise NotThere
        begins = line.valid_from or at
        _refuse(line, begins, at)
        if interrupt:
            _interrupt(_of_same_kind(prices, line), begins, line.valid_to)
        _refuse_clash(prices, line, begins)
        made = _write(prices, line, begins)
        publish(PriceChanged([variant.core_id]), aggregate=f"product:{variant.core_id}", at=at)
    return made


def lock_list(price_list_id: int) -> PriceList:
    """The list, locked, so that nobody else changes its lines. Raises NotThere, TypedOnProduct."""
    prices = PriceList.objects.select_for_update().filter(pk=price_list_id).first()
    if prices is None:
        raise NotThere
    if prices.is_base and prices.currency == settings.DEFAULT_CURRENCY:
        raise TypedOnProduct
    return prices


def _refuse(line: NewLine, begins: datetime, at: datetime) -> None:
    errors: dict[str, list] = {}
    if not 0 < line.amount < LARGEST:
        errors["amount"] = [_("The price must be more than nothing.")]
    if line.compare_at is not None and line.compare_at <= line.amount:
        errors["compare_at"] = [_("The compare-at price must be above the price.")]
    if line.min_qty < 1:
        errors["min_qty"] = [_("At least 1.")]
    if begins < at:
        errors["valid_from"] = [_("A price begins now or later: what was charged stays as it was.")]
    if line.valid_to is not None and line.valid_to <= begins:
        errors["valid_to"] = [_("It must end after it begins.")]
    if errors:
        raise Invalid(errors=errors)


def _of_same_kind(prices: PriceList, line: NewLine) -> QuerySet[PriceLine]:
    return prices.lines.filter(variant_id=line.variant_id, min_qty=line.min_qty, state=PriceLine.State.LIVE)


def _interrupt(lines: QuerySet[PriceLine], begins: datetime, ends: datetime | None) -> None:
    begun = Q(valid_from=None) | Q(valid_from__lt=begins)
    for running in lines.filter(begun, Q(valid_to=None) | Q(valid_to__gt=begins)):
        until, running.valid_to = running.valid_to, begins
        running.save(update_fields=["valid_to"])
        if ends is not None and (until is None or ends < until):
            running.pk, running._state.adding = None, True
            running.valid_from, running.valid_to = ends, until
            running.save(force_insert=True)


def _refuse_clash(prices: PriceList, line: NewLine, begins: datetime) -> None:
    after = Q(valid_to=None) | Q(valid_to__gt=begins)
    before = Q() if line.valid_to is None else Q(valid_from=None) | Q(valid_from__lt=line.valid_to)
    clash = _of_same_kind(prices, line).filter(after & before).order_by("valid_from").first()
    if clash is None:
        return
    field = "valid_from" if clash.valid_from is None or clash.valid_from <= begins else "valid_to"
    text = _("%(price)s holds %(time)s. End it first, or choose another time.")
    facts = {"price": format_money(clash.amount, prices.currency), "time": time_of(clash)}
    raise Invalid(errors={field: [text % facts]})


def _write(prices: PriceList, line: NewLine, begins: datetime) -> PriceLine:
    return PriceLine.objects.create(
        price_list=prices,
        variant_id=line.variant_id,
        min_qty=line.min_qty,
        amount=line.amount,
        compare_at=line.compare_at,
        valid_from=begins,
        valid_to=line.valid_to,
    )


def time_of(line: PriceLine) -> str:
    """When a line holds, for people."""
    since = _("from %(at)s") % {"at": _day(line.valid_from)} if line.valid_from else ""
    until = _("until %(at)s") % {"at": _day(line.valid_to)} if line.valid_to else _("without an end")
    return f"{since} {until}".strip()


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j M Y, H:i")
