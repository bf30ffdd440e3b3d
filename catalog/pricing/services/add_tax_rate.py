from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.pricing.events import PRODUCTS_AN_EVENT, PriceChanged
from catalog.pricing.models import TaxRate
from catalog.product.models import ProductCore, TaxClass
from shop.core.db import in_chunks
from shop.core.errors import Invalid, NotThere
from shop.core.outbox import publish


def add_tax_rate(*, tax_class_id: int, basis_points: int, valid_from: datetime, at: datetime) -> TaxRate:
    """The rate of a tax class from a date on. Only the first one of a class may begin in the past.

    Raises Invalid, NotThere. Locks: the tax class.
    """
    with transaction.atomic():
        tax_class = TaxClass.objects.select_for_update().filter(pk=tax_class_id).first()
        if tax_class is None:
            raise NotThere
        if not 0 <= basis_points <= 10_000:
            raise Invalid(errors={"percent": [_("From 0 to 100 percent.")]})
        if tax_class.rates.filter(valid_from=valid_from).exists():
            raise Invalid(errors={"valid_from": [_("There is a rate from that moment on already.")]})
        if valid_from < at and tax_class.rates.exists():
            raise Invalid(errors={"valid_from": [_("A rate begins now or later: what was charged stays as it was.")]})
        rate = TaxRate.objects.create(tax_class=tax_class, basis_points=basis_points, valid_from=valid_from)
        cores = ProductCore.objects.filter(tax_class=tax_class).order_by("pk").values_list("pk", flat=True)
        for chunk in in_chunks(cores.iterator(), PRODUCTS_AN_EVENT):
            publish(PriceChanged(chunk), aggregate=f"tax_class:{tax_class.pk}", at=at)
    return rate
