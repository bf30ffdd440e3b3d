from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import slugify
from wagtail.models import Locale, Page, Site

from catalog.importing.keys import digest_parts
from catalog.product.models import CategoryPage

CategoryPath = tuple[str, ...]


def place_categories(*, paths: Iterable[CategoryPath]) -> tuple[dict[CategoryPath, int], bool]:
    """Category ids (of source-language pages) by path, and whether any category had to be made.

    A level is found by its title below its parent, whatever its letter case. A new category whose slug is taken gets
    its parent's name before it (decisions 3). Locks: what Wagtail's tree locks, if something is made.
    """
    tree = _Tree()
    placed = {path: tree.find_or_make(path) for path in paths}
    return placed, tree.grew


class _Tree:
    def __init__(self) -> None:
        self.locale = Locale.get_default()
        self.root = _root_of_shop()
        self.slugs: set[str] = set()
        self.nodes: dict[tuple[str, str], CategoryPage] = {}
        self.grew = False
        for page in CategoryPage.objects.filter(locale=self.locale).order_by("path"):
            self._keep(page)

    def find_or_make(self, path: CategoryPath) -> int:
        page: Page = self.root
        for title in path:
            page = self.nodes.get((page.path, _plain(title))) or self._make(page, title)
        return page.pk

    def _keep(self, page: CategoryPage) -> None:
        parent_path = page.path[: -page.steplen]
        self.nodes.setdefault((parent_path, _plain(page.title)), page)
        self.slugs.add(page.slug)

    def _make(self, parent: Page, title: str) -> CategoryPage:
        page = CategoryPage(title=title, slug=self._free_slug(title, parent), locale=self.locale)
        parent.add_child(instance=page)
        self._keep(page)
        self.grew = True
        return page

    def _free_slug(self, title: str, parent: Page) -> str:
        slug = slugify(title) or slugify(title, allow_unicode=True) or "category"
        longer = f"{parent.slug}-{slug}"
        digest = digest_parts(parent.path, title).lower()[:8]
        return next(text for text in (slug, longer, f"{longer}-{digest}") if text not in self.slugs)


def _plain(title: str) -> str:
    return " ".join(title.split()).casefold()


def _root_of_shop() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return site.root_page if site else Page.get_first_root_node()
