"""What a draft was begun from. Wagtail's revisions do not know it; without it a stale draft would undo others' work."""

from __future__ import annotations

from django.db import models


class DraftBase(models.Model):
    """`content` is the published state that the draft's line began from; NULL for a product that was never live."""

    revision = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="draft_base")
    begun_from = models.ForeignKey("wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+")
    content = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"revision {self.revision_id} begun from {self.begun_from_id}"
