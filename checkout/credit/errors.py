from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict

if TYPE_CHECKING:
    from shop.core.money import Money


class NotEnoughCredit(Conflict):
    """`balance` tells what there is, as a decimal string with its `currency`."""

    code = "not_enough_credit"
    title = _("There is not that much store credit")

    def __init__(self, *, balance: Money) -> None:
        super().__init__(balance=str(balance), currency=balance.currency)


class NoCreditAccount(Conflict):
    """Credit belongs to a person who can sign in: not to a guest, nor to an account that was closed."""

    code = "no_credit_account"
    title = _("Store credit needs an account, and this buyer has none")


class CreditKeyUsed(Conflict):
    code = "credit_key_used"
    title = _("This was done before, with another amount")
