from __future__ import annotations

from django.db import models


class IdempotencyKey(models.Model):
    """A caller's word that two calls are the same one. Kept at least 24 hours; only 2xx answers are kept."""

    caller = models.CharField(max_length=100)
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the body
    status = models.PositiveSmallIntegerField(null=True)  # NULL: begun, no answer yet
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["caller", "path", "key"], name="idempotency_key_once")]

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
