"""Inside `i18n_patterns`."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from catalog.storefront import lists, product_pages, tell_me

urlpatterns = [
    path("search/", lists.search_page, name="search"),
    path("product/<str:slug>/", product_pages.product_page, name="product"),
    path("tell-me/<int:product_id>/", tell_me.ask, name="tell_me"),
    path("brand/<str:slug>/", lists.brand_page, name="brand"),
]
# Matches every address: stands after all others, right before Wagtail's own.
page_patterns = [re_path(serve_pattern, lists.shelf_or_page)]
