"""Who may write the catalogue. Reading is for everyone."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission

from catalog.product.models import ProductCore
from shop.accounts.roles import MERCHANDISER, VENDOR, has_role
from shop.core.errors import NotThere


class MerchandisersWrite(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return request.method in SAFE_METHODS or has_role(request.user, MERCHANDISER)


class MerchandisersAndVendorsWrite(BasePermission):
    def has_permission(self, request: Any, view: Any) -> bool:
        return request.method in SAFE_METHODS or has_role(request.user, MERCHANDISER, VENDOR)


def refuse_foreign(user: Any, product_id: int) -> None:
    """A vendor reaches its own products only; a foreign one answers like a missing one. Raises NotThere."""
    if not has_role(user, MERCHANDISER) and not ProductCore.objects.filter(pk=product_id, seller_id=user.pk).exists():
        raise NotThere
