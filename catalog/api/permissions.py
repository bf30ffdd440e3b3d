"""Who may write the catalogue. Reading is for everyone."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from wagtail.models import Page

from catalog.product.models import Product, ProductCore
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


def may_edit(user: Any, row: Product | Page) -> bool:
    """Whether somebody may see, and so may let others see, drafts of this product or page."""
    if isinstance(row, Page):
        return bool(user.is_active and row.permissions_for_user(user).can_edit())
    own = ProductCore.objects.filter(pk=row.core_id, seller_id=user.pk)
    return has_role(user, MERCHANDISER) or (has_role(user, VENDOR) and own.exists())
