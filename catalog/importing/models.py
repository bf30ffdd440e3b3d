from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """One import of a catalogue file: the entry in the log for all that it wrote. An import that was killed has no end;
    running it again goes on where it stopped."""

    file_name = models.CharField(_("file"), max_length=255)
    options = models.JSONField(_("options"), default=dict)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    created = models.PositiveIntegerField(_("products made"), default=0)
    changed = models.PositiveIntegerField(_("products changed"), default=0)
    unchanged = models.PositiveIntegerField(_("products as they were"), default=0)
    refused = models.PositiveIntegerField(_("refusals"), default=0)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"
