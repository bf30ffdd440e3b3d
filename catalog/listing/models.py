"""The read model behind lists, facets, search and cards. Rebuilt from the truth; may be thrown away at any time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Upper

WHOLE_SHOP = 0


class Placement(models.Model):
    """A live product on a shelf: one row per category and each of its ancestors, plus one for the whole shop
    (category 0), per currency. Wide, so that filtering, sorting and counting never join."""

    category_id = models.BigIntegerField()
    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="placements")
    currency = models.CharField(max_length=3)
    is_direct = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    price = models.BigIntegerField(null=True)
    on_sale = models.BooleanField(default=False)
    in_stock = models.BooleanField(default=False)
    brand_id = models.BigIntegerField(null=True)
    rating = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    popularity = models.IntegerField(default=0)
    published_at = models.DateTimeField()
    facets = ArrayField(models.CharField(max_length=130), default=list)  # "color=indigo"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category_id", "currency", "core"], name="placement_once")]
        indexes = [
            models.Index(fields=["category_id", "currency", "price", "core"], name="placement_by_price"),
            models.Index(fields=["category_id", "currency", "-published_at", "-core"], name="placement_by_newest"),
            models.Index(fields=["category_id", "currency", "-popularity", "core"], name="placement_by_popularity"),
            models.Index(fields=["category_id", "currency", "position", "core"], name="placement_by_position"),
            models.Index(fields=["category_id", "currency", "brand_id"], name="placement_by_brand"),
            models.Index(fields=["core"], name="placement_of_core"),
            GinIndex(fields=["facets"], name="placement_facets"),
        ]

    def __str__(self) -> str:
        return f"{self.core_id} in {self.category_id}"


class Card(models.Model):
    """A product in a list, ready as JSON of the API, per language and currency. Holds no stock."""

    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="cards")
    locale = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=255)
    slug = models.CharField(max_length=255)
    data = models.JSONField()
    valid_until = models.DateTimeField(null=True)  # the next price boundary

    class Meta:
        constraints = [models.UniqueConstraint(fields=["core", "locale", "currency"], name="card_once")]
        indexes = [
            models.Index(fields=["locale", "currency", "name", "core"], name="card_by_name"),
            models.Index(fields=["valid_until"], name="card_due"),
        ]

    def __str__(self) -> str:
        return self.name


class SearchRow(models.Model):
    """What a product can be found by in one language. Weights: A name, B brand, category and SKU, D texts."""

    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="search_rows")
    locale = models.CharField(max_length=12)
    title = models.CharField(max_length=255)
    vector = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["core", "locale"], name="search_row_once")]
        indexes = [
            GinIndex(fields=["vector"], name="search_row_vector"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="search_row_title"),
        ]

    def __str__(self) -> str:
        return self.title
