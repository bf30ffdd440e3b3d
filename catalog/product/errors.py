from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.product.merge import Disagreement
from shop.core.errors import Conflict, Invalid


class DraftConflict(Conflict):
    """A field was changed in the draft and, since the draft was begun, by somebody else too. `conflicts` names each
    with both values; nothing was written."""

    code = "draft_conflict"
    title = _("Somebody else changed the same fields meanwhile")

    def __init__(self, disagreements: Sequence[Disagreement], **members: Any) -> None:
        self.disagreements = tuple(disagreements)
        conflicts = [{"field": d.path, "yours": d.draft, "theirs": d.live} for d in disagreements]
        super().__init__(conflicts=conflicts, **members)


class NotPublishable(Invalid):
    """The draft lacks something that a product on sale must have. `errors` names the fields."""

    code = "not_publishable"
    title = _("This product cannot be published yet")


class SkuTaken(Invalid):
    """Another product on sale has this SKU."""

    code = "sku_taken"
    title = _("This SKU belongs to another product")


class SlugTaken(Invalid):
    code = "slug_taken"
    title = _("This slug is taken")


class StillNeeded(Conflict):
    """It cannot be deleted: something in the shop's history or another language hangs on it."""

    code = "still_needed"
    title = _("This cannot be deleted")
