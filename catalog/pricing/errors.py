from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from shop.core.errors import Conflict


class TypedOnProduct(Conflict):
    """Lines of the base list in the shop's own currency follow what is typed on the products."""

    code = "typed_on_product"
    title = _("These prices are typed on the products themselves")
