"""What may be written of a category, and how it reads right after."""

from __future__ import annotations

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.api.product_input import Whole
from catalog.listing.images import pictures_of
from catalog.listing.selectors.shelves import product_count
from catalog.product.models import CategoryPage
from shop.core.errors import Invalid

NAMES = {"name": "title", "slug": "slug", "parent": "parent_id", "image": "hero_id", "default_sort": "default_sort"}


class CategoryIn(serializers.Serializer):
    name = serializers.CharField(max_length=255)
    slug = serializers.SlugField(max_length=255, required=False, allow_unicode=True)
    parent = Whole(required=False, allow_null=True, min_value=1, max_value=2**53)  # type: ignore[assignment]
    description = serializers.CharField(required=False, allow_blank=True, max_length=2000, help_text="Plain text.")
    image = Whole(required=False, allow_null=True, min_value=1, max_value=2**31 - 1, help_text="Id of an image.")
    default_sort = serializers.ChoiceField(CategoryPage.Sort.choices, required=False)


def page_as_json(page: CategoryPage) -> dict[str, Any]:
    """A category that was just written, from its page: the shelf follows after the commit."""
    parent = page.get_parent()
    hero = pictures_of([page.hero_id]).get(page.hero_id)
    return {
        "id": page.pk,
        "name": page.title,
        "slug": page.slug,
        "parent": parent.pk if CategoryPage.objects.filter(pk=parent.pk).exists() else None,
        "children": list(CategoryPage.objects.child_of(page).live().order_by("path").values_list("pk", flat=True)),
        "image": hero.as_json(page.title) if hero else None,
        "product_count": product_count(page.pk),
        "url": page.get_url() or "",
    }


def fields_of(given: dict[str, Any]) -> dict[str, Any]:
    """For the product room's use cases. Raises Invalid for an image that is not there."""
    fields = {inner: given[name] for name, inner in NAMES.items() if name in given}
    if "description" in given:
        fields["intro"] = "".join(f"<p>{escape(text)}</p>" for text in given["description"].splitlines() if text)
    if fields.get("hero_id") and not pictures_of([fields["hero_id"]]):
        raise Invalid(errors={"image": [_("There is no image %(id)s.") % {"id": fields["hero_id"]}]})
    return fields
