from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict, Refusal


class CartEmpty(Refusal):
    code = "cart_empty"
    title = _("The cart is empty")


class PriceChanged(Conflict):
    """`changes`: `[{item_id, sku, shown, now}]`, with `shown_currency` where it was shown in another one. Showing the cart
    again, or accepting, goes on."""

    code = "price_changed"
    title = _("Prices have changed since you last saw the cart")


class TotalChanged(Conflict):
    """The total is not the one that was shown, whatever the reason. `shown`, `now`."""

    code = "total_changed"
    title = _("The total has changed since you last saw it")


class LinesNotForSale(Conflict):
    code = "not_for_sale"
    title = _("Something in the cart is no longer for sale")


class QuantityLimit(Conflict):
    """More of one kind than an order may hold. `items`: `[{item_id, sku, requested, max_quantity}]`."""

    code = "quantity_limit"
    title = _("There is more of one kind in the cart than an order may hold")


class Shortage(Conflict):
    """`shortages`: `[{item_id, sku, requested, available}]`."""

    code = "out_of_stock"
    title = _("There are not enough pieces left")


class WrongState(Conflict):
    """A step that the table does not allow; `allowed` names those that it does."""

    code = "wrong_state"
    title = _("The order is not in a state for that")


class UnderReview(Conflict):
    """Staff look at the order first; `reason`."""

    code = "under_review"
    title = _("The order is held for review")


class WrongCode(Refusal):
    """`tries_left` of this code; with none left, or after ten minutes, a new one is needed."""

    code = "wrong_code"
    title = _("That is not the code")


class CodeOver(Conflict):
    code = "code_over"
    title = _("The code is too old or was tried too often: ask for a new one")


class CodeTooSoon(Conflict):
    code = "code_too_soon"
    title = _("A code was sent just now, or too many were: look again, or write to us")


class NotReturnable(Conflict):
    """`items`: `[{item_id, requested, returnable}]`: not delivered, too long ago, or on its way back already."""

    code = "not_returnable"
    title = _("That many pieces cannot be sent back")


class NotExchangeable(Conflict):
    """Not enough of what is wanted instead. `item_id`, `variant_id`, `available`."""

    code = "not_exchangeable"
    title = _("There are not enough pieces of that for an exchange")


class ReturnWindowOver(Conflict):
    """Everything arrived too long ago; `days` is how long things can be sent back."""

    code = "return_window_over"
    title = _("The time for sending it back is over")
