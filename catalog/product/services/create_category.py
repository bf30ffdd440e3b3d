from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from catalog.product.models import CategoryPage
from catalog.product.rules import slug_of
from shop.core.errors import Invalid


def create_category(*, title: str, parent_id: int | None = None, by: Any = None, **fields: Any) -> CategoryPage:
    """Make a category and publish it, below another one or at the top. `fields`: slug, intro, hero_id, default_sort.

    Without `slug` a free one is made of the title. Raises Invalid, with nothing written.
    """
    with transaction.atomic():
        parent = category_parent(parent_id)
        page = CategoryPage(title=title, slug=fields.pop("slug", "") or _free_slug(title, parent.locale_id), **fields)
        page.locale = parent.locale
        page.live = False
        with_form_errors(parent.add_child, instance=page)
        page.save_revision(user=by, log_action="wagtail.create").publish(user=by, skip_permission_checks=True)
    return CategoryPage.objects.get(pk=page.pk)


def category_parent(parent_id: int | None) -> Page:
    """The page that a category stands below: another category, or the home page of the site. Raises Invalid."""
    if parent_id is not None:
        found = CategoryPage.objects.filter(pk=parent_id).first()
        if found is None:
            raise Invalid(errors={"parent": [_("There is no category %(id)s.") % {"id": parent_id}]})
        return found
    site = Site.objects.filter(is_default_site=True).select_related("root_page__locale").first()
    if site is None:
        raise Invalid(errors={"parent": [_("The shop has no home page yet.")]})
    return site.root_page


def with_form_errors(function: Any, **kwargs: Any) -> Any:
    """Wagtail's own checks (a slug that is taken, for one) as the shop's refusal, under the API's field names."""
    names = {"title": "name", "__all__": "non_field_errors"}
    try:
        return function(**kwargs)
    except ValidationError as refused:
        errors = refused.message_dict
        raise Invalid(errors={names.get(field, field): list(texts) for field, texts in errors.items()}) from refused


def _free_slug(title: str, locale_id: int) -> str:
    wanted, number = slug_of(title), 2
    taken = set(Page.objects.filter(slug__startswith=wanted, locale_id=locale_id).values_list("slug", flat=True))
    slug = wanted
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
