from __future__ import annotations

from catalog.product.errors import SlugTaken
from catalog.product.models import Product


def refuse_taken_slug(*, product: Product) -> None:
    """Raises SlugTaken where another product of the language has this slug, live or not. The constraint
    `product_slug_per_language` guards the rest."""
    others = Product.objects.filter(locale_id=product.locale_id, slug=product.slug).exclude(pk=product.pk)
    if others.exists():
        raise SlugTaken(errors={"slug": [SlugTaken.title]})
