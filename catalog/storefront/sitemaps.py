"""`/sitemap.xml`: products, categories and makers, each with its other languages. CMS pages have Wagtail's own part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from catalog.listing.models import Detail, Shelf
from catalog.listing.rules.paths import brand_path, product_path
from catalog.product.models import Brand


class ShopSitemap(Sitemap):
    """Addresses are those of SITE_URL, whatever host asks."""

    limit = 5000

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class ProductSitemap(ShopSitemap):
    """One entry per translation; what falls back to another language has none of its own."""

    def items(self) -> Any:
        rows = Detail.objects.filter(is_fallback=False).order_by("core_id", "locale")
        return rows.values("core_id", "slug", "locale", "updated_at")

    def location(self, item: dict[str, Any]) -> str:
        return product_path(item["slug"], item["locale"])

    def lastmod(self, item: dict[str, Any]) -> Any:
        return item["updated_at"]

    def get_latest_lastmod(self) -> Any:
        return Detail.objects.order_by("-updated_at").values_list("updated_at", flat=True).first()

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        urls = super()._urls(page, protocol, domain)  # type: ignore[misc]  # the stubs leave it out
        by_core: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for url in urls:
            by_core[url["item"]["core_id"]].append(url)
        for group in by_core.values():
            _tell_alternates(group)
        return urls


class CategorySitemap(ShopSitemap):
    def items(self) -> list[dict[str, Any]]:
        """A category without a translation has the address of its source language, which is told once."""
        rows = (
            Shelf.objects.filter(is_private=False).order_by("position", "locale").values("category_id", "locale", "url")
        )
        return [dict(row) for row in {row["url"]: row for row in reversed(rows)}.values()]

    def location(self, item: dict[str, Any]) -> str:
        return item["url"]


class BrandSitemap(ShopSitemap):
    def items(self) -> list[tuple[str, str]]:
        slugs = Brand.objects.filter(live=True).order_by("pk").values_list("slug", flat=True)
        return [(slug, code) for slug in slugs for code, _name in settings.LANGUAGES]

    def location(self, item: tuple[str, str]) -> str:
        return brand_path(*item)


def _tell_alternates(group: Iterable[dict[str, Any]]) -> None:
    same = [{"lang_code": url["item"]["locale"], "location": url["location"]} for url in group]
    for url in group:
        url["alternates"] = same if len(same) > 1 else []


SITEMAPS = {"products": ProductSitemap, "categories": CategorySitemap, "makers": BrandSitemap}
