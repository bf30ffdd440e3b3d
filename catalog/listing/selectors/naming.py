"""How people call a variant, and where its page is."""

from __future__ import annotations

from django.conf import settings

from catalog.listing.models import Card, Detail
from catalog.product.addresses import product_path
from catalog.product.models import Variant


def piece_of(variant: Variant, locale: str) -> tuple[str, str]:
    """Name with options, and path of the page with this variant chosen; the SKU and no path for what is not shown."""
    language = locale or settings.LANGUAGE_CODE
    shown = {"core_id": variant.core_id, "locale": language}
    name = Card.objects.filter(**shown).order_by("pk").values_list("name", flat=True).first()
    slug = Detail.objects.filter(**shown).values_list("slug", flat=True).first()
    if name is None or slug is None:
        return variant.sku, ""
    options = ", ".join(str(value) for value in variant.options.values())
    return f"{name} ({options})" if options else name, f"{product_path(slug, language)}?variant={variant.pk}"
