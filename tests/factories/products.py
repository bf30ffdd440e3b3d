"""Products made through the use case, as a program would."""

from __future__ import annotations

from itertools import count

from wagtail.models import Locale, Page

from catalog.product.models import CategoryPage, Product, ProductCore
from catalog.product.services.create_product import create_product

_number = count(1)


def make_product(*, draft: bool = False, **fields) -> Product:
    """A product, live unless `draft`; one variant at ₹ 100.00 unless told otherwise."""
    number = next(_number)
    given = {"title": f"Bowl {number}", **fields}
    if "variants" not in given:
        given = {"sku": f"BOWL-{number}", "price": 10_000, **given}
    core = create_product(fields=given, draft=draft)
    return source_of(core)


def make_two_sizes(**fields) -> Product:
    number = next(_number)
    variants = [
        {"sku": f"CUP-{number}-S", "options": {"size": "S"}, "price": 5_000},
        {"sku": f"CUP-{number}-L", "options": {"size": "L"}, "price": 9_000, "compare_at_price": 12_000},
    ]
    return make_product(variants=variants, **fields)


def source_of(core: ProductCore) -> Product:
    return Product.objects.get(core=core, is_source=True)


def make_category(title: str = "", parent: Page | None = None, **fields) -> CategoryPage:
    parent = parent or Page.get_first_root_node().get_children().first()
    page = CategoryPage(title=title or f"Shelf {next(_number)}", locale=Locale.get_default(), **fields)
    return parent.add_child(instance=page)
