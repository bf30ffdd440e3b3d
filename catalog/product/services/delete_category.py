from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.actions.delete_page import DeletePageAction

from catalog.product.errors import StillNeeded
from catalog.product.models import CategoryPage
from catalog.product.selectors import why_category_kept
from shop.core.errors import NotThere


def delete_category(*, category_id: int, by: Any = None) -> None:
    """Delete an empty category in every language. Raises NotThere, StillNeeded while products or categories are in it.

    Locks: the category.
    """
    with transaction.atomic():
        page = CategoryPage.objects.select_for_update(of=("self",)).filter(pk=category_id).first()
        if page is None:
            raise NotThere
        reason = why_category_kept(page)
        if reason:
            raise StillNeeded(reason)
        for one in [*page.get_translations(), page]:
            DeletePageAction(one, user=by).execute(skip_permission_checks=True)
