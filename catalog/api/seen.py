"""`If-Match` on products and categories: what a client has seen is the answer to its `GET`, from the read model."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from rest_framework.request import Request

from catalog.api.drafts import draft_json
from catalog.listing.interface import catalogue
from catalog.listing.services.refresh import refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.product.models import CategoryPage, Product
from shop.core.api.conditional import tag_of
from shop.core.api.context import context_of
from shop.core.api.preconditions import matching, tag_of_json


def tag_of_product(request: Request, product_id: int, *, draft: bool) -> str:
    """Of the product in the language and currency of the request; of its draft where there is nothing live."""
    live = None if draft else catalogue().detail(product_id, context_of(request))
    return tag_of(live.encode()) if live else tag_of_json(draft_json(product_id, context_of(request)))


def seen_product(request: Request, product_id: int, *, draft: bool) -> AbstractContextManager[None]:
    def tag() -> str:
        refresh([product_id])  # the read model follows a commit; under the lock it says what is true
        return tag_of_product(request, product_id, draft=draft)

    return matching(request, rows=Product.objects.filter(core_id=product_id), tag=tag)


def seen_category(request: Request, category_id: int, read: Callable[[], str]) -> AbstractContextManager[None]:
    def tag() -> str:
        refresh_shelves()
        return tag_of(read().encode())

    return matching(request, rows=CategoryPage.objects.filter(pk=category_id), tag=tag)
