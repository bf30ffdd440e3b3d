"""Wagtail says that a picture was saved; its sizes are made in a task. No business rule stands here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.images import get_image_model

from catalog.listing.tasks import make_renditions


@receiver(post_save, sender=get_image_model())
def make_sizes(*, instance: Any, created: bool, raw: bool = False, **_rest: object) -> None:
    if not raw:
        make_renditions.enqueue(instance.pk, replaced=not created)
