from __future__ import annotations

from datetime import datetime

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from catalog.inventory.selectors import available_for
from catalog.listing.notices import BACK_IN_STOCK
from catalog.product.models import Variant
from shop.accounts.models import User
from shop.core.errors import Conflict, Invalid, NotThere
from shop.notifications.services.wait_for import wait_for

TELL = "catalog.listing.tasks.tell_waiting_for"  # by name: tasks stand above services


def wait_for_variant(
    *, product_id: int, at: datetime, locale: str, variant_id: int | None = None, user: User | None = None,
    email: str = "",
) -> str:  # fmt: skip
    """Somebody wants to know when a sold-out variant is back; returns the address that is written to. Raises NotThere,
    Conflict while it can be bought, Invalid without an address or (several variants) without a choice."""
    variants = list(
        Variant.objects.filter(core_id=product_id, core__is_live=True, active=True).values_list("pk", flat=True)
    )
    if not variants or (variant_id and variant_id not in variants):
        raise NotThere
    if variant_id is None and len(variants) > 1:
        raise Invalid(errors={"variant_id": [_("Choose one of the options.")]})
    wanted = variant_id or variants[0]
    if is_for_sale(wanted):
        raise Conflict(_("It can be bought now."), code="in_stock")
    alert = wait_for(kind=BACK_IN_STOCK, reference=f"variant:{wanted}", at=at, locale=locale, user=user, email=email)
    if is_for_sale(wanted):  # it came back in between: its news went out before this wish was there
        import_string(TELL).enqueue(wanted)
    return alert.email


def is_for_sale(variant_id: int) -> bool:
    return available_for([variant_id]).get(variant_id, 0) > 0
