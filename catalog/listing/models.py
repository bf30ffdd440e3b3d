"""The read model behind lists, facets, search and cards. Rebuilt from the truth; may be thrown away at any time."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower

WHOLE_SHOP = 0
CATEGORIES = -1  # the shelf whose things are the categories themselves


class Placement(models.Model):
    """A live product on a shelf: one row per category and each of its ancestors, plus one for the whole shop
    (category 0), per currency. Wide, so that filtering, sorting and counting never join."""

    category_id = models.BigIntegerField()
    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="placements")
    currency = models.CharField(max_length=3)
    is_direct = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    price = models.BigIntegerField(null=True)  # of the cheapest variant, minor units; NULL: no price, not for sale
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
            models.Index(  # carries every filter, so that a shelf of 100,000 is counted without its rows
                fields=["category_id", "currency", "price", "core"],
                include=["in_stock", "on_sale", "brand_id", "rating"],
                name="placement_by_price",
            ),
            models.Index(
                "category_id", "currency", F("price").desc(nulls_last=True), F("core").desc(), name="placement_dearest"
            ),
            models.Index(fields=["category_id", "currency", "-published_at", "-core"], name="placement_by_newest"),
            models.Index(fields=["category_id", "currency", "-popularity", "-core"], name="placement_by_popularity"),
            models.Index(
                fields=["category_id", "currency", "position", "-published_at", "-core"], name="placement_by_position"
            ),
            models.Index(fields=["category_id", "currency", "brand_id"], name="placement_by_brand"),
            models.Index(fields=["core"], name="placement_of_core"),
            GinIndex(fields=["facets"], name="placement_facets"),
        ]

    def __str__(self) -> str:
        return f"{self.core_id} in {self.category_id}"


class ShelfCount(models.Model):
    """How many products stand on a shelf: the sum of its rows, written by a trigger on placements. Changes are added
    as rows instead of being counted into one, so that two publishes never wait for each other; a clock sums them up."""

    category_id = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["category_id", "currency"], include=["n"], name="shelf_count_of_shelf")]

    def __str__(self) -> str:
        return f"{self.n:+d} in {self.category_id}"


class Card(models.Model):
    """A product in a list, ready as JSON text of the API, per language and currency. Holds no stock: a list joins it
    through `sold_variants`."""

    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="cards")
    locale = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)
    name = models.CharField(max_length=255)
    data = models.TextField()
    sold_variants = ArrayField(models.BigIntegerField(), default=list)  # active, with a price in this currency
    variant_ids = ArrayField(models.BigIntegerField(), default=list)  # all active ones, in their order
    variants = ArrayField(models.TextField(), default=list)  # the same as JSON texts, without stock
    valid_until = models.DateTimeField(null=True)  # the next price boundary, or the end of being new

    class Meta:
        constraints = [models.UniqueConstraint(fields=["core", "locale", "currency"], name="card_once")]
        indexes = [
            models.Index("locale", "currency", Lower("name"), "core", name="card_by_name"),
            models.Index(fields=["valid_until"], name="card_due"),
        ]

    def __str__(self) -> str:
        return self.name


class Detail(models.Model):
    """What the page of a product shows beyond its card, ready as JSON text, per language."""

    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="details")
    locale = models.CharField(max_length=12)
    slug = models.CharField(max_length=255)
    is_fallback = models.BooleanField(default=False)  # shown in the source language for want of a translation
    data = models.TextField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["core", "locale"], name="detail_once")]
        indexes = [models.Index(fields=["locale", "slug"], name="detail_by_slug")]

    def __str__(self) -> str:
        return self.slug


class Shelf(models.Model):
    """A live category as the API tells it, per language. Its id is that of its source-language page."""

    category_id = models.BigIntegerField()
    locale = models.CharField(max_length=12)
    page_id = models.BigIntegerField()  # the page in this language, else that of the source language
    slug = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    url = models.CharField(max_length=2000)
    parent_id = models.BigIntegerField(null=True)
    ancestors = ArrayField(models.BigIntegerField(), default=list)  # from the root down, itself last
    default_sort = models.CharField(max_length=10, default="position")
    position = models.PositiveIntegerField(default=0)  # in the order of the tree
    image = models.JSONField(null=True)
    head = models.JSONField(default=dict)  # the texts of its page
    is_private = models.BooleanField(default=False)  # Wagtail asks for a password or a sign-in first

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category_id", "locale"], name="shelf_once")]
        indexes = [
            models.Index(fields=["locale", "slug"], name="shelf_by_slug"),
            models.Index(fields=["url"], name="shelf_by_url"),
            models.Index(fields=["page_id"], name="shelf_by_page"),
        ]

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """When a product of a shelf (0: of the shop), or a category, last changed for those who read lists, or went from
    there: what `?updated_since=` tells, tombstones included. Written by triggers on the tables above (migration 0005),
    kept for ever: products and categories that were on show are few."""

    shelf = models.BigIntegerField()  # a category, WHOLE_SHOP or CATEGORIES
    thing_id = models.BigIntegerField()  # no foreign key: it may be deleted
    changed_at = models.DateTimeField()  # of the write, not of the commit: see `shop.core.db.settled_at`
    is_gone = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shelf", "thing_id"], name="change_once")]
        indexes = [models.Index(fields=["shelf", "changed_at", "thing_id"], name="change_since")]

    def __str__(self) -> str:
        return f"{self.thing_id} in {self.shelf}: {self.changed_at}"


class SearchRow(models.Model):
    """What a product can be found by in one language. Weights: A name, B brand, category and SKU, D texts."""

    core = models.ForeignKey("product.ProductCore", on_delete=models.CASCADE, related_name="search_rows")
    locale = models.CharField(max_length=12)
    title = models.CharField(max_length=255)
    vector = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["core", "locale"], name="search_row_once")]
        indexes = [GinIndex(fields=["vector"], name="search_row_vector", fastupdate=False)]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word of the catalogue. A search that finds next to nothing is spelled again with the nearest of these, which
    is far quicker than comparing trigrams with every title."""

    locale = models.CharField(max_length=12)
    word = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["locale", "word"], name="search_word_once")]
        indexes = [GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_trigrams")]

    def __str__(self) -> str:
        return self.word
