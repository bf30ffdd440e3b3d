from __future__ import annotations

from django.db.models import Case, Value, When

from checkout.cart.models import CartLine
from checkout.cart.selectors import CartView


def remember_shown(view: CartView) -> None:
    """The shopper has now seen these prices (promise M5). Writes only where one changed."""
    changed = {
        item.id: item.price.amount.minor for item in view.items if item.price and item.price.amount != item.shown
    }
    if changed:
        shown = Case(*(When(pk=id_, then=Value(price)) for id_, price in changed.items()))
        CartLine.objects.filter(pk__in=changed).update(shown_price=shown, shown_currency=view.currency)
