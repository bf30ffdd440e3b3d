"""Content that changed makes the kept answers about it stale (`pages`, `frame`). No business rule stands here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from catalog.inventory.models import OrderLimits
from catalog.listing.surrogates import bump
from checkout.complaint.models import GrievanceOfficer
from cms_pages.models import Frame, ShopSettings


@receiver([page_published, page_unpublished, post_page_move])
def forget_pages(**_rest: Any) -> None:
    bump(["pages", "frame"])


@receiver([published, unpublished], sender=Frame)
@receiver([post_save, post_delete], sender=ShopSettings)
@receiver([post_save, post_delete], sender=GrievanceOfficer)
@receiver([post_save, post_delete], sender=OrderLimits)
def forget_frame(**_rest: Any) -> None:
    bump(["frame"])


@receiver([post_save, post_delete], sender=Redirect)
@receiver([post_save, post_delete], sender=PageViewRestriction)
def forget_addresses(**_rest: Any) -> None:
    bump(["pages"])


@receiver(post_delete)
def forget_deleted_page(*, instance: Any, **_rest: Any) -> None:
    if isinstance(instance, Page):
        bump(["pages", "frame"])
