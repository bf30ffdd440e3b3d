from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime

from django.utils.translation import gettext as _

from catalog.inventory.errors import OutOfStock
from catalog.inventory.services.reserve import Wanted, reserve
from catalog.product.models import Variant
from checkout.order.errors import Shortage
from checkout.order.events import ExchangePrepared
from checkout.order.exchangeable import choices_for
from checkout.order.models import Order, OrderEvent, OrderLine, Return, ReturnLine
from checkout.order.rules import EXCHANGE, order_token
from checkout.order.services.timeline import note
from shop.core.outbox import publish


def prepare_exchange(coming: Return, *, at: datetime, by: str) -> Order | None:
    """Of a return that is approved now, its order locked: what is sent instead of money becomes an order of its own, for
    nothing; its pieces are held from now on, and it is held back until the return is here. None: nothing is exchanged.

    Raises Shortage. Locks: stock items, last.
    """
    swapped = list(coming.lines.filter(exchange_for__isnull=False).select_related("order_line", "exchange_for"))
    if not swapped:
        return None
    order = _write_order(coming, at)
    lines = _write_lines(order, swapped, at)
    coming.replacement = order
    coming.save(update_fields=["replacement"])
    note(order, OrderEvent.Kind.PLACED, at=at, by=by, text=str(coming))
    publish(ExchangePrepared(coming.order_id, coming.pk, order.pk), aggregate=coming.order.reference, at=at)
    try:
        wanted = [Wanted(line.variant_id, line.quantity) for line in lines]
        reserve(lines=wanted, reference=order.reference, at=at)
    except OutOfStock as refusal:
        known = {line.exchange_for_id: line.order_line_id for line in swapped}
        short = [{"item_id": known[s.pop("variant_id")], **s} for s in map(dict, refusal.shortages)]
        raise Shortage(shortages=short) from refusal
    return order


def _write_order(coming: Return, at: datetime) -> Order:
    first = coming.order
    order = Order(
        user_id=first.user_id, email=first.email, cart_token_hash=first.cart_token_hash, locale=first.locale,
        currency=first.currency, prices_include_tax=first.prices_include_tax, subtotal=0, tax=0, total=0,
        address=first.address, billing_address=first.billing_address, shipping_method=first.shipping_method,
        shipping_name=first.shipping_name, payment_method=EXCHANGE, payment_status=Order.PaymentStatus.PAID,
        placed_at=at, review_reason=_("%(return)s is not here yet") % {"return": coming},
    )  # fmt: skip
    order.token_hash = hashlib.sha256(order_token(order).encode()).hexdigest()
    order.save(force_insert=True)
    return order


def _write_lines(order: Order, swapped: list[ReturnLine], at: datetime) -> list[OrderLine]:
    """Names and pictures as they were on the first order, options as they are now."""
    words = _option_words(order, swapped, at)
    units = Counter[Variant]()
    for line in swapped:
        units[line.exchange_for] += line.quantity  # type: ignore[index]
    of = {line.exchange_for: line for line in swapped}
    return OrderLine.objects.bulk_create(
        _line(order, variant, of[variant], quantity, words.get(variant.pk, "")) for variant, quantity in units.items()
    )


def _line(order: Order, variant: Variant, of: ReturnLine, quantity: int, options_text: str) -> OrderLine:
    before = of.order_line
    return OrderLine(
        order=order, variant=variant, product_id=variant.core_id, sku=variant.sku, name=before.name,
        options=variant.options, options_text=options_text[:255], image_url=before.image_url,
        product_url=before.product_url, seller_id=before.seller_id, quantity=quantity, price=0, tax=0, total=0,
        tax_basis_points=before.tax_basis_points, trace=[f"in exchange, {of.return_of}"],
    )  # fmt: skip


def _option_words(order: Order, swapped: list[ReturnLine], at: datetime) -> dict[int, str]:
    choices = choices_for(order, {line.order_line for line in swapped}, at)
    return {choice.variant.pk: choice.options_text for many in choices.values() for choice in many}
