from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction

from catalog.product.models import CategoryPage
from catalog.product.services.create_category import category_parent, with_form_errors
from shop.core.errors import Invalid, NotThere

KEEP = object()


def change_category(*, category_id: int, parent_id: Any = KEEP, by: Any = None, **fields: Any) -> CategoryPage:
    """Change the named fields (title, slug, intro, hero_id, default_sort) and publish; `parent_id` moves the category,
    None to the top. Raises NotThere, Invalid, with nothing written. Locks: the category.
    """
    with transaction.atomic():
        page = CategoryPage.objects.select_for_update(of=("self",)).filter(pk=category_id).first()
        if page is None:
            raise NotThere
        if parent_id is not KEEP:
            _move(page, parent_id, by)
            page.refresh_from_db()
        draft = page.get_latest_revision_as_object()
        for name, value in fields.items():
            setattr(draft, name, value)
        with_form_errors(draft.full_clean)
        draft.save_revision(user=by, log_action=True).publish(user=by, skip_permission_checks=True)
    return CategoryPage.objects.get(pk=category_id)


def _move(page: CategoryPage, parent_id: int | None, by: Any) -> None:
    parent = category_parent(parent_id)
    if parent.path.startswith(page.path):
        raise Invalid(errors={"parent": [_("A category cannot stand below itself.")]})
    if page.get_parent().pk != parent.pk:
        action = MovePageAction(page, parent, pos="last-child", user=by)
        with_form_errors(action.execute, skip_permission_checks=True)
