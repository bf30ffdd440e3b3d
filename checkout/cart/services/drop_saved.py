from __future__ import annotations

from checkout.cart.models import SavedLine
from shop.core.errors import NotThere


def drop_saved(*, cart_id: int, saved_id: int) -> None:
    """Forget what was put aside. Raises NotThere."""
    if not SavedLine.objects.filter(cart_id=cart_id, pk=saved_id).delete()[0]:
        raise NotThere
