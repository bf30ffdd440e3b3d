"""The tree of live categories, read whole: a shop has hundreds of them, not thousands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

from catalog.product.models import CategoryPage

STEP = 4  # characters per level in a treebeard path


@dataclass(frozen=True)
class Node:
    """A category. `pages` are its translations by language; ids are those of source-language pages."""

    id: int
    parent: int | None
    ancestors: tuple[int, ...]  # from the root down, itself last
    pages: dict[str, CategoryPage] = field(compare=False)

    def page(self, locale: str) -> CategoryPage:
        """The page in this language, else that of the source language."""
        return self.pages.get(locale) or next(page for page in self.pages.values() if page.pk == self.id)


@dataclass(frozen=True)
class Tree:
    nodes: dict[int, Node]  # in the order of the tree
    source_of: dict[int, int]  # every live page, translations too, to its category
    paths: dict[int, str] = field(default_factory=dict, compare=False)

    def shelves_of(self, categories: Sequence[int]) -> list[int]:
        """The categories and all of their ancestors, each once."""
        found = (ancestor for id_ in categories if id_ in self.nodes for ancestor in self.nodes[id_].ancestors)
        return list(dict.fromkeys(found))

    def name(self, category: int, locale: str) -> str:
        return self.nodes[category].page(locale).title

    def path(self, category: int, locale: str) -> str:
        """Where its page stands, worked out once."""
        page = self.nodes[category].page(locale)
        if page.pk not in self.paths:
            self.paths[page.pk] = page.get_url() or ""
        return self.paths[page.pk]


def read_tree() -> Tree:
    """Live categories below live categories; a category under an unpublished one is not on show."""
    pages = list(CategoryPage.objects.live().select_related("locale").order_by("path"))
    groups: dict = {}
    for page in pages:
        groups.setdefault(page.translation_key, []).append(page)
    sources = {key: min(group, key=_rank) for key, group in groups.items()}
    source_of = {page.pk: sources[page.translation_key].pk for page in pages}
    nodes: dict[int, Node] = {}
    hidden = tuple(CategoryPage.objects.not_live().values_list("path", flat=True))
    by_path = {page.path: page for page in pages}
    for page in pages:
        if source_of[page.pk] == page.pk and not page.path.startswith(hidden):
            parent = by_path.get(page.path[:-STEP])
            above = nodes.get(source_of[parent.pk]) if parent else None
            translations = {p.locale.language_code: p for p in groups[page.translation_key]}
            nodes[page.pk] = Node(
                page.pk, above.id if above else None, (*(above.ancestors if above else ()), page.pk), translations
            )
    return Tree(nodes, {page: id_ for page, id_ in source_of.items() if id_ in nodes})


def _rank(page: CategoryPage) -> tuple:
    return (page.locale.language_code != settings.LANGUAGE_CODE, page.pk)
