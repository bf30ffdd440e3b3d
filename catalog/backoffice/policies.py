"""Who may do what to single products, beyond Django's permissions."""

from __future__ import annotations

from wagtail.permission_policies import ModelPermissionPolicy

from catalog.product.models import Product
from catalog.product.selectors import why_kept


class ProductPolicy(ModelPermissionPolicy):
    """What was on sale once, or has translations, is not deleted, not even by a superuser: it is unpublished."""

    def user_has_permission_for_instance(self, user, action, instance):
        allowed = super().user_has_permission_for_instance(user, action, instance)
        return allowed and not (action == "delete" and isinstance(instance, Product) and why_kept(instance))

    def instances_user_has_any_permission_for(self, user, actions):
        instances = super().instances_user_has_any_permission_for(user, actions)
        if set(actions) == {"delete"}:
            return instances.filter(is_source=False) | instances.filter(core__published_at=None)
        return instances
