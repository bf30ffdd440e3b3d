"""Categories are pages: the explorer edits them. Here stands what it must not delete."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page

from catalog.product.models import CategoryPage
from catalog.product.selectors import why_category_kept


class CategoryListing(PageListingViewSet):
    """All categories in one list, from anywhere in the tree; each opens in the page editor."""

    model = CategoryPage
    name = "categories"
    icon = "folder-open-1"
    menu_label = _("Categories")
    menu_order = 15
    columns = [*PageListingViewSet.columns, Column("slug", label=_("Slug"), sort_key="slug")]


def keep_used_category(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook before_delete_page: a category with products or categories in it stays."""
    category = page.specific
    reason = why_category_kept(category) if isinstance(category, CategoryPage) else ""
    if not reason:
        return None
    if request.method == "POST":
        messages.error(request, reason)
    else:
        messages.warning(request, reason)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def keep_used_categories(request: HttpRequest, action_type: str, pages: list[Page], action: object):
    """Hook before_bulk_action: the same for many at once."""
    if action_type != "delete":
        return None
    for page in pages:
        kept = isinstance(page, Page) and keep_used_category(request, page)
        if kept:
            return kept
    return None
