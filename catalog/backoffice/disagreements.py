"""Conflicting values, in the words of the editor: labels instead of paths, rupees instead of paise."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from wagtail.fields import StreamField

from catalog.product.merge import LISTS, VARIANTS, Disagreement
from catalog.product.models import Product, VariantSpec
from shop.core.fields import MinorUnitsField
from shop.core.money import Money


@dataclass(frozen=True)
class Shown:
    label: str
    yours: str
    theirs: str


def show(disagreement: Disagreement, product: Product) -> Shown:
    """How a conflict reads in the editor of `product`."""
    label, field = _label_and_field(disagreement.path, product)
    return Shown(label, _value(field, disagreement.draft), _value(field, disagreement.live))


def _label_and_field(path: str, product: Product) -> tuple[str, models.Field | None]:
    name, *rest = path.split(".")
    if name == VARIANTS:
        return _of_variant(rest, product)
    if name in LISTS:
        return {"images": _("Pictures"), "category_links": _("Categories")}[name], None
    field = Product._meta.get_field(name)
    label = capfirst(str(field.verbose_name))
    return (f"{label}: {rest[0]}", None) if rest else (label, field)


def _of_variant(rest: list[str], product: Product) -> tuple[str, models.Field | None]:
    sku = next((spec.sku for spec in product.variant_specs.all() if str(spec.key) == rest[0]), "")
    label = _("Variant %(sku)s") % {"sku": sku}
    if len(rest) == 1:
        return label, None
    field = VariantSpec._meta.get_field(rest[1])
    return f"{label}: {field.verbose_name}", field


def _value(field: models.Field | None, value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if isinstance(field, MinorUnitsField):
        return f"₹\u00a0{Money(value, settings.DEFAULT_CURRENCY)}"
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if isinstance(field, StreamField):
        return Truncator(_text_of(json.loads(value) if isinstance(value, str) else value)).chars(200)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {entry}" for key, entry in value.items())
    return _("%(n)s entries") % {"n": len(value)} if isinstance(value, list) else str(value)


def _text_of(value: Any) -> str:
    """The words in a stream's JSON, without its block types and ids."""
    if isinstance(value, dict):
        return _text_of(value["value"] if {"type", "value"} <= value.keys() else list(value.values()))
    if isinstance(value, list):
        return " ".join(filter(None, map(_text_of, value)))
    return strip_tags(value) if isinstance(value, str) else ""
