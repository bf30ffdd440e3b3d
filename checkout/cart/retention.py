"""How long carts stay that nobody comes back to."""

from __future__ import annotations

from datetime import datetime

from checkout.cart.models import Cart
from shop.core.retention import kept_for


@kept_for("guest_carts", days=180)
def forget_guest_carts(before: datetime) -> int:
    """Their cookie ends after as long. A cart's own `updated_at` does not move with its lines: theirs count too."""
    old = Cart.objects.filter(user=None, updated_at__lt=before).exclude(lines__added_at__gte=before)
    return old.delete()[0]
