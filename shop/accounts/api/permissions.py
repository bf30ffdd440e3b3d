"""Who may call. Every wing's API uses these; a role is looked up once per request."""

from __future__ import annotations

from rest_framework.permissions import BasePermission

from shop.accounts import roles


class HasRole(BasePermission):
    """A signed-in user with one of `roles`; an administrator has every one. Guests get 401, others 403."""

    roles: tuple[str, ...] = ()

    def has_permission(self, request, view) -> bool:
        return bool(request.user.is_authenticated and roles.has_role(request.user, *self.roles))


class IsAdminRole(HasRole):
    roles = (roles.ADMIN,)


class IsMerchandiser(HasRole):
    roles = (roles.MERCHANDISER,)


class IsSupport(HasRole):
    roles = (roles.SUPPORT,)


class IsStaffRole(HasRole):
    """Administrator, merchandiser or support."""

    roles = tuple(roles.STAFF)


class IsVendor(HasRole):
    roles = (roles.VENDOR,)


class IsMerchandiserOrVendor(HasRole):
    """A vendor still needs a check that the object is its own."""

    roles = (roles.MERCHANDISER, roles.VENDOR)
