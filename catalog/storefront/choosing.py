"""The variants of a product as its page offers them: links for all options but the last, radios for that one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.core.money import Money, format_money, tax_inside

FEW = 5
Variant = Mapping[str, Any]


def chosen_variant(variants: Sequence[Variant], wanted: str) -> Variant:
    """The one asked for, else the first that can be bought."""
    asked = next((variant for variant in variants if str(variant["id"]) == wanted), None)
    return asked or next((variant for variant in variants if variant["in_stock"]), variants[0])


def shown_variant(variant: Variant, product: Mapping[str, Any], locale: str) -> dict[str, Any]:
    """A variant with its words (`selected`, and the values of `variant_data`)."""
    percent = variant["percent_off"]
    return {
        "id": variant["id"],
        "sku": variant["sku"],
        "price_text": variant["price_text"],
        "compare_at_text": variant["compare_at_text"],
        "percent_off": percent,
        "percent_off_text": _("%(percent)s%% off") % {"percent": percent} if percent else "",
        "in_stock": variant["in_stock"],
        "stock_state": "out" if not variant["in_stock"] else "few" if variant["stock"] <= FEW else "in",
        "stock_text": _stock_text(variant),
        "quantity_max": max(1, min(variant["stock"], variant["max_quantity"])),
        "image_index": _image_index(variant, product),
        "price_explained": _explained(variant, product, locale),
    }


def options_of(product: Mapping[str, Any], selected: Variant) -> list[dict[str, Any]]:
    """What is chosen between, in the order of the options; nothing for a product with one variant."""
    variants, options = product["variants"], product["options"]
    if len(variants) < 2:
        return []
    if not options:
        return [_bare_choice(variants, selected)]
    codes = [option["code"] for option in options]
    shown = [_links(option, variants, selected) for option in options[:-1]]
    return [*shown, _radios(options[-1], codes[:-1], variants, selected)]


def _links(option: Mapping[str, Any], variants: Sequence[Variant], selected: Variant) -> dict[str, Any]:
    values = []
    for value in option["values"]:
        of_value = [v for v in variants if _has(v, option["code"], value)]
        if not of_value:
            continue
        nearest = max(of_value, key=lambda v: (v["in_stock"], _shared(v, selected)))
        values.append(_value(value, nearest, selected, option["code"]) | {
            "url": f"?variant={nearest['id']}", "in_stock": any(v["in_stock"] for v in of_value)})  # fmt: skip
    return _option(option, values, as_links=True)


def _radios(
    option: Mapping[str, Any], others: Sequence[str], variants: Sequence[Variant], selected: Variant
) -> dict[str, Any]:
    fitting = [v for v in variants if all(v["options"].get(c) == selected["options"].get(c) for c in others)]
    values = [
        _value(value, variant, selected, option["code"])
        | {"variant_id": variant["id"], "in_stock": variant["in_stock"]}
        for value in option["values"]
        for variant in fitting
        if _has(variant, option["code"], value)
    ]
    return _option(option, values, as_links=False)


def _bare_choice(variants: Sequence[Variant], selected: Variant) -> dict[str, Any]:
    """Variants without options are told apart by their SKU."""
    values = [
        {"label": v["sku"], "hex": "", "image": v["image"], "selected": v is selected, "variant_id": v["id"],
         "in_stock": v["in_stock"]} for v in variants
    ]  # fmt: skip
    return _option({"code": "variant", "name": _("Kind")}, values, as_links=False)


def _option(option: Mapping[str, Any], values: list[dict[str, Any]], *, as_links: bool) -> dict[str, Any]:
    pictured, colored = (all(value[key] for value in values) for key in ("image", "hex"))
    # Sizes of one thing look alike: a picture helps only where each value has another one.
    pictured = pictured and len({value["image"]["url"] for value in values}) == len(values)
    return {
        "code": option["code"],
        "name": option["name"],
        "chosen": next((value["label"] for value in values if value["selected"]), ""),
        "kind": "picture" if pictured else "colour" if colored else "text",
        "as_links": as_links,
        "values": values if pictured else [{**value, "image": None} for value in values],
    }


def _value(value: Mapping[str, Any], variant: Variant, selected: Variant, code: str) -> dict[str, Any]:
    return {
        "label": value["label"],
        "hex": value.get("hex", ""),
        "image": variant["image"],
        "selected": _has(selected, code, value),
    }


def _has(variant: Variant, code: str, value: Mapping[str, Any]) -> bool:
    return str(variant["options"].get(code)) == value["value"]


def _shared(variant: Variant, other: Variant) -> int:
    return sum(variant["options"].get(code) == value for code, value in other["options"].items())


def _stock_text(variant: Variant) -> str:
    left = variant["stock"]
    if not variant["in_stock"]:
        return _("Sold out")
    if left <= FEW:
        return ngettext("Only %(left)s left", "Only %(left)s left", left) % {"left": left}
    return _("In stock")


def _image_index(variant: Variant, product: Mapping[str, Any]) -> int | None:
    if not variant["image"]:
        return None
    urls = [image["url"] for image in product["images"]]
    return urls.index(variant["image"]["url"]) if variant["image"]["url"] in urls else None


def _explained(variant: Variant, product: Mapping[str, Any], locale: str) -> str:
    if not variant["price"] or not product["tax_rate"]:
        return ""
    price = Money.parse(variant["price"], variant["currency"])
    basis_points = round(float(product["tax_rate"]) * 100)
    tax = tax_inside(price.minor, basis_points)
    return _("%(price)s includes %(rate)s%% GST, which is %(tax)s.") % {
        "price": variant["price_text"],
        "rate": f"{basis_points / 100:g}",
        "tax": format_money(tax, price.currency, locale),
    }
