"""Which couriers the settings offer. A further one is a file beside this, and a line here."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from checkout.shipping.couriers.http import HttpCourier
from checkout.shipping.couriers.manual import ByHand
from checkout.shipping.couriers.port import Courier
from checkout.shipping.errors import CourierNotOffered


def offered() -> list[Courier]:
    """The one by hand first; others while they are configured."""
    return [ByHand(), *([HttpCourier()] if settings.COURIER_API_URL else [])]


def courier(code: str) -> Courier:
    """Raises CourierNotOffered."""
    for known in offered():
        if known.code == code:
            return known
    codes = ", ".join(known.code for known in offered())
    raise CourierNotOffered(errors={"courier": [_("One of: %(codes)s.") % {"codes": codes}]})
