"""Wagtail moves, publishes and deletes pages through its own actions; here they become events of the shop.

No business rule stands here: each receiver only says what happened.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished, post_page_move

from catalog.product.events import CategoryChanged
from catalog.product.models import CategoryPage
from catalog.product.selectors import source_category
from shop.core.outbox import publish


@receiver([page_published, page_unpublished], sender=CategoryPage)
@receiver(post_page_move, sender=CategoryPage)
@receiver(post_delete, sender=CategoryPage)
def tell_category_changed(*, instance: CategoryPage, **_rest: object) -> None:
    category_id = source_category(instance).pk
    with transaction.atomic():
        publish(CategoryChanged(category_id), aggregate=f"category:{category_id}")
