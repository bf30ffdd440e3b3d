"""Make the shelves (categories in every language) tell the truth. There are hundreds of them: all are written."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from wagtail.models import PageViewRestriction

from catalog.listing import surrogates
from catalog.listing.building.heads import head_of
from catalog.listing.events import PicturesWanted
from catalog.listing.images import Picture, image_ids_in, pictures_of
from catalog.listing.models import Placement, Shelf
from catalog.listing.selectors.tree import Node, Tree, read_tree
from shop.core.outbox import publish

FIELDS = ["page_id", "slug", "name", "url", "parent_id", "ancestors", "default_sort", "position", "image", "head",
          "is_private"]  # fmt: skip


def refresh_shelves() -> int:
    """Write a row per live category and language, drop the others; returns how many categories there are.

    Shelves that are no longer there lose their placements; what stands on the others is `refresh`'s matter.
    """
    tree = read_tree()
    pages = [page for node in tree.nodes.values() for page in node.pages.values()]
    pictures = pictures_of(id_ for page in pages for id_ in (page.hero_id, *image_ids_in(page.body.raw_data)))
    private = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    rows = [
        _shelf(node, tree, locale, position, pictures, private)
        for position, node in enumerate(tree.nodes.values())
        for locale, _name in settings.LANGUAGES
    ]
    with transaction.atomic():
        Shelf.objects.exclude(category_id__in=tree.nodes).delete()
        Placement.objects.exclude(category_id__in=[0, *tree.nodes]).delete()
        Shelf.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["category_id", "locale"], update_fields=FIELDS
        )
        missing = [picture.id for picture in pictures.values() if picture.missing]
        if missing:
            publish(PicturesWanted(missing), aggregate="pictures")
        surrogates.bump(["site", *(f"cat-{id_}" for id_ in tree.nodes)])
    return len(tree.nodes)


def _shelf(
    node: Node, tree: Tree, locale: str, position: int, pictures: dict[int, Picture], private: tuple[str, ...]
) -> Shelf:  # fmt: skip
    source = next(page for page in node.pages.values() if page.pk == node.id)
    page = node.page(locale)
    hero = pictures.get(page.hero_id or source.hero_id)
    return Shelf(
        category_id=node.id,
        locale=locale,
        page_id=page.pk,
        slug=page.slug,
        name=page.title,
        url=tree.path(node.id, locale),
        parent_id=node.parent,
        ancestors=list(node.ancestors),
        default_sort=source.default_sort,
        position=position,
        image=hero.as_json(page.title) if hero else None,
        head=head_of(page, pictures),
        is_private=page.path.startswith(private),
    )
