"""Where somebody goes who paid on a gateway's own page: back to the client that sent them, where it asked for that.

The gateway sends everybody to our own address, which settles the payment. The client's address is kept meanwhile by the
buyer's browser: on the way out they pass an address of ours that sets a signed cookie for the way back.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from rest_framework import serializers

from checkout.payment.models import Payment

LEAVE_SALT, BACK_SALT = "checkout.leave", "checkout.return"
COOKIE = "pay_return"
KEPT_SECONDS = 24 * 3600  # as long as the gateway's page can be paid on


class ReturnUrlField(serializers.CharField):
    """A path of the shop, or an address of the shop or of an origin of CORS_ALLOWED_ORIGINS."""

    def __init__(self, **kwargs: Any) -> None:
        told = "A path of the shop, or an address of an allowed origin. `order_id` and `payment` are added to it."
        given: dict[str, Any] = {"max_length": 500, "required": False, "allow_blank": True, "help_text": told}
        super().__init__(**given | kwargs)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        if text and not _is_allowed(text):
            raise serializers.ValidationError(_("Only addresses of this shop, or of its own clients."))
        return f"{settings.SITE_URL}{text}" if text.startswith("/") else text


def _is_allowed(text: str) -> bool:
    """Browsers take a backslash for a slash, and leave out control characters."""
    if "\\" in text or not text.isascii() or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if text.startswith("/"):
        return not text.startswith("//")
    origins = {_origin(settings.SITE_URL), *settings.CORS_ALLOWED_ORIGINS}
    return _origin(text) in origins and "@" not in parts.netloc


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def leaving(payment: Payment, options: dict[str, Any], return_url: str) -> dict[str, Any]:
    """What the gateway's checkout needs, its page behind an address of ours where the buyer is to come back to a client."""
    if not return_url or "redirect_url" not in options:
        return options
    way = {"to": options["redirect_url"], "path": back_path(payment), "return_url": return_url}
    signed = signing.dumps(way, salt=LEAVE_SALT)
    return options | {"redirect_url": f"{settings.SITE_URL}/checkout/pay/leave/{signed}/"}


def back_path(payment: Payment) -> str:
    return f"/checkout/pay/back/{payment.provider}/{payment.receipt}/"
