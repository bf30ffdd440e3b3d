from __future__ import annotations

from django.utils.translation import gettext as _

from catalog.product.models import Variant
from shop.core.errors import Invalid


def find_variant(*, product_id: int, variant_id: int | None) -> Variant:
    """The variant that is meant: the named one, or the only one. Raises Invalid naming the field that is wrong."""
    variants = Variant.objects.select_related("core").filter(core_id=product_id, core__is_live=True, active=True)
    if variant_id is not None:
        found = variants.filter(pk=variant_id).first()
        if found is None:
            raise Invalid(errors={"variant_id": [_("This product has no such variant.")]})
        return found
    candidates = list(variants[:2])
    if not candidates:
        raise Invalid(errors={"product_id": [_("There is no such product for sale.")]})
    if len(candidates) > 1:
        raise Invalid(errors={"variant_id": [_("This product comes in several variants: name one.")]})
    return candidates[0]
