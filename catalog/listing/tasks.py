from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks import task

from catalog.listing import images
from catalog.listing.models import Card
from catalog.listing.notices import BACK_IN_STOCK
from catalog.listing.selectors.naming import piece_of
from catalog.listing.selectors.shown import cores_showing
from catalog.listing.selectors.truth import units_sold
from catalog.listing.services.refresh import CHUNK, refresh
from catalog.listing.services.refresh_shelves import refresh_shelves
from catalog.listing.services.wait_for_variant import is_for_sale
from catalog.product.models import Variant
from shop.core.db import in_chunks
from shop.core.tasks.clock import every
from shop.notifications.services.tell import Happening
from shop.notifications.services.tell_waiting import tell_waiting

POPULAR_FOR = timedelta(days=30)


@task(priority=-50)
def make_renditions(image_id: int, replaced: bool = False) -> None:
    """Make a picture's sizes, then show them; also where it was `replaced`, or has another text."""
    if images.make_renditions(image_id) or replaced:
        refresh(cores_showing(image_id))
        refresh_shelves()


@task()
def refresh_products(core_ids: list[int]) -> None:
    refresh(core_ids)


@task()
def tell_waiting_for(variant_id: int) -> None:
    """That it is back: to everybody who asked, in batches, until none waits or it is sold out again."""
    variant = Variant.objects.get(pk=variant_id)

    def describe(locale: str, key: str) -> Happening:
        piece, path = piece_of(variant, locale)
        return Happening(
            BACK_IN_STOCK, key, {"piece": piece}, url=settings.SITE_URL + path, reference=f"variant:{variant_id}"
        )

    told = 1
    while told and is_for_sale(variant_id):
        told = tell_waiting(kind=BACK_IN_STOCK, reference=f"variant:{variant_id}", at=timezone.now(), describe=describe)


@every(seconds=30)
def refresh_what_is_no_longer_true() -> int:
    """Cards whose price boundary has passed; returns how many products."""
    due = Card.objects.filter(valid_until__lte=timezone.now()).values_list("core_id", flat=True).distinct()
    refreshed = 0
    for chunk in in_chunks(list(due), CHUNK):
        refreshed += refresh(chunk)
    return refreshed


@every(seconds=3600)
def count_popularity() -> int:
    """Units shipped in the last 30 days decide what is popular; returns how many products changed."""
    sold = units_sold(timezone.now() - POPULAR_FOR)
    statement = """
        WITH sold AS (SELECT * FROM unnest(%s::bigint[], %s::int[]) AS s(core_id, units))
        UPDATE listing_placement p SET popularity = coalesce(now.units, 0)
        FROM (SELECT p.id, s.units FROM listing_placement p LEFT JOIN sold s ON s.core_id = p.core_id
              WHERE p.popularity <> coalesce(s.units, 0) ORDER BY p.id FOR UPDATE OF p) now
        WHERE p.id = now.id"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(sold), list(sold.values())])
        return cursor.rowcount


@every(seconds=300)
def sum_up_shelf_counts() -> None:
    """Put the changes of each shelf's count together into one row. Readers see either form, with the same sum."""
    with connection.cursor() as cursor:
        cursor.execute("""
            WITH old AS (DELETE FROM listing_shelfcount RETURNING category_id, currency, n)
            INSERT INTO listing_shelfcount (category_id, currency, n)
            SELECT category_id, currency, sum(n) FROM old GROUP BY 1, 2 HAVING sum(n) <> 0""")
