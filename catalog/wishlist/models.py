from __future__ import annotations

from django.conf import settings
from django.db import models

MOST = 300  # pieces on one person's list


class WishlistItem(models.Model):
    """Somebody keeps an eye on a product; each stands there once. `variant` where one of several is meant."""

    wagtail_reference_index_ignore = True  # not content: nobody asks where it is used

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="+")
    variant = models.ForeignKey("product.Variant", on_delete=models.CASCADE, null=True, related_name="+")
    price = models.BigIntegerField(null=True)  # what it cost then, minor units; NULL: it had no price
    currency = models.CharField(max_length=3)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "core"], name="wishlist_item_once")]
        indexes = [models.Index(fields=["user", "-added_at"], name="wishlist_of_user")]

    def __str__(self) -> str:
        return f"product {self.core_id} of {self.user_id}"
