"""Reading products and categories. Ids are cores' and source-language pages'."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Locale

from catalog.product.models import CategoryLink, CategoryPage, Product, Variant
from shop.core.errors import NotThere


def content_of(core_ids: Iterable[int], locale: str) -> dict[int, Product]:
    """The live content of each product that is on sale: in `locale` where there is one, else in its source language."""
    rows = Product.objects.filter(core_id__in=list(core_ids), core__is_live=True, live=True)
    rows = rows.filter(Q(is_source=True) | Q(locale__language_code=locale)).select_related("core", "locale")
    best: dict[int, Product] = {}
    for row in rows:
        if row.core_id not in best or row.locale.language_code == locale:
            best[row.core_id] = row
    return best


def content_row(core_id: int, locale: str = "", *, lock: bool = False) -> Product:
    """The editorial row of a product, live or not: its source language, or `locale`. Raises NotThere."""
    rows = Product.objects.filter(core_id=core_id)
    rows = rows.filter(locale__language_code=locale) if locale else rows.filter(is_source=True)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotThere()
    return row


def live_variants(core_ids: Iterable[int]) -> dict[int, list[Variant]]:
    """Active variants in their order."""
    found: dict[int, list[Variant]] = {pk: [] for pk in core_ids}
    for variant in Variant.objects.filter(core_id__in=list(found), active=True).order_by("core_id", "position", "pk"):
        found[variant.core_id].append(variant)
    return found


def categories_of(core_ids: Iterable[int]) -> dict[int, list[int]]:
    """Category ids of each product, its main category first."""
    found: dict[int, list[int]] = {pk: [] for pk in core_ids}
    links = CategoryLink.objects.filter(product__core_id__in=list(found), product__is_source=True)
    for core_id, page_id in links.order_by("sort_order", "pk").values_list("product__core_id", "category_id"):
        found[core_id].append(page_id)
    return found


def source_category(page: CategoryPage) -> CategoryPage:
    """The page whose id is the category's: that of the default language, else the oldest translation."""
    siblings = page.get_translations(inclusive=True).order_by("pk")
    return siblings.filter(locale=Locale.get_default()).first() or siblings.first() or page


def category_ids(page: CategoryPage) -> list[int]:
    """The category and everything below it, live or not, as category ids."""
    tree = source_category(page).get_descendants(inclusive=True).type(CategoryPage)
    return list(tree.values_list("pk", flat=True))


def free_slug(wanted: str, *, locale_id: int, but: int | None = None) -> str:
    """`wanted`, or with the first number that makes it free in the language."""
    taken = set(
        Product.objects.filter(locale_id=locale_id, slug__startswith=wanted)
        .exclude(pk=but)
        .values_list("slug", flat=True)
    )
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def why_kept(product: Product) -> str:
    """Why a product's row may not be deleted; empty if it may. Live rows are never deleted anyway."""
    if not product.is_source:
        return ""
    if product.core.published_at is not None:
        return _("It was on sale once: orders and stock point at it. Unpublish it instead.")
    if Product.objects.filter(core_id=product.core_id).exclude(pk=product.pk).exists():
        return _("It has translations: delete them first, or make one of them the source.")
    return ""


def why_category_kept(page: CategoryPage) -> str:
    """Why a category may not be deleted; empty if it may."""
    if page.get_children().exists():
        return _("It has categories below it.")
    if CategoryLink.objects.filter(category=source_category(page)).exists():
        return _("Products stand on this shelf.")
    return ""
