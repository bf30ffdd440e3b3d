"""Stands before Wagtail's catch-all, inside `i18n_patterns`."""

from django.urls import path

from catalog.storefront import lists, product_pages

urlpatterns = [
    path("search/", lists.search_page, name="search"),
    path("product/<str:slug>/", product_pages.product_page, name="product"),
    path("brand/<str:slug>/", lists.brand_page, name="brand"),
]
