"""Pages that everybody may see."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import Page, PageQuerySet, Site


def public_pages() -> PageQuerySet:
    """Live, without a password or a sign-in, below the roots of the sites in any language. One query of its own, for
    what is restricted."""
    below = Q(pk__in=[])
    for root in Site.get_site_root_paths():  # kept in the cache by Wagtail
        below |= Q(url_path__startswith=root.root_path)
    return Page.objects.live().public().filter(below).select_related("locale")


def translations_of(page: Page) -> list[Page]:
    """The public page in each language, its own included, in the order in which they were made. Two queries."""
    return list(public_pages().filter(translation_key=page.translation_key).order_by("pk"))
