"""A cart as the templates get it: the API's dictionary, and beside each fact its words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.product.addresses import product_path
from checkout.api.cart_serializers import cart_item, cart_json
from checkout.cart.errors import most_text
from checkout.cart.selectors import CartItem, CartView
from shop.core.context import ShopContext
from shop.core.dates import day_text
from shop.core.money import Money, format_money

FEW = 5


def cart_page(view: CartView, context: ShopContext) -> dict[str, Any]:
    locale = context.locale
    return cart_json(view) | {
        "items": [_line(item, context) for item in view.items],
        "subtotal_text": view.subtotal.text(locale),
        "total_text": view.total.text(locale),
        "cod_fee_text": view.cash_fee.text(locale) if view.cash_fee else "",
        "tax_text": _exact(view.tax, locale) if view.tax else "",
        "warnings": [warning_text(warning, context) for warning in view.warnings],
        **_delivery(view, context),
    }


def saved_lines(items: Iterable[CartItem], context: ShopContext) -> list[dict[str, Any]]:
    return [_line(item, context) | {"buyable": item.buyable} for item in items]


def _line(item: CartItem, context: ShopContext) -> dict[str, Any]:
    price, locale = item.price, context.locale
    line = cart_item(item, context.currency) | {
        "url": item.card.get("url") or product_path(item.slug, locale),
        "options_text": item.options_text,
        "unit_price_text": price.amount.text(locale) if price else "",
        "line_total_text": item.line_total.text(locale) if item.line_total else _("Not for sale now"),
        "stock_note": _stock_note(item),
    }
    if price and price.compare_at and price.amount < price.compare_at:
        off = round((price.compare_at.minor - price.amount.minor) * 100 / price.compare_at.minor)
        line |= {"compare_line_text": (price.compare_at * item.quantity).text(locale), "percent_off": off}
    return line


def _stock_note(item: CartItem) -> str:
    if item.price is None or item.available > FEW:
        return ""
    return _("Only %(number)s left") % {"number": item.available} if item.available > 0 else _("Sold out")


def _delivery(view: CartView, context: ShopContext) -> dict[str, Any]:
    """What sending costs and when it comes. Nothing is said where nothing can be sent."""
    offer = view.shipping_offer
    if offer is None:
        return {}
    free = not offer.price
    day = day_text(offer.arrives_by(timezone.localdate(context.at)), context.locale)
    return {
        "shipping_label": offer.name,
        "shipping_text": _("Free") if free else offer.price.text(context.locale),
        "shipping_is_free": free,
        "delivery_is_free": free,
        "delivery_note": _free_note(view, context),
        "eta_text": _("With you by %(day)s") % {"day": day},
    }


def _free_note(view: CartView, context: ShopContext) -> str:
    offer = view.shipping_offer
    if offer is None or offer.free_from is None:
        return ""
    missing = offer.free_from - view.subtotal
    if missing.minor <= 0:
        return _("Delivery is free.")
    return _("%(amount)s more and delivery is free.") % {"amount": missing.text(context.locale)}


def _exact(amount: Money, locale: str) -> str:
    """With paise: a tax is never rounded for the eye."""
    return format_money(amount.minor, amount.currency, locale, paise=True)


def warning_text(warning: dict[str, Any], context: ShopContext) -> dict[str, Any]:
    """`{title, text}` of what changed since the shopper last looked, or stands in the way of buying."""
    name = {"name": warning["name"]}
    if warning["code"] == "price_changed":
        shown, now = (Money.parse(warning[of], context.currency).text(context.locale) for of in ("shown", "now"))
        title = _("%(name)s now costs %(now)s.") % (name | {"now": now})
        return {"title": title, "text": _("It was %(shown)s when you last looked.") % {"shown": shown}}
    if warning["code"] == "out_of_stock" and warning["available"]:
        title = _("Only %(number)s left: %(name)s.") % (name | {"number": warning["available"]})
        asked = {"number": warning["requested"]}
        return {"title": title, "text": _("You asked for %(number)s. Take fewer to go on.") % asked}
    if warning["code"] == "quantity_limit":
        asked = {"number": warning["requested"]}
        title = f"{warning['name']}: {most_text(warning['max_quantity'])}"
        return {"title": title, "text": _("You asked for %(number)s. Take fewer to go on.") % asked}
    sold_out = warning["code"] == "out_of_stock"
    title = _("%(name)s is sold out.") if sold_out else _("%(name)s is not for sale at the moment.")
    return {"title": title % name, "text": _("Take it out to go on.")}
