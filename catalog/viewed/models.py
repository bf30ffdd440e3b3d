from __future__ import annotations

from django.conf import settings
from django.db import models

KEPT = 20  # products per person


class View(models.Model):
    """A product that a person has looked at, and when last."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "core"], name="view_once")]
        indexes = [models.Index(fields=["user", "-at"], name="view_of_user")]

    def __str__(self) -> str:
        return f"product {self.core_id} by {self.user_id}"
