from __future__ import annotations

from collections.abc import Iterator

from catalog.listing.models import SearchWord
from catalog.listing.services.refresh import CHUNK, refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.product.models import ProductCore


def rebuild(*, after: int = 0) -> Iterator[tuple[int, int]]:
    """Make the whole read model anew while it is in use, 500 products at a time, each with its own transaction.

    Yields the id of the last product that is done, and how many were. `after` goes on behind that product. Rows of
    products that are not live go away; the words for spelling are collected afresh when it begins at the beginning.
    """
    refresh_shelves()
    if not after:
        SearchWord.objects.all().delete()
    while ids := _next_ids(after):
        refresh(ids)
        after = ids[-1]
        yield after, len(ids)


def _next_ids(after: int) -> list[int]:
    return list(ProductCore.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK])
