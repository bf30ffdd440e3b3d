"""Categories in the page explorer, as a merchandiser edits them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from catalog.product.models import CategoryPage
from tests.factories.products import make_category, make_product

pytestmark = pytest.mark.django_db


def category_form(**fields) -> dict:
    return nested_form_data({
        "title": "Lamps", "slug": "lamps", "intro": rich_text("<p>Light</p>"), "hero": "", "default_sort": "newest",
        "body": streamfield([]), "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": "",
        "show_in_menus": "", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "action-publish": "1", **fields,
    })  # fmt: skip


def add_below(parent: Page) -> str:
    return reverse("wagtailadmin_pages:add", args=["product", "categorypage", parent.pk])


def test_a_merchandiser_makes_publishes_and_lists_categories(merchandiser, support):
    home = Page.get_first_root_node().get_children().first()
    response = merchandiser.post(add_below(home), category_form())
    assert response.status_code == 302, response.context["form"].errors
    assert CategoryPage.objects.get(slug="lamps").live
    assert "Lamps" in merchandiser.get(reverse("categories:index")).content.decode()
    assert support.post(add_below(home), category_form(slug="more")).status_code in (302, 403)
    assert CategoryPage.objects.count() == 1


def test_a_slug_that_another_shelf_has_is_a_form_error(merchandiser):
    make_category("Lamps", parent=make_category("Kitchen"))
    garden = make_category("Garden")
    response = merchandiser.post(add_below(garden), category_form())
    assert response.status_code == 200 and "slug" in response.context["form"].errors
    assert not garden.get_children().exists()


def test_a_category_in_use_is_not_deleted(merchandiser):
    shelf = make_category("Shelf")
    product = make_product(category_ids=[shelf.pk])
    merchandiser.post(reverse("wagtailadmin_pages:delete", args=[shelf.pk]))
    assert CategoryPage.objects.filter(pk=shelf.pk).exists() and product.category_links.count() == 1
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    merchandiser.post(f"{bulk}?id={shelf.pk}", {"next": "/admin/"})
    assert CategoryPage.objects.filter(pk=shelf.pk).exists()
    product.category_links.all().delete()
    merchandiser.post(reverse("wagtailadmin_pages:delete", args=[shelf.pk]))
    assert not CategoryPage.objects.filter(pk=shelf.pk).exists()


def test_many_products_at_once_are_deleted_only_where_each_may_be(merchandiser):
    from catalog.product.models import Product

    live, draft = make_product(), make_product(draft=True)
    bulk = reverse("wagtail_bulk_action", args=["product", "product", "delete"])
    merchandiser.post(f"{bulk}?id={live.pk}&id={draft.pk}", {"next": "/admin/"})
    assert list(Product.objects.values_list("pk", flat=True)) == [live.pk]
