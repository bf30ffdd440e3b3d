"""Pages that everybody may see."""

from __future__ import annotations

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageQuerySet, PageViewRestriction, Site


def public_pages() -> PageQuerySet:
    """Live, without a password or a sign-in, below the roots of the sites in any language. Says the same as Wagtail's
    `public()`, which reads what is restricted by a query of its own each time."""
    below = Q(pk__in=[])
    for root in Site.get_site_root_paths():  # kept in the cache by Wagtail
        below |= Q(url_path__startswith=root.root_path)
    path = ExpressionWrapper(OuterRef("path"), CharField())
    restricted = PageViewRestriction.objects.alias(asked=path).filter(asked__startswith=F("page__path"))
    closed = Page.objects.filter(Exists(restricted)).values("pk")  # by ids, as Wagtail's search can read it
    return Page.objects.live().filter(below).exclude(pk__in=closed).select_related("locale")


def translations_of(page: Page) -> list[Page]:
    """The public page in each language, its own included, in the order in which they were made. One query."""
    return list(public_pages().filter(translation_key=page.translation_key).order_by("pk"))
