"""A changed slug leaves a redirect behind, so that links and bookmarks keep working."""

from __future__ import annotations

from datetime import datetime

from wagtail.contrib.redirects.models import Redirect

from catalog.product.addresses import brand_path, product_path
from catalog.product.models import Brand, Product
from catalog.product.projection import at_moment


def keep_address(*, old_path: str, new_path: str) -> None:
    """Send `old_path` to `new_path` for good; older redirects follow, and `new_path` itself is free of any."""
    if old_path == new_path:
        return
    Redirect.objects.filter(old_path=Redirect.normalise_path(new_path), site=None).delete()
    Redirect.objects.filter(redirect_link=old_path, site=None).update(redirect_link=new_path)
    Redirect.objects.update_or_create(
        old_path=Redirect.normalise_path(old_path),
        site=None,
        defaults={
            "redirect_link": new_path, "redirect_page": None, "is_permanent": True, "automatically_created": True,
        },
    )  # fmt: skip


@at_moment("live")
def keep_product_address(*, product: Product, at: datetime, previous_slug: str = "") -> None:
    if previous_slug:
        locale = product.locale.language_code
        keep_address(old_path=product_path(previous_slug, locale), new_path=product_path(product.slug, locale))


@at_moment("brand_live")
def keep_brand_address(*, brand: Brand, previous_slug: str) -> None:
    keep_address(old_path=brand_path(previous_slug), new_path=brand_path(brand.slug))
